"""Exact integer arithmetic on scaled numbers: one rounding, half up, from the exact fraction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operand:
    """An addend of a sum, for the derivation and the slip finder.

    `value` and `points` are in the scale of the sum (e4 or fen); `points` is None where there are none.
    `role` is "execution" for the execution score, "indicator", "fund" or "" otherwise.
    """

    row_id: int
    field: str
    label: str
    value: int
    points: int | None = None
    role: str = ""


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded to a whole number, ties away from zero. Raises ZeroDivisionError."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)
