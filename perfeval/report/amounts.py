"""Published number texts as a report prints them: separators, percent, differences, ranges."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from perfeval.texts import plain

MINUS = "−"  # as wide as a figure, and no hyphen where a line may break


def number(text: str | None) -> Decimal | None:
    """The number that a published text states; None for blank, absent or anything else."""
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**15 else None


def money(text: str | None, unit: str) -> str:
    """An amount in 元 as the form states it: in 万元 if that is its unit, with separators.

    >>> money("180000.00", "元"), money("20000.00", "万元"), money("", "元")
    ('180,000.00', '2.00', '')
    """
    value = number(text)
    if value is None:
        return text or ""
    if unit != "万元":
        return f"{value:,.2f}"
    value = value / 10_000
    return f"{value:,.2f}" if value == round(value, 2) else f"{value.normalize():,f}"


def percent(text: str | None) -> str:
    """A published fraction as a percentage: 0.9996 → 99.96%."""
    value = number(text)
    return text or "" if value is None else plain(value * 100) + "%"


def signed(value: Decimal | None) -> str:
    """A difference with its sign; "0" for none, "" for unknown."""
    if value is None:
        return ""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return sign + plain(abs(value))


def span(low: str | None, high: str | None) -> str:
    """A range: 0–8, or one figure where both ends are the same."""
    if not low and not high:
        return ""
    return low or "" if low == high else f"{low or '…'}–{high or '…'}"


def beyond(value: str | None, low: str | None, high: str | None) -> Decimal | None:
    """How far a reported score lies outside of its range; 0 inside, None if it cannot be told."""
    found, least, most = number(value), number(low), number(high)
    if found is None or least is None or most is None:
        return None
    return found - min(max(found, least), most)


def total(texts: list[str | None]) -> Decimal | None:
    """The sum of those that are numbers; None where none is."""
    values = [value for value in map(number, texts) if value is not None]
    return sum(values, Decimal(0)) if values else None
