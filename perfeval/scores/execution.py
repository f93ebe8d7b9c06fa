"""Budget execution: the rate that follows from the amounts, and the score from the rate."""

from __future__ import annotations

import numpy as np

from perfeval.exact import (
    FlagArray,
    Flags,
    IntArray,
    Ratio,
    among,
    as_int64,
    filled,
    fits,
    holds,
    known,
    limited,
    open_where,
    quotient,
    where,
)
from perfeval.masked import Masked
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores.amounts import plausible, rounding_width
from perfeval.tables import Tables

_ONE = 1_000_000  # 100% in e6


def recomputed_funds(tables: Tables, policies: Policies) -> Rows:
    """What follows from each row of the money block, row by row as `funds`.

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
    funds = policies.onto(
        tables.rows("funds"), "execution_points_e4", "rate_digits", "score_digits"
    )
    stated = tables.rows("indicators")
    stated = stated[(stated.class1 == "execution") & (stated.score_state == State.NUMBER)]
    is_execution = _is_execution(funds)
    due_rate = _due_rate(funds)
    rate_fits = _rate_fits(tables, policies, funds)
    used_rate = _used_rate(funds, rate_fits, due_rate)
    due = _due_score(funds, used_rate)
    fits_amounts, fits_printed = _score_fits(funds, policies)
    return Rows.made(
        len(funds),
        is_execution=is_execution,
        counts=is_execution & ~among(funds.form_id, stated.form_id),
        due_rate_e6=due_rate,
        rate_fits=rate_fits,
        used_rate_e6=used_rate,
        due_e4=due,
        score_fits=_known(funds, fits_amounts, fits_printed, rate_fits),
        fits_printed=fits_printed,
        low_e4=filled(due, funds.points_e4 * 0),
        high_e4=filled(due, funds.points_e4),
    )


def _is_execution(funds: Rows) -> Flags:
    """The total row if it has points or a score, else the first part that has, else the total."""
    empty = (funds.points_state != State.NUMBER) & (funds.score_state != State.NUMBER)
    order = np.lexsort((funds.position, funds.level, empty, funds.form_id))
    # np.unique would take in numpy.ma, which is a fifth of numpy
    first = np.flatnonzero(np.diff(funds.form_id[order], prepend=-1))
    flags = np.zeros(len(funds), dtype=bool)
    flags[order[first]] = True
    return flags


def _amounts(funds: Rows) -> tuple[IntArray, IntArray]:
    """Executed and budget where the one can be divided by the other."""
    executed, budget = plausible(funds.executed_fen), plausible(funds.budget_fen)
    divisible = holds((budget > 0) & (executed >= 0))
    return where(executed, divisible), where(budget, divisible)


def _due_rate(funds: Rows) -> IntArray:
    executed, budget = _amounts(funds)
    least = _step(funds.rate_digits, 6)
    shown = where(least, funds.rate_step_e6 <= 0, funds.rate_step_e6)
    step = where(shown, holds(shown < least), least)
    return quotient([executed, _ONE], [budget, step]) * step


def _rate_fits(tables: Tables, policies: Policies, funds: Rows) -> FlagArray:
    executed, budget = _amounts(funds)
    e_width = rounding_width(tables, policies, funds, "executed")
    b_width = rounding_width(tables, policies, funds, "budget")
    return fits(
        funds.rate_e6,
        funds.rate_step_e6,
        ([limited(2 * executed - e_width, 0), _ONE], [2 * budget + b_width]),
        ([2 * executed + e_width, _ONE], [2 * budget - b_width]),
        rounds=policies.allows(funds, "rate_conventions", "round"),
        cuts=policies.allows(funds, "rate_conventions", "cut"),
    )


def _used_rate(funds: Rows, rate_fits: FlagArray, due_rate: IntArray) -> IntArray:
    trusted = ~holds(~rate_fits) & known(funds.rate_e6)
    return where(where(funds.rate_e6, trusted, due_rate), ~holds(funds.budget_fen == 0))


def _due_score(funds: Rows, rate: IntArray) -> IntArray:
    due = quotient([limited(rate, 0, _ONE), funds.points_e4], [_ONE])
    step = _step(funds.score_digits, 4)
    return filled(quotient([due], [step]) * step, due)


def _score_fits(funds: Rows, policies: Policies) -> tuple[FlagArray, FlagArray]:
    """Whether the score follows from the exact amounts, and whether from the printed rate."""
    executed, budget = _amounts(funds)
    executed = where(executed, ~holds(executed > budget), budget)
    rate = limited(funds.rate_e6, 0, _ONE)
    rounds = policies.allows(funds, "score_conventions", "round")
    cuts = policies.allows(funds, "score_conventions", "cut")

    def fit(points: IntArray, top: IntArray, bottom: IntArray | int) -> FlagArray:
        ratio: Ratio = ([top, points], [bottom])
        return fits(funds.score_e4, funds.score_step_e4, ratio, ratio, rounds=rounds, cuts=cuts)

    # where the printed points are not the policy's, that is the fault, and the score may follow
    # from these
    both = (funds.points_e4, funds.execution_points_e4)
    exact = _any(*(fit(points, executed, budget) for points in both))
    return exact, _any(*(fit(points, rate, _ONE) for points in both))


def _known(funds: Rows, exact: FlagArray, printed: FlagArray, rate_fits: FlagArray) -> FlagArray:
    """The score follows from the amounts, or from the printed rate unless that is wrong."""
    answer = _any(exact, printed & ~holds(~rate_fits))
    told = known(exact) | known(printed)
    told &= ~known(funds.budget_fen) | holds(funds.budget_fen > 0)
    told &= known(funds.points_e4)
    return open_where(answer, ~(told | holds(answer)))


def _any(first: FlagArray, second: FlagArray) -> FlagArray:
    """True where one is True, NA only where both are NA."""
    return Masked(holds(first) | holds(second), ~known(first) & ~known(second))


def _step(digits: IntArray, scale: int) -> IntArray:
    """The place of the last of `digits` in 1/10**scale, NA where the policy leaves it open."""
    values, missing = as_int64(digits)
    return Masked(10 ** np.maximum(scale - values, 0), missing)
