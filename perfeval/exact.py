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

from perfeval.masked import Masked

IntArray: TypeAlias = Any  # Masked whole numbers, or int64 of numpy where nothing is missing
FlagArray: TypeAlias = Any  # Masked flags, or bool of numpy
Ints: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"
Texts: TypeAlias = "np.ndarray[Any, np.dtype[np.object_]]"

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
    numerators: Sequence[IntArray | int],
    denominators: Sequence[IntArray | int],
    rounding: Rounding = Rounding.HALF_UP,
) -> IntArray:
    """The product of `numerators` over that of `denominators`, rounded once.

    NA where a factor is NA, where the denominator is 0, and where the result is beyond 64 bits.
    """
    size = next(len(f) for f in (*numerators, *denominators) if not isinstance(f, int))
    values, missing = _quotient(_known(numerators), _known(denominators), rounding)
    return Masked(np.broadcast_to(values, (size,)), np.broadcast_to(missing, (size,)))


Ratio: TypeAlias = "tuple[Sequence[IntArray | int], Sequence[IntArray | int]]"


def fits(
    shown: IntArray, step: IntArray, low: Ratio, high: Ratio, *, rounds: Flags, cuts: Flags
) -> FlagArray:
    """Whether a number as shown can stand for something from `low` to `high`; NA where unknown.

    `step` is the place of the last digit shown; `low` and `high` are fractions in the scale of
    `shown`. A number that lies between them stands for itself; `rounds` and `cuts` say where it may
    also stand for what rounds half up, or is cut off, to the digits shown.
    """
    number, (width, no_width) = as_int64(shown), as_int64(step)
    steps = np.maximum(width, 1), no_width
    places, missing = _quotient([number], [steps], Rounding.HALF_UP)
    known_ends = [tuple(_known(side) for side in end) for end in (low, high)]
    within: Flags = np.zeros(len(shown), dtype=bool)
    for value, unit, roundings, allowed in (
        (number[0], (), (Rounding.CEIL, Rounding.FLOOR), True),
        (places, (steps,), (Rounding.HALF_UP, Rounding.HALF_UP), rounds),
        (places, (steps,), (Rounding.CUT, Rounding.CUT), cuts),
    ):
        (least, no_least), (most, no_most) = (
            _quotient(top, [*bottom, *unit], rounding)
            for (top, bottom), rounding in zip(known_ends, roundings, strict=True)
        )
        within |= (value >= least) & (value <= most) & allowed
        missing = missing | no_least | no_most
    return Masked(within, missing)


def as_int64(values: IntArray) -> Known:
    """The numbers of an integer column, 0 where missing, and where they are missing."""
    if isinstance(values, Masked):
        return values.known(), values.missing
    return np.asarray(values, dtype=np.int64), np.zeros(len(values), dtype=bool)


def holds(flags: FlagArray | Flags) -> Flags:
    """Where a flag is True; not where it is False or NA."""
    return flags.values & ~flags.missing if isinstance(flags, Masked) else flags


def known(values: IntArray | FlagArray) -> Flags:
    """Where something is not NA."""
    return ~values.missing if isinstance(values, Masked) else np.ones(len(values), dtype=bool)


def among(ids: Ints, others: Ints) -> Flags:
    """Which ids are among the others. Ids are small and from -1 on: -1 has the last place."""
    if not len(ids) or not len(others):
        return np.zeros(len(ids), dtype=bool)
    largest = int(ids.max())
    flags = np.zeros(largest + 2, dtype=bool)
    flags[others[(others >= -1) & (others <= largest)]] = True
    found: Flags = flags[ids]
    return found


def one_of(texts: Texts, *words: str) -> Flags:
    """Which texts are one of some words."""
    is_word = frozenset(words).__contains__
    return np.fromiter(map(is_word, texts.tolist()), dtype=bool, count=len(texts))


def where(values: IntArray, condition: Flags, other: IntArray | int | None = None) -> IntArray:
    """The numbers where the condition holds, else the other ones; without these NA."""
    numbers, missing = as_int64(values)
    if other is None:
        return Masked(numbers, missing | ~condition)
    if isinstance(other, int):
        return Masked(np.where(condition, numbers, other), missing & condition)
    others, lacking = as_int64(other)
    return Masked(np.where(condition, numbers, others), np.where(condition, missing, lacking))


def filled(values: IntArray, other: IntArray | int) -> IntArray:
    """The numbers, the other ones where they are NA."""
    return where(values, known(values), other)


def put(values: IntArray, at: Flags, others: IntArray) -> IntArray:
    """The numbers with the others in some places."""
    (numbers, missing), (given, lacking) = as_int64(values), as_int64(others)
    numbers, missing = numbers.copy(), missing.copy()
    numbers[at], missing[at] = given, lacking
    return Masked(numbers, missing)


def open_where(flags: FlagArray | Flags, condition: Flags) -> FlagArray:
    """The flags, NA where the condition holds."""
    missing = condition | flags.missing if isinstance(flags, Masked) else condition
    return Masked(holds(flags), missing)


def limited(values: IntArray, low: int, high: int = 2**63 - 1) -> IntArray:
    """The numbers, those beyond an end put on it."""
    numbers, missing = as_int64(values)
    return Masked(np.clip(numbers, low, high), missing)


def sums(values: IntArray, at: Ints, size: int) -> IntArray:
    """The sum of the numbers at each of `size` places; NA where there is none to add."""
    numbers, missing = as_int64(values)
    made, counts = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    np.add.at(made, at, numbers)
    np.add.at(counts, at, ~missing)
    return Masked(made, counts == 0)


Known: TypeAlias = "tuple[Ints, Flags]"  # numbers, and where they are missing


def _known(factors: Sequence[IntArray | int]) -> list[Known]:
    return [
        (np.asarray(f), np.asarray(False)) if isinstance(f, int) else as_int64(f) for f in factors
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
