"""Points, money and rates of a cell as scaled integers, each with what was done to read it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from perfeval.exact import half_up
from perfeval.extract.figure import Figure, NoFigure, figure_of
from perfeval.extract.units import money_factor
from perfeval.model import Cell, State

_INT64 = 2**63
_ONE, _PERCENT, _PER_MILLE = Fraction(1), Fraction(1, 100), Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says where a number is expected.

    `scaled` is None unless `state` is NUMBER. `step` is the place of the last digit shown, in the
    same scale (99.96% → 100 in e6), at least 1; 0 where there is no number. `decimals` are the
    digits after the point as shown. `marks` tell what had to be done, see extract/marks.py.
    """

    state: State
    scaled: int | None = None
    step: int = 0
    decimals: int | None = None
    marks: tuple[str, ...] = ()


def read_points(cell: Cell | None) -> Number:
    """Points or a score in e4: 9.996, "9.996分"; a percentage is points of 100 (20% → 20)."""
    figure = figure_of(cell)
    if isinstance(figure, NoFigure):
        return Number(figure.state, marks=figure.marks)
    if figure.suffix not in ("", "分", "%"):
        return Number(State.TEXT, marks=figure.marks)
    if figure.suffix == "%" and not figure.typed and figure.digits > 100 * 10**figure.places:
        # a score under a percentage format by mistake: 9.996 shown as 999.60%
        return _scaled(figure, 4, _PERCENT)
    marks = ("unit-inside",) if figure.suffix and figure.typed else ()
    return _scaled(figure, 4, _ONE, *marks)


def read_money(cell: Cell | None, unit: str) -> Number:
    """Money in 分. `unit` is the heading's ("" is taken as 元); a unit inside the cell wins."""
    figure = figure_of(cell)
    if isinstance(figure, NoFigure):
        return Number(figure.state, marks=figure.marks)
    factor = money_factor(figure.suffix or unit or "元")
    if factor is None:
        return Number(State.TEXT, marks=figure.marks)
    marks = ("unit-inside",) if figure.suffix and figure.typed else ()
    return _scaled(figure, 2, factor, *marks)


def read_rate(cell: Cell | None, *, percent_header: bool = False) -> Number:
    """A rate in e6: 99.96%, 0.9996, and 99.96 whose sign is lost (or stands in the header).

    A plain number up to 2 is a fraction, above it a percentage; under a header with %, up to 1.
    """
    figure = figure_of(cell)
    if isinstance(figure, NoFigure):
        return Number(figure.state, marks=figure.marks)
    if figure.suffix in ("%", "‰"):
        return _scaled(figure, 6, _PERCENT if figure.suffix == "%" else _PER_MILLE)
    if figure.suffix:
        return Number(State.TEXT, marks=figure.marks)
    limit = (1 if percent_header else 2) * 10**figure.places
    if abs(figure.digits) > limit:
        marks = () if percent_header else ("percent-lost",)
        return _scaled(figure, 6, _PERCENT, *marks)
    read = _scaled(figure, 6, _ONE)
    if figure.shown > 0:
        return read
    # a bare 1 is 100%, not a rate rounded to whole ones
    return Number(read.state, read.scaled, 10_000, read.decimals, read.marks)


def _scaled(figure: Figure, digits: int, factor: Fraction, *marks: str) -> Number:
    top, bottom = factor.numerator * 10**digits, factor.denominator
    scaled = half_up(figure.digits * top, 10**figure.places * bottom)
    if not -_INT64 <= scaled < _INT64:
        return Number(State.TEXT, marks=figure.marks)
    shown = figure.shown
    place = top // (bottom * 10**shown) if shown >= 0 else top * 10**-shown // bottom
    step = max(1, min(place, _INT64 - 1))
    return Number(State.NUMBER, scaled, step, max(shown, 0), (*figure.marks, *marks))
