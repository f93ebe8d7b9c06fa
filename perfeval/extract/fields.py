"""One field of a form: its text or number read at its place, and the cell noted."""

from __future__ import annotations

from functools import lru_cache

from perfeval.extract.draft import FormDraft
from perfeval.extract.number import Number, read_money, read_points, read_rate
from perfeval.extract.text import clean_text, is_none
from perfeval.layout import Place
from perfeval.model import Cell, State
from perfeval.texts import money_text, points_text, rate_text

MONEY = frozenset({"initial_budget", "budget", "executed"})


def text_at(form: FormDraft, place: Place | None) -> tuple[str, tuple[str, ...]]:
    """The text at a place, cleaned, and its marks; a value after a colon without its label."""
    return ("", ()) if place is None else text_of(form.cell(place), place)


def text_of(cell: Cell | None, place: Place) -> tuple[str, tuple[str, ...]]:
    """The same of the cell at a place."""
    if cell is None:
        return "", ()
    return clean_text(cell.text if place.span is None else cell.text[slice(*place.span)])


def text_state(text: str) -> State:
    """BLANK, NONE (declared as not applicable) or TEXT."""
    if not text:
        return State.BLANK
    return State.NONE if is_none(text) else State.TEXT


def number_at(
    cell: Cell | None, place: Place, field: str, *, unit: str = "", percent: bool = False
) -> Number:
    """The number in the cell at a place; a value after a colon without its label."""
    if place.span is not None and cell is not None:
        value = cell.text[slice(*place.span)]
        cell = Cell(cell.row, cell.col, value or None, value)
    return number_of(cell, field, unit=unit, percent=percent)


def number_of(cell: Cell | None, field: str, *, unit: str = "", percent: bool = False) -> Number:
    """The number in a cell (None: blank), by field: money in fen, a rate in e6, points in e4."""
    if cell is None:
        return _BLANK
    kind = "money" if field in MONEY else "rate" if field == "rate" else "points"
    return _read(kind, unit, percent, cell.value, cell.text, cell.formula is not None, cell.kind)


_BLANK = read_points(None)


@lru_cache(maxsize=2048, typed=True)  # the same few figures stand in most cells
def _read(
    kind: str,
    unit: str,
    percent: bool,
    value: str | int | float | bool | None,
    text: str,
    computed: bool,
    cell_kind: str,
) -> Number:
    cell = Cell(1, 1, value, text, "" if computed else None, kind=cell_kind)
    if kind == "money":
        return read_money(cell, unit)
    return read_rate(cell, percent_header=percent) if kind == "rate" else read_points(cell)


def number_text(number: Number, field: str, cell: Cell | None) -> str:
    """A number in plain decimal notation (money in 元); the text where it is none."""
    if number.scaled is None:
        return cell.text.strip() if cell is not None else ""
    return _plain(number.scaled, field)


@lru_cache(maxsize=2048)
def _plain(scaled: int, field: str) -> str:
    if field in MONEY:
        return money_text(scaled)
    return rate_text(scaled) if field == "rate" else points_text(scaled)
