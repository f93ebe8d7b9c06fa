"""Which rows are asked for a value: neither left-over template rows nor parts of another row."""

from __future__ import annotations

from perfeval.exact import FlagArray, Flags, Texts
from perfeval.model import State
from perfeval.rows import Rows
from perfeval.tables import Tables


def asked(tables: Tables, column: str) -> Flags:
    """For each indicator: whether its form has `column` and the row must fill it."""
    rows = tables.rows("indicators")
    flags: Flags = tables.of_form(rows, f"has_{column}") & counted(rows)
    return flags


def counted(indicators: Rows) -> Flags:
    """Rows that are indicators of their own."""
    flags: Flags = ~indicators.placeholder & ~indicators.is_part
    return flags


def lost_points(indicators: Rows) -> FlagArray:
    """Score below points; NA where either is missing."""
    flags: FlagArray = indicators.score_e4 < indicators.points_e4
    return flags


def no_figure(states: Texts) -> Flags:
    """Nothing, or nothing that can be read as a number, stands where one is asked for."""
    flags: Flags = (states == State.BLANK) | (states == State.TEXT)
    return flags


def no_value(indicators: Rows, column: str) -> Flags:
    """The target or actual value is blank, or a dash that says there is none."""
    kinds = indicators.column(f"{column}_kind")
    flags: Flags = (kinds == "blank") | (kinds == "none")
    return flags
