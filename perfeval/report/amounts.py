"""Published number texts as a report prints them: separators, percent, differences, ranges."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from perfeval.findings import Total
from perfeval.texts import plain

_PLAIN = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")  # as the contract writes them
_YUAN = {"万元": 10**4, "亿元": 10**8}
MINUS = "−"  # as wide as a figure, and no hyphen where a line may break


@lru_cache(1024)  # a form says most of its numbers several times
def number(text: str | None) -> Decimal | None:
    """The number that a published text states; None for blank, absent or anything else."""
    return Decimal(text) if text and _PLAIN.fullmatch(text) else None


def money(text: str | None) -> str:
    """An amount with separators, in the unit and with the places in which it is published.

    >>> money("180000.00"), money("0.9034"), money("")
    ('180,000.00', '0.9034', '')
    """
    value = number(text)
    return text or "" if value is None else f"{value:,f}"


def in_yuan(text: str | None, unit: str) -> str:
    """An amount of a form in 元, whatever unit the form counts in."""
    value = number(text)
    return text or "" if value is None else plain(value * _YUAN.get(unit, 1))


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


def up_to_cap(value: Decimal | None, total: Total) -> Decimal | None:
    """A total, but no more than the form's execution rate allows."""
    cap = number(total.cap)
    return value if value is None or cap is None else min(value, cap)


@lru_cache(1024)
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
