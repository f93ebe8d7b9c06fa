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
    """The product of `numerators` over that of `denominators`, rounded once: Int64 on their common index.

    NA where a factor is NA, where the denominator is 0, and where the result is beyond 64 bits.
    """
    index = next(f.index for f in (*numerators, *denominators) if isinstance(f, pd.Series))
    top, top_na, top_size = _product(numerators)
    bottom, bottom_na, bottom_size = _product(denominators)
    if max(2 * top_size + bottom_size, 2 * bottom_size) >= _SAFE:
        # beyond 64 bits on the way: Python's own integers, slower and without limit
        top, top_na, _ = _product(numerators, wide=True)
        bottom, bottom_na, _ = _product(denominators, wide=True)
    unknown = top_na | bottom_na | (bottom == 0)
    bottom = np.where(unknown, 1, bottom)
    sign = np.where(bottom < 0, -1, 1)
    rounded = _divide(top * sign, bottom * sign, rounding)
    if rounded.dtype == object:
        beyond = np.abs(rounded) >= _BEYOND
        unknown = unknown | beyond.astype(bool)
        rounded = np.where(unknown, 0, rounded).astype(np.int64)
    rounded, unknown = np.broadcast_arrays(rounded, unknown)
    values = pd.arrays.IntegerArray(rounded.copy(), unknown.copy())
    return pd.Series(values, index=index)


Ratio: TypeAlias = "tuple[Sequence[IntSeries | int], Sequence[IntSeries | int]]"


def fits(
    shown: IntSeries, step: IntSeries, low: Ratio, high: Ratio, *, rounds: Flags, cuts: Flags
) -> IntSeries:
    """Whether a number as shown can stand for something from `low` to `high`: boolean, NA where unknown.

    `step` is the place of the last digit shown; `low` and `high` are fractions in the scale of `shown`.
    A number that lies between them stands for itself; `rounds` and `cuts` say where it may also stand for
    what rounds half up, or is cut off, to the digits shown.
    """
    step = step.clip(lower=1)
    places = quotient([shown], [step])
    within = _between(shown, _whole(low, Rounding.CEIL), _whole(high, Rounding.FLOOR))
    for rounding, allowed in ((Rounding.HALF_UP, rounds), (Rounding.CUT, cuts)):
        ends = (_whole(end, rounding, step) for end in (low, high))
        within = within | (_between(places, *ends) & allowed)
    return within


def _whole(ratio: Ratio, rounding: Rounding, step: IntSeries | int = 1) -> IntSeries:
    return quotient(ratio[0], [*ratio[1], step], rounding)


def _between(values: IntSeries, low: IntSeries, high: IntSeries) -> IntSeries:
    return (values >= low) & (values <= high)


def as_int64(values: IntSeries) -> tuple[Ints, Flags]:
    """The numbers of an integer column, 0 where missing, and where they are missing."""
    missing = values.isna().to_numpy(dtype=bool)
    return values.to_numpy(dtype=np.int64, na_value=0), missing


def _product(factors: Sequence[IntSeries | int], *, wide: bool = False) -> tuple[Ints, Flags, int]:
    """The product, where it is missing, and a bound on its size."""
    product: Ints = np.asarray(1, dtype=object if wide else np.int64)
    missing: Flags = np.asarray(False)
    size = 1
    for factor in factors:
        if isinstance(factor, pd.Series):
            values, absent = as_int64(factor)
            missing = missing | absent
        else:
            values = np.asarray(factor)
        if values.size:
            size *= max(abs(int(values.max())), abs(int(values.min())))
        if size < _SAFE or wide:
            product = product * (values.astype(object) if wide else values)
    return product, missing, size


def _divide(top: Ints, bottom: Ints, rounding: Rounding) -> Ints:
    """top / bottom, rounded; bottom is positive."""
    if rounding is Rounding.FLOOR:
        return top // bottom
    if rounding is Rounding.CEIL:
        return -(-top // bottom)
    sign = np.where(top < 0, -1, 1)
    if rounding is Rounding.CUT:
        return sign * (top * sign // bottom)
    return sign * ((2 * top * sign + bottom) // (2 * bottom))
