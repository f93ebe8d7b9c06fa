"""One field of a form: its text or number read at its place, and the cell noted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from perfeval.extract.draft import FormDraft
from perfeval.extract.number import Number, read_money, read_points, read_rate
from perfeval.extract.text import clean_text, is_none
from perfeval.layout import Place
from perfeval.model import Cell, State
from perfeval.texts import money_text, points_text, rate_text

_MONEY = frozenset({"initial_budget", "budget", "executed"})


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
) -> tuple[Number, str]:
    """The number in the cell at a place (None: blank), and how it is said; of what stands after a
    colon without its label.

    By field: money in fen, a rate in e6, points in e4. It is said in plain decimal notation, money
    in 元; as the cell has it where it is none.
    """
    if cell is None:
        return _BLANK
    kind = "money" if field in _MONEY else "rate" if field == "rate" else "points"
    value, text, computed = cell.value, cell.text, cell.formula is not None
    if place.span is None:
        return _read(kind, unit, percent, value, text, computed, cell.kind)
    behind = text[slice(*place.span)]
    number, said = _read(kind, unit, percent, behind or None, behind, False, "s")
    return number, text.strip() if number.scaled is None else said


def points_of(cells: Sequence[Cell | None]) -> list[tuple[Number, str]]:
    """The same of the points or scores in a column."""
    return [
        _BLANK
        if cell is None
        else _read("points", "", False, cell.value, cell.text, cell.formula is not None, cell.kind)
        for cell in cells
    ]


_BLANK = read_points(None), ""
_SAYS = {"money": money_text, "rate": rate_text, "points": points_text}


@lru_cache(maxsize=2048, typed=True)  # the same few figures stand in most cells
def _read(
    kind: str,
    unit: str,
    percent: bool,
    value: str | int | float | bool | None,
    text: str,
    computed: bool,
    cell_kind: str,
) -> tuple[Number, str]:
    cell = Cell(1, 1, value, text, "" if computed else None, kind=cell_kind)
    if kind == "money":
        number = read_money(cell, unit)
    elif kind == "rate":
        number = read_rate(cell, percent_header=percent)
    else:
        number = read_points(cell)
    return number, text.strip() if number.scaled is None else _SAYS[kind](number.scaled)
