"""Target and actual value on one scale, also where one side leaves out the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from perfeval.exact import Flags, IntArray, Texts, as_int64, holds, known, one_of, put, where
from perfeval.rows import Rows

_MEASURED = ["number", "rate", "money", "duration"]
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PERMILLE = 10  # ‰ in one %
_LARGEST = 2**60  # what is more cannot be doubled in 64 bits, and is no value of an indicator
_ONE = 1_000_000
_HUNDRED = 100 * _ONE


@dataclass(frozen=True, slots=True)
class OneScale:
    """Values in e6 of one unit, indexed as the indicators; NA unless `comparable`."""

    target: IntArray
    target_high: IntArray
    actual: IntArray
    actual_high: IntArray
    comparable: Flags


def on_one_scale(rows: Rows) -> OneScale:
    """Values of the same unit as they are; where one side has no unit, as they are most likely
    meant.

    Takes: the target_ and actual_ columns of `indicators`. Values of two different units, and
    words, are not comparable.
    """
    measured = (
        one_of(rows.target_kind, *_MEASURED)
        & one_of(rows.actual_kind, *_MEASURED)
        & _moderate(rows.target_value_e6)
        & _moderate(rows.actual_value_e6)
    )
    target, target_high = rows.target_value_e6, rows.target_high_e6
    actual, actual_high = rows.actual_value_e6, rows.actual_high_e6
    wanted, given = rows.target_unit, rows.actual_unit
    permille = measured & (wanted != given) & ((wanted == "‰") | (given == "‰"))
    if permille.any():
        of_target, of_actual = permille & (wanted == "‰"), permille & (given == "‰")
        target, target_high = (_percent(v, of_target) for v in (target, target_high))
        actual, actual_high = (_percent(v, of_actual) for v in (actual, actual_high))
        wanted, given = np.where(of_target, "%", wanted), np.where(of_actual, "%", given)
    same = measured & (wanted == given)
    one_sided = measured & ~same & ((wanted == "") | (given == ""))
    # a range without its unit cannot be put on the scale of the other
    one_sided &= ~known(target_high) & ~known(actual_high)
    if one_sided.any():
        likely = list(_likely(rows[one_sided], target[one_sided], actual[one_sided]))
        pairs = np.array(likely, dtype=np.int64)
        target, actual = put(target, one_sided, pairs[:, 0]), put(actual, one_sided, pairs[:, 1])
        one_sided &= ~_sign_unclear(target, actual, wanted, given)
    comparable = same | one_sided
    return OneScale(
        where(target, comparable),
        where(target_high, comparable),
        where(actual, comparable),
        where(actual_high, comparable),
        comparable,
    )


def _moderate(values: IntArray) -> Flags:
    """Values that can be calculated with."""
    numbers, missing = as_int64(values)
    return ~missing & (numbers <= _LARGEST) & (numbers >= -_LARGEST)


def _percent(values: IntArray, of: Flags) -> IntArray:
    """The values, tenths of them where they are permilles."""
    return where(values // _PERMILLE, of, values)


def _likely(rows: Rows, targets: IntArray, actuals: IntArray) -> Iterator[tuple[int, int]]:
    """Each pair as stored or as written (11.376 of ≥11.376万元), whichever lie nearest to each
    other.

    12 against ≥11.376万元 is meant in 万元, 113760 in 元.
    """
    columns = (rows.target, targets, rows.actual, actuals)
    for target, stored, actual, given in zip(*(c.tolist() for c in columns), strict=True):
        wanted = {stored, _written(target, stored)}
        got = {given, _written(actual, given)}
        yield min(((t, a) for t in sorted(wanted) for a in sorted(got)), key=_distance)


def _written(text: str, value: int) -> int:
    """The number as written, without its unit's factor, in e6; `value` if there is not just one."""
    found = _NUMBER.findall(text)
    if len(found) != 1 or len(found[0]) > 15:
        return value
    exact = Decimal(found[0].replace(",", "")).scaleb(6)
    return int(exact) * (-1 if value < 0 else 1) if exact == int(exact) else value


def _distance(pair: tuple[int, int]) -> float:
    """How many times the one is the other; 0 is as far from everything."""
    target, actual = map(abs, pair)
    return max(target, actual) / min(target, actual) if target and actual else 0.0


def _sign_unclear(target: IntArray, actual: IntArray, wanted: Texts, given: Texts) -> Flags:
    """Where a bare number against a percentage need not be one whose sign was lost.

    0.98 against 95% may lack the sign or the factor; 735 against 90%, and 95% against 200, are
    counts. True where a value is missing.
    """
    of_actual = (wanted == "%") & (given == "")
    of_target = (given == "%") & (wanted == "")
    fraction = (abs(actual) <= _ONE) & (actual != 0)
    unclear = of_actual & (fraction | (actual > 2 * _HUNDRED)) | of_target & (target != _HUNDRED)
    return ~holds(~unclear)
