"""Exact integer arithmetic on scaled numbers: one rounding, half up, from the exact fraction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import (  # whole numbers of 64 bits, or Python's own where these are too small
    Any,
    TypeAlias,
)

import numpy as np
import pandas as pd

IntSeries: TypeAlias = "pd.Series[Any]"
Ints: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"

_SAFE = 2**62
_BEYOND = 2**63


@dataclass(frozen=True, slots=True)
class Operand:
    """An addend of a sum, for the derivation and the slip finder.

    `value` and `points` are in the scale of the sum (e4 or fen); `points` is None where there
    are none.
    `role` is "execution" for the execution score, "indicator", "fund" or "" otherwise.
    """

    row_id: int
    field: str
    label: str
    value: int
    points: int | None = None
    role: str = ""


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator, rounded half away from zero. Raises ZeroDivisionError."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


class Rounding(StrEnum):
    """How a fraction becomes a whole number."""

    HALF_UP = "half up"  # ties away from zero
    CUT = "cut"  # towards zero
    FLOOR = "floor"
    CEIL = "ceil"


def quotient(
    numerators: Sequence[IntSeries | int],
    denominators: Sequence[IntSeries | int],
    rounding: Rounding = Rounding.HALF_UP,
) -> IntSeries:
    """The product of `numerators` over that of `denominators`, rounded once: Int64, one index.

    NA where a factor is NA, where the denominator is 0, and where the result is beyond 64 bits.
    """
    index = next(f.index for f in (*numerators, *denominators) if isinstance(f, pd.Series))
    values, missing = _quotient(_known(numerators), _known(denominators), rounding)
    shape = (len(index),)
    array = pd.arrays.IntegerArray(
        np.broadcast_to(values, shape).copy(), np.broadcast_to(missing, shape).copy()
    )
    return pd.Series(array, index=index)


Ratio: TypeAlias = "tuple[Sequence[IntSeries | int], Sequence[IntSeries | int]]"


def fits(
    shown: IntSeries, step: IntSeries, low: Ratio, high: Ratio, *, rounds: Flags, cuts: Flags
) -> IntSeries:
    """Whether a number as shown can stand for something from `low` to `high`; NA where unknown.

    `step` is the place of the last digit shown; `low` and `high` are fractions in the scale of
    `shown`. A number that lies between them stands for itself; `rounds` and `cuts` say where it may
    also stand for what rounds half up, or is cut off, to the digits shown. Boolean.
    """
    number, width = as_int64(shown), as_int64(step.clip(lower=1))
    places, missing = _quotient([number], [width], Rounding.HALF_UP)
    known_ends = [tuple(_known(side) for side in end) for end in (low, high)]
    within: Flags = np.zeros(len(shown), dtype=bool)
    for value, unit, roundings, allowed in (
        (number[0], (), (Rounding.CEIL, Rounding.FLOOR), True),
        (places, (width,), (Rounding.HALF_UP, Rounding.HALF_UP), rounds),
        (places, (width,), (Rounding.CUT, Rounding.CUT), cuts),
    ):
        (least, no_least), (most, no_most) = (
            _quotient(top, [*bottom, *unit], rounding)
            for (top, bottom), rounding in zip(known_ends, roundings, strict=True)
        )
        within |= (value >= least) & (value <= most) & allowed
        missing = missing | no_least | no_most
    return pd.Series(pd.arrays.BooleanArray(within, missing), index=shown.index)


def as_int64(values: IntSeries) -> Known:
    """The numbers of an integer column, 0 where missing, and where they are missing."""
    array = values.array
    missing = np.asarray(array.isna(), dtype=bool)
    if isinstance(array, pd.arrays.IntegerArray):
        return array.to_numpy(dtype=np.int64, na_value=0), missing
    return np.asarray(array, dtype=np.int64), missing


Known: TypeAlias = "tuple[Ints, Flags]"  # numbers, and where they are missing


def _known(factors: Sequence[IntSeries | int]) -> list[Known]:
    return [
        as_int64(f) if isinstance(f, pd.Series) else (np.asarray(f), np.asarray(False))
        for f in factors
    ]


def _quotient(
    numerators: Sequence[Known], denominators: Sequence[Known], rounding: Rounding
) -> Known:
    top_size, bottom_size = _bound(numerators), _bound(denominators)
    wide = max(2 * top_size + bottom_size, 2 * bottom_size) >= _SAFE
    top, bottom = _product(numerators, wide), _product(denominators, wide)
    unknown: Flags = np.asarray(bottom == 0)
    for _, missing in (*numerators, *denominators):
        unknown = unknown | missing
    bottom = np.where(unknown, 1, bottom)
    sign = np.where(bottom < 0, -1, 1)
    rounded = np.asarray(_divide(top * sign, bottom * sign, rounding))
    if wide:
        unknown = unknown | (np.abs(rounded) >= _BEYOND).astype(bool)
        rounded = np.where(unknown, 0, rounded).astype(np.int64)
    return rounded, unknown


def _bound(factors: Sequence[Known]) -> int:
    """A size that the product of `factors` does not exceed."""
    size = 1
    for values, _ in factors:
        if values.size:
            size *= max(abs(int(values.max())), abs(int(values.min())))
    return size


def _product(factors: Sequence[Known], wide: bool) -> Ints:
    """The product; beyond 64 bits (`wide`) in Python's own integers, slower and without limit."""
    product: Ints = np.asarray(1, dtype=object if wide else np.int64)
    for values, _ in factors:
        product = np.asarray(product * (values.astype(object) if wide else values))
    return product


def _divide(top: Ints, bottom: Ints, rounding: Rounding) -> Ints:
    """top / bottom, rounded; bottom is positive."""
    if rounding is Rounding.FLOOR:
        return top // bottom
    if rounding is Rounding.CEIL:
        return -(-top // bottom)
    sign: Ints = np.where(top < 0, -1, 1)
    whole: Ints = top * sign // bottom
    if rounding is Rounding.HALF_UP:
        whole = (2 * top * sign + bottom) // (2 * bottom)
    return np.asarray(sign * whole)
