"""The total of every form: the sum of what is listed, and the sum of what can be defended."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.exact import IntSeries, as_int64
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.scores.grades import caps, grades, stated_grades
from perfeval.tables import Tables

LARGEST_E4 = 10**12  # a hundred million points: no score, and its sums would leave 64 bits
_ASKED = (State.BLANK, State.TEXT)


def recomputed_totals(
    tables: Tables, policies: Policies, funds: pd.DataFrame, indicators: pd.DataFrame
) -> pd.DataFrame:
    """What follows from the rows of each form, on the index of `forms`.

    listed_e4 Int64            sum of the listed scores and the execution score, each once; NA
    without any
    low_e4, high_e4            the same with 0, and with all points, for scores that are not given
    missing_scores int64       how many scores are asked for and not given, or are no number
    points_e4 Int64            sum of the points of indicators and execution; NA without any
    indicator_score_e4, indicator_points_e4    sums over the indicators alone, of those with both
    missing_points int64       how many points are asked for and not given, or are no number
    lacks_money bool           no money block, and the points leave room for that of execution
    due_low_e4, due_high_e4    sum of the defensible ranges; NA where a listed score has none
    grade, grade_low, grade_high, due_grade_low, due_grade_high str    grades of listed, low,
    high, …
    grade_stated str           the form's own grade in the policy's word, "" if it has none or is
    none
    execution_rate_e6 Int64    rate of the execution row: from the amounts, else as printed
    cap_e4 Int64               the highest total that this rate allows; NA without a cap
    """
    forms = tables.forms
    execution = tables.funds.assign(low_e4=funds.low_e4, high_e4=funds.high_e4)[funds.counts]
    rows = tables.indicators.assign(low_e4=indicators.low_e4, high_e4=indicators.high_e4)
    rows = rows[indicators.counts]
    made = pd.DataFrame(index=forms.index)

    def total(of_rows: IntSeries, of_execution: IntSeries) -> IntSeries:
        return _by_form(rows, of_rows, forms) + _by_form(execution, of_execution, forms)

    scored, paid = _numbers(rows, "score"), _numbers(execution, "score")
    lacking, unpaid = _scores_lacking(tables, rows), _lacking(execution, "score")
    any_score = _by_form(rows, scored.notna(), forms) > 0
    made["listed_e4"] = total(scored, paid).where(any_score)
    made["missing_scores"] = total(lacking, unpaid).astype("int64")
    made["low_e4"] = made.listed_e4
    most = total(rows.points_e4.where(lacking), execution.points_e4.where(unpaid))
    unmeasured = total(lacking & rows.points_e4.isna(), unpaid & execution.points_e4.isna())
    made["high_e4"] = (made.listed_e4 + most).where(unmeasured == 0)
    weighed, weighted = _numbers(rows, "points"), _numbers(execution, "points")
    any_points = _by_form(rows, weighed.notna(), forms) > 0
    made["points_e4"] = total(weighed, weighted).where(any_points)
    made["missing_points"] = total(
        _points_lacking(tables, rows), _execution_points_lacking(tables, execution)
    ).astype("int64")
    both = scored.notna() & rows.points_e4.notna()
    made["indicator_score_e4"] = _by_form(rows, scored.where(both), forms).where(any_score)
    made["indicator_points_e4"] = _by_form(rows, rows.points_e4.where(both), forms)
    made["lacks_money"] = _lacks_money(forms, policies, made.points_e4)
    unranged = total(scored.notna() & rows.high_e4.isna(), paid.notna() & execution.high_e4.isna())
    ranged = any_score & (unranged == 0)
    made["due_low_e4"] = total(rows.low_e4, execution.low_e4).where(ranged)
    made["due_high_e4"] = total(rows.high_e4, execution.high_e4).where(ranged)
    for name, column in (
        ("grade", "listed_e4"), ("grade_low", "low_e4"), ("grade_high", "high_e4"),
        ("due_grade_low", "due_low_e4"), ("due_grade_high", "due_high_e4"),
    ):  # fmt: skip
        made[name] = grades(policies, made[column], forms.form_id)
    made["grade_stated"] = stated_grades(policies, forms)
    made["execution_rate_e6"] = _execution_rate(tables, funds)
    made["cap_e4"] = caps(policies, made.execution_rate_e6, forms.form_id)
    return made


def _by_form(rows: pd.DataFrame, values: IntSeries, forms: pd.DataFrame) -> IntSeries:
    """Sum per form, 0 where there is nothing to add, on the index of `forms`."""
    numbers, _ = as_int64(values)
    sums = np.zeros(len(forms), dtype=np.int64)
    np.add.at(sums, rows.form_id.to_numpy(), numbers)
    return pd.Series(sums, index=forms.index, dtype="Int64")


def _lacks_money(forms: pd.DataFrame, policies: Policies, points: IntSeries) -> pd.Series[bool]:
    due = policies.parameters[["points_total_e4", "execution_points_e4"]]
    at = policies.positions[forms.form_id.to_numpy()]
    total, execution = (pd.Series(due[name].array.take(at), index=forms.index) for name in due)
    room = (points + execution == total).fillna(points.isna())
    return ~forms.has_funds & room.astype(bool)


def _numbers(rows: pd.DataFrame, field: str) -> IntSeries:
    """The numbers of a field as listed; NA where there is none of its own, or no score."""
    numbers = rows[f"{field}_e4"]
    meant = (rows[f"{field}_state"] == State.NUMBER) & (numbers.abs() <= LARGEST_E4).fillna(False)
    return numbers.where(meant)


def _lacking(rows: pd.DataFrame, field: str) -> pd.Series[bool]:
    """Blank or unreadable where the row has points."""
    return rows[f"{field}_state"].isin(_ASKED) & (rows.points_e4 > 0).fillna(False).astype(bool)


def _scores_lacking(tables: Tables, rows: pd.DataFrame) -> pd.Series[bool]:
    """Rows that should have a score: with points or, where the form has none, with values."""
    filled = (rows.level3 != "") & ((rows.target != "") | (rows.actual != ""))
    unweighted = ~tables.of_form(rows, "has_points") & filled & rows.score_state.isin(_ASKED)
    return (_lacking(rows, "score") | unweighted) & ~rows.placeholder


def _points_lacking(tables: Tables, rows: pd.DataFrame) -> pd.Series[bool]:
    asked = tables.of_form(rows, "has_points") & rows.points_state.isin(_ASKED)
    return asked & (rows.level3 != "") & ~rows.placeholder


def _execution_points_lacking(tables: Tables, execution: pd.DataFrame) -> pd.Series[bool]:
    asked = tables.of_form(execution, "has_execution_points")
    return asked & execution.points_state.isin(_ASKED)


def _execution_rate(tables: Tables, funds: pd.DataFrame) -> IntSeries:
    rows = tables.funds[funds.is_execution]
    rates = funds.due_rate_e6.fillna(funds.used_rate_e6)[funds.is_execution]
    rates.index = rows.form_id
    return pd.Series(rates.reindex(tables.forms.form_id.to_numpy()).array, index=tables.forms.index)
