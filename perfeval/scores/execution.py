"""Budget execution: the rate that follows from the amounts, and the score from the rate."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.exact import IntSeries, Ratio, fits, quotient
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.scores.amounts import plausible, rounding_width
from perfeval.tables import Tables

_ONE = 1_000_000  # 100% in e6


def recomputed_funds(tables: Tables, policies: Policies) -> pd.DataFrame:
    """What follows from each row of the money block, on the index of `funds`.

    is_execution bool    the row whose points and score count in the total of its form, one a form
    counts bool          the same, unless an indicator row states the execution score
    due_rate_e6 Int64    executed ÷ budget, to the digits shown, at least those of the policy
    rate_fits boolean    the printed rate can stand for executed ÷ budget; NA: nothing to compare
    used_rate_e6 Int64   the rate that the score follows from: as printed unless the amounts
    contradict it
    due_e4 Int64         that rate × points, at most the points
    score_fits boolean   the printed score can stand for it; NA: nothing to compare
    fits_printed boolean   the printed score can stand for the printed rate × points, right or wrong
    low_e4, high_e4      due_e4, or 0 to the points where no rate can be told
    """
    funds = policies.onto(tables.funds, "execution_points_e4", "rate_digits", "score_digits")
    made = pd.DataFrame({"is_execution": _is_execution(funds)}, index=funds.index)
    stated = tables.indicators
    stated = stated[(stated["class1"] == "execution") & (stated.score_state == State.NUMBER)]
    made["counts"] = made.is_execution & ~funds.form_id.isin(stated.form_id)
    made["due_rate_e6"] = _due_rate(funds)
    made["rate_fits"] = _rate_fits(tables, policies, funds)
    made["used_rate_e6"] = _used_rate(funds, made)
    made["due_e4"] = _due_score(funds, made.used_rate_e6)
    fits_amounts, made["fits_printed"] = _score_fits(funds, policies)
    made["score_fits"] = _known(funds, fits_amounts, made.fits_printed, made.rate_fits)
    made["low_e4"] = made.due_e4.fillna(funds.points_e4 * 0)
    made["high_e4"] = made.due_e4.fillna(funds.points_e4)
    return made


def _is_execution(funds: pd.DataFrame) -> pd.Series[bool]:
    """The total row if it has points or a score, else the first part that has, else the total."""
    numbered = (funds.points_state == State.NUMBER) | (funds.score_state == State.NUMBER)
    order = pd.DataFrame(
        {
            "form_id": funds.form_id,
            "empty": ~numbered,
            "level": funds.level,
            "position": funds.position,
        }
    ).sort_values(["form_id", "empty", "level", "position"])
    first = order.index[~order.form_id.duplicated()]
    return pd.Series(funds.index.isin(first), index=funds.index)


def _amounts(funds: pd.DataFrame) -> tuple[IntSeries, IntSeries]:
    """Executed and budget where the one can be divided by the other."""
    executed, budget = plausible(funds.executed_fen), plausible(funds.budget_fen)
    divisible = (budget > 0) & (executed >= 0)
    return executed.where(divisible), budget.where(divisible)


def _due_rate(funds: pd.DataFrame) -> IntSeries:
    executed, budget = _amounts(funds)
    least = _step(funds.rate_digits, 6)
    shown = funds.rate_step_e6.where(funds.rate_step_e6 > 0, least).astype("Int64")
    step = shown.where(shown < least, least)
    return quotient([executed, _ONE], [budget, step]) * step


def _rate_fits(tables: Tables, policies: Policies, funds: pd.DataFrame) -> IntSeries:
    executed, budget = _amounts(funds)
    e_width = rounding_width(tables, policies, funds, "executed")
    b_width = rounding_width(tables, policies, funds, "budget")
    return fits(
        funds.rate_e6,
        funds.rate_step_e6,
        ([(2 * executed - e_width).clip(lower=0), _ONE], [2 * budget + b_width]),
        ([2 * executed + e_width, _ONE], [2 * budget - b_width]),
        rounds=policies.allows(funds, "rate_conventions", "round"),
        cuts=policies.allows(funds, "rate_conventions", "cut"),
    )


def _used_rate(funds: pd.DataFrame, made: pd.DataFrame) -> IntSeries:
    wrong = (~made.rate_fits).fillna(False).astype(bool)
    rate = funds.rate_e6.mask(wrong | funds.rate_e6.isna(), made.due_rate_e6)
    return rate.mask((funds.budget_fen == 0).fillna(False).astype(bool))


def _due_score(funds: pd.DataFrame, rate: IntSeries) -> IntSeries:
    due = quotient([rate.clip(lower=0, upper=_ONE), funds.points_e4], [_ONE])
    step = _step(funds.score_digits, 4)
    return (quotient([due], [step]) * step).fillna(due)


def _score_fits(funds: pd.DataFrame, policies: Policies) -> tuple[IntSeries, IntSeries]:
    """Whether the score follows from the exact amounts, and whether from the printed rate."""
    executed, budget = _amounts(funds)
    executed = executed.mask(executed > budget, budget)
    rate = funds.rate_e6.clip(lower=0, upper=_ONE)
    rounds = policies.allows(funds, "score_conventions", "round")
    cuts = policies.allows(funds, "score_conventions", "cut")

    def fit(points: IntSeries, top: IntSeries, bottom: IntSeries | int) -> IntSeries:
        ratio: Ratio = ([top, points], [bottom])
        return fits(funds.score_e4, funds.score_step_e4, ratio, ratio, rounds=rounds, cuts=cuts)

    # where the printed points are not the policy's, that is the fault, and the score may follow
    # from these
    both = (funds.points_e4, funds.execution_points_e4)
    exact = _any(*(fit(points, executed, budget) for points in both))
    return exact, _any(*(fit(points, rate, _ONE) for points in both))


def _known(
    funds: pd.DataFrame, exact: IntSeries, printed: IntSeries, rate_fits: IntSeries
) -> IntSeries:
    """The score follows from the amounts, or from the printed rate unless that is wrong."""
    wrong = (~rate_fits).fillna(False).astype(bool)
    answer = _any(exact, printed & ~wrong)
    known = (exact.notna() | printed.notna()) & (funds.budget_fen.isna() | (funds.budget_fen > 0))
    known &= funds.points_e4.notna()
    return answer.where(known | answer.fillna(False).astype(bool))


def _any(first: IntSeries, second: IntSeries) -> IntSeries:
    """True where one is True, NA only where both are NA."""
    return first.fillna(False) | second.fillna(False) | (first & second)


def _step(digits: IntSeries, scale: int) -> IntSeries:
    """The place of the last of `digits` in 1/10**scale, NA where the policy leaves it open."""
    values = digits.to_numpy(dtype=np.int64, na_value=0)
    steps = pd.Series(10 ** np.maximum(scale - values, 0), index=digits.index, dtype="Int64")
    return steps.where(digits.notna())
