"""The picture reported → recomputed: where both totals and the range lie on a scale of points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from perfeval.findings import Total
from perfeval.report.amounts import number, up_to_cap
from perfeval.texts import plain

_STEPS = tuple(map(Decimal, (5, 10, 20, 50, 100)))
_TICKS = 6  # at most so many intervals: the figures must not touch on a phone


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the scale: `at` in percent of its width; `anchor` keeps its words inside."""

    at: str
    text: str

    @property
    def anchor(self) -> str:
        place = float(self.at)
        return "start" if place < 12 else "end" if place > 88 else "middle"


@dataclass(frozen=True, slots=True)
class Scale:
    """What the template draws. Marks are None where the value is not known."""

    ticks: tuple[Mark, ...]
    reported: Mark | None
    recomputed: Mark | None
    low: Mark | None
    high: Mark | None

    @property
    def breadth(self) -> str:
        """Width of the range in percent."""
        if self.low is None or self.high is None:
            return "0"
        return _percent(Decimal(self.high.at) - Decimal(self.low.at))


def scale(total: Total, corrected: Decimal | None = None) -> Scale | None:
    """The scale for a total, None where there is nothing to show.

    `corrected` takes the place of the recomputed total. A range that goes beyond the scale, or
    the cap, is cut.
    """
    last = number(total.capped) if corrected is None else corrected
    values = [value for value in (number(total.reported), last) if value is not None]
    if not values:
        return None
    step, start, end = _bounds(min(values), max(values))

    def mark(value: Decimal | None) -> Mark | None:
        if value is None:
            return None
        return Mark(_percent((value - start) / (end - start) * 100), plain(value))

    def within(text: str | None) -> Decimal | None:
        value = up_to_cap(number(text), total)
        return None if value is None else min(max(value, start), end)

    ticks = (mark(start + step * i) for i in range(int((end - start) / step) + 1))
    low, high = within(total.due_low or total.low), within(total.due_high or total.high)
    shown = (mark(number(total.reported)), mark(last), mark(low), mark(high))
    return Scale(tuple(tick for tick in ticks if tick), *shown)


def _bounds(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Step, start and end: whole steps around both values, enough of them to see where one is."""
    steps = (s for s in _STEPS if _up(high / s) - _down(low / s) <= _TICKS)
    step = next(steps, None) or Decimal(10) ** (high - low).adjusted()
    start, end = _down(low / step), _up(high / step)
    while end - start < 3:
        room = end - high / step <= low / step - start
        if start <= 0 or (room and end * step < 100):
            end += 1
        else:
            start -= 1
    return step, start * step, end * step


def _down(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_FLOOR)


def _up(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_CEILING)


def _percent(value: Decimal) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
