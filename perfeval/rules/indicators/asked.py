"""Which rows are asked for a value: neither left-over template rows nor parts of another row."""

from __future__ import annotations

import pandas as pd

from perfeval.model import State
from perfeval.tables import Tables


def asked(tables: Tables, column: str) -> pd.Series[bool]:
    """For each indicator: whether its form has `column` and the row must fill it."""
    return tables.of_form(tables.indicators, f"has_{column}") & counted(tables.indicators)


def counted(indicators: pd.DataFrame) -> pd.Series[bool]:
    """Rows that are indicators of their own."""
    return ~indicators.placeholder & ~indicators.is_part


def lost_points(indicators: pd.DataFrame) -> pd.Series[bool]:
    """Score below points; NA where either is missing."""
    return indicators.score_e4 < indicators.points_e4


def no_figure(states: pd.Series[str]) -> pd.Series[bool]:
    """Nothing, or nothing that can be read as a number, stands where one is asked for."""
    return states.isin([State.BLANK, State.TEXT])
