"""What is due where a target was missed: points in proportion."""

from __future__ import annotations

import numpy as np

from perfeval.exact import (
    Flags,
    IntArray,
    Rounding,
    as_int64,
    filled,
    holds,
    known,
    limited,
    quotient,
    where,
)
from perfeval.masked import Masked
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores.comparison import Comparison


def proportional(
    rows: Rows, points: IntArray, comparison: Comparison, policies: Policies
) -> tuple[IntArray, IntArray, IntArray]:
    """Due, lowest and highest score of indicators that were missed; due is NA without a formula.

    Below the target: points × actual ÷ target. Above an upper bound: points × bound ÷ actual
    (inverse) or points × (1 - excess ÷ bound) (linear), all between them where the policy has both.
    """
    target, far, near = comparison.target, comparison.high, comparison.low
    bound = where(comparison.target_high, comparison.within, target)
    above = holds(near > bound) & ~comparison.up
    inverse = policies.allows(rows, "upper_bound_formulas", "inverse")
    linear = policies.allows(rows, "upper_bound_formulas", "linear")
    step = _steps(rows)

    def beyond(actual: IntArray, rounding: Rounding, by: IntArray | int = 1) -> list[IntArray]:
        """By each formula: the share of a value above the bound, NA without the formula."""
        left = limited(2 * bound - actual, 0)
        by_inverse = where(share(points, bound, actual, rounding, by), ~holds(bound == 0), 0)
        by_linear = where(share(points, left, bound, rounding, by), ~holds(bound == 0), 0)
        return [where(by_inverse, inverse), where(by_linear, linear)]

    def below(actual: IntArray, rounding: Rounding, by: IntArray | int = 1) -> IntArray:
        return share(points, limited(actual, 0), target, rounding, by)

    first, second = beyond(near, Rounding.HALF_UP, step)
    due = where(filled(first, second), above, below(near, Rounding.HALF_UP, step))
    low = where(_least(*beyond(far, Rounding.FLOOR)), above, below(near, Rounding.FLOOR))
    high = where(_most(*beyond(near, Rounding.CEIL)), above, below(far, Rounding.CEIL))
    return where(due, holds(near == far)), filled(low, points * 0), filled(high, points)


def share(
    points: IntArray,
    part: IntArray,
    whole: IntArray,
    rounding: Rounding,
    step: IntArray | int = 1,
) -> IntArray:
    """points × part ÷ whole in steps of `step`; NA unless whole > 0 and part ≥ 0."""
    usable = holds((whole > 0) & (part >= 0))
    return quotient([points, part], [where(whole, usable), step], rounding) * step


def _steps(rows: Rows) -> IntArray:
    """The place of the last digit that is proposed, in 1/10,000 point."""
    digits, missing = as_int64(filled(rows.score_digits, rows.proposed_digits))
    return Masked(10 ** (4 - np.minimum(digits, 4)), missing)


def _least(first: IntArray, second: IntArray) -> IntArray:
    return where(first, _chosen(first <= second, second), second)


def _most(first: IntArray, second: IntArray) -> IntArray:
    return where(first, _chosen(first >= second, second), second)


def _chosen(better: Masked, second: IntArray) -> Flags:
    """Where the first is better, or the only one."""
    return np.where(known(better), holds(better), ~known(second))
