"""What is due where a target was missed: points in proportion."""

from __future__ import annotations

import pandas as pd

from perfeval.exact import IntSeries, Rounding, quotient
from perfeval.policy import Policies
from perfeval.scores.comparison import Comparison


def proportional(
    rows: pd.DataFrame, points: IntSeries, comparison: Comparison, policies: Policies
) -> pd.DataFrame:
    """due_e4, low_e4 and high_e4 of indicators that were missed; due_e4 NA without a formula.

    Below the target: points × actual ÷ target. Above an upper bound: points × bound ÷ actual
    (inverse) or points × (1 - excess ÷ bound) (linear), all between them where the policy has both.
    """
    target, far, near = comparison.target, comparison.high, comparison.low
    bound = comparison.target_high.where(comparison.within, target)
    above = (near > bound).fillna(False).to_numpy(dtype=bool) & ~comparison.up
    inverse = policies.allows(rows, "upper_bound_formulas", "inverse")
    linear = policies.allows(rows, "upper_bound_formulas", "linear")
    step = 10 ** (4 - rows.score_digits.fillna(rows.proposed_digits).clip(upper=4))

    def beyond(actual: IntSeries, rounding: Rounding, by: IntSeries | int = 1) -> list[IntSeries]:
        """By each formula: the share of a value above the bound, NA without the formula."""
        left = (2 * bound - actual).clip(lower=0)
        by_inverse = share(points, bound, actual, rounding, by).mask(_is_zero(bound), 0)
        by_linear = share(points, left, bound, rounding, by).mask(_is_zero(bound), 0)
        return [by_inverse.where(inverse), by_linear.where(linear)]

    def below(actual: IntSeries, rounding: Rounding, by: IntSeries | int = 1) -> IntSeries:
        return share(points, actual.clip(lower=0), target, rounding, by)

    first, second = beyond(near, Rounding.HALF_UP, step)
    due = first.fillna(second).where(above, below(near, Rounding.HALF_UP, step))
    low = _least(*beyond(far, Rounding.FLOOR)).where(above, below(near, Rounding.FLOOR))
    high = _most(*beyond(near, Rounding.CEIL)).where(above, below(far, Rounding.CEIL))
    return pd.DataFrame(
        {
            "due_e4": due.where((near == far).fillna(False)),
            "low_e4": low.fillna(points * 0),
            "high_e4": high.fillna(points),
        }
    )


def share(
    points: IntSeries,
    part: IntSeries,
    whole: IntSeries,
    rounding: Rounding,
    step: IntSeries | int = 1,
) -> IntSeries:
    """points × part ÷ whole in steps of `step`; NA unless whole > 0 and part ≥ 0."""
    usable = (whole > 0) & (part >= 0)
    return quotient([points, part], [whole.where(usable), step], rounding) * step


def _is_zero(values: IntSeries) -> IntSeries:
    return (values == 0).fillna(False)


def _least(first: IntSeries, second: IntSeries) -> IntSeries:
    return first.where((first <= second).fillna(second.isna()), second)


def _most(first: IntSeries, second: IntSeries) -> IntSeries:
    return first.where((first >= second).fillna(second.isna()), second)
