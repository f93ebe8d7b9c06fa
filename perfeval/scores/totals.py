"""The total of every form: the sum of what is listed, and the sum of what can be defended."""

from __future__ import annotations

import numpy as np

from perfeval.exact import Flags, IntArray, as_int64, filled, holds, known, one_of, where
from perfeval.masked import Masked
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores.grades import caps, grades, stated_grades, up_to
from perfeval.tables import Tables

LARGEST_E4 = 10**12  # a hundred million points: no score, and its sums would leave 64 bits
_ASKED = [State.BLANK.value, State.TEXT.value]


def recomputed_totals(tables: Tables, policies: Policies, funds: Rows, indicators: Rows) -> Rows:
    """What follows from the rows of each form, form by form.

    listed_e4 Int64            sum of the listed scores and the execution score, each once; NA
    without any
    low_e4, high_e4            the same with 0, and with all points, for scores that are not given
    missing_scores int64       how many scores are asked for and not given, or are no number
    points_e4 Int64            sum of the points of indicators and execution; NA without any
    indicator_score_e4, indicator_points_e4    sums over the indicators alone, of those with both
    missing_points int64       how many points are asked for and not given, or are no number
    lacks_money bool           no money block, and the points leave room for that of execution
    due_low_e4, due_high_e4    sum of the defensible ranges; NA where a listed score has none
    grade, grade_low, grade_high, due_grade_low, due_grade_high text    grades of listed, low,
    high, …, none of them above its cap
    grade_stated text          the form's own grade in the policy's word, "" if it has none or is
    none
    execution_rate_e6 Int64    rate of the execution row: from the amounts, else as printed
    cap_e4 Int64               the highest total that this rate allows; NA without a cap
    """
    forms = tables.rows("forms")
    execution = tables.rows("funds").assign(low_e4=funds.low_e4, high_e4=funds.high_e4)
    execution = execution[funds.counts]
    rows = tables.rows("indicators").assign(low_e4=indicators.low_e4, high_e4=indicators.high_e4)
    rows = rows[indicators.counts]

    def total(of_rows: IntArray | Flags, of_execution: IntArray | Flags) -> IntArray:
        return _by_form(rows, of_rows, forms) + _by_form(execution, of_execution, forms)

    scored, paid = _numbers(rows, "score"), _numbers(execution, "score")
    lacking, unpaid = _scores_lacking(tables, rows), _lacking(execution, "score")
    any_score = _by_form(rows, known(scored), forms) > 0
    listed = where(total(scored, paid), any_score)
    most = total(where(rows.points_e4, lacking), where(execution.points_e4, unpaid))
    unmeasured = total(lacking & ~known(rows.points_e4), unpaid & ~known(execution.points_e4))
    weighed, weighted = _numbers(rows, "points"), _numbers(execution, "points")
    points = where(total(weighed, weighted), _by_form(rows, known(weighed), forms) > 0)
    both = known(scored) & known(rows.points_e4)
    unranged = total(known(scored) & ~known(rows.high_e4), known(paid) & ~known(execution.high_e4))
    ranged = any_score & (unranged == 0)
    rate = _execution_rate(tables, funds)
    cap = caps(policies, rate, forms.form_id)
    made = {
        "listed_e4": listed,
        "low_e4": listed,
        "high_e4": where(listed + most, unmeasured == 0),
        "due_low_e4": where(total(rows.low_e4, execution.low_e4), ranged),
        "due_high_e4": where(total(rows.high_e4, execution.high_e4), ranged),
    }
    graded = {
        name: grades(policies, up_to(cap, made[column]), forms.form_id)
        for name, column in (
            ("grade", "listed_e4"), ("grade_low", "low_e4"), ("grade_high", "high_e4"),
            ("due_grade_low", "due_low_e4"), ("due_grade_high", "due_high_e4"),
        )
    }  # fmt: skip
    return Rows.made(
        len(forms),
        **made,
        **graded,
        missing_scores=total(lacking, unpaid),
        points_e4=points,
        missing_points=total(
            _points_lacking(tables, rows), _execution_points_lacking(tables, execution)
        ),
        indicator_score_e4=where(_by_form(rows, where(scored, both), forms), any_score),
        indicator_points_e4=_by_form(rows, where(rows.points_e4, both), forms),
        lacks_money=_lacks_money(forms, policies, points),
        grade_stated=stated_grades(policies, forms),
        execution_rate_e6=rate,
        cap_e4=cap,
    )


def _by_form(rows: Rows, values: IntArray | Flags, forms: Rows) -> IntArray:
    """Sum per form, 0 where there is nothing to add."""
    numbers, _ = as_int64(values)
    sums = np.zeros(len(forms), dtype=np.int64)
    np.add.at(sums, rows.form_id, numbers)
    return sums


def _lacks_money(forms: Rows, policies: Policies, points: IntArray) -> Flags:
    total, execution = (
        policies.column(forms, name) for name in ("points_total_e4", "execution_points_e4")
    )
    room = points + execution == total
    lacking: Flags = ~forms.has_funds & np.where(known(room), holds(room), ~known(points))
    return lacking


def _numbers(rows: Rows, field: str) -> IntArray:
    """The numbers of a field as listed; NA where there is none of its own, or no score."""
    values = rows.column(f"{field}_e4")
    numbers, _ = as_int64(values)
    meant = (numbers <= LARGEST_E4) & (numbers >= -LARGEST_E4)
    return where(values, meant & (rows.column(f"{field}_state") == State.NUMBER))


def _lacking(rows: Rows, field: str) -> Flags:
    """Blank or unreadable where the row has points."""
    return one_of(rows.column(f"{field}_state"), *_ASKED) & holds(rows.points_e4 > 0)


def _scores_lacking(tables: Tables, rows: Rows) -> Flags:
    """Rows that should have a score: with points or, where the form has none, with values."""
    filled_in = (rows.level3 != "") & ((rows.target != "") | (rows.actual != ""))
    unweighted = ~tables.of_form(rows, "has_points") & filled_in
    unweighted &= one_of(rows.score_state, *_ASKED)
    lacking: Flags = (_lacking(rows, "score") | unweighted) & ~rows.placeholder
    return lacking


def _points_lacking(tables: Tables, rows: Rows) -> Flags:
    asked: Flags = tables.of_form(rows, "has_points") & one_of(rows.points_state, *_ASKED)
    asked &= (rows.level3 != "") & ~rows.placeholder
    return asked


def _execution_points_lacking(tables: Tables, execution: Rows) -> Flags:
    asked: Flags = tables.of_form(execution, "has_execution_points")
    return asked & one_of(execution.points_state, *_ASKED)


def _execution_rate(tables: Tables, funds: Rows) -> IntArray:
    """The rate of the execution row of each form, NA where there is none."""
    rates = filled(funds.due_rate_e6, funds.used_rate_e6)[funds.is_execution]
    return at_forms(tables, rates, tables.rows("funds").form_id[funds.is_execution])


def at_forms(tables: Tables, values: IntArray, form_ids: IntArray) -> IntArray:
    """One value a form out of those that belong to some, NA for the others."""
    numbers, missing = as_int64(values)
    size = len(tables.rows("forms"))
    made, lacking = np.zeros(size, dtype=np.int64), np.ones(size, dtype=bool)
    made[form_ids], lacking[form_ids] = numbers, missing
    return Masked(made, lacking)
