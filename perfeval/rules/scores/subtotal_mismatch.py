"""查什么：一级指标名称里印着的分值（如“产出指标（50分）”）与其下各行分值之和不符；
或者总分行的分值与各项分值之和不符，而各项分值之和是 100 分。

不查：有未填的分值的；没有分值栏的表样；各项分值之和不是 100 分的总分行（见 S102）。

怎样算：同一个一级指标名称下各行的分值相加，“其中”各行不加。
"""

from __future__ import annotations

import pandas as pd

from perfeval.exact import IntSeries
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.addends import operands
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.listed import listed, unfinished
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S110",
    "subtotal-mismatch",
    level=Level.ERROR,
    fix=Safety.CONFIRM,
    title=Text("小计与各行不符", "Subtotal does not fit its rows"),
    message=Text(
        "{name_zh}印着 {printed_e4} 分，各行分值合计 {sum_e4} 分",
        "{name_en} prints {printed_e4} points; its rows add to {sum_e4}",
    ),
    advice=Text("请核对小计和各行的分值", "Compare the subtotal with the points of its rows"),
    basis=("form-arithmetic",),
    follows=("S102",),
)
def subtotal_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """Labels at their first rows, then total rows; undecided where points are missing."""
    labels, totals = _labels(tables, policies), _totals(tables, policies)
    rows = pd.concat([labels, totals], ignore_index=True)
    hit = (rows.printed_e4 != rows.sum_e4).mask(rows.unknown)
    return judge(
        rows,
        hit,
        field="",
        found="printed_e4",
        expected="sum_e4",
        roots=lambda: roots(S102=_short(rows) == _lacking(rows, tables, policies)),
    )


def _labels(tables: Tables, policies: Policies) -> pd.DataFrame:
    """One row a first-level label that prints points, with what its rows add to."""
    rows = tables.indicators[recompute(tables, policies).indicators.counts]
    rows = rows.assign(key=rows.groupby(["form_id", "level1"]).ngroup())
    missing = rows.points_state.isin([State.BLANK, State.TEXT]) & (rows.level3 != "")
    missing &= ~rows.placeholder
    first = rows[~rows.key.duplicated() & rows.level1_points_e4.notna()]
    sums = rows.groupby("key").points_e4.sum(min_count=1)
    addends = rows[rows.points_e4.notna()].assign(
        field="points", label=rows.level3, value=rows.points_e4, points=None, role="indicator"
    )
    total = pd.Series(sums.reindex(first.key).array, index=first.index)
    differs = (first.level1_points_e4 != total).fillna(False).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "row_id": first.row_id,
            "form_id": first.form_id,
            "field": "level1",
            "name_zh": first.level1,
            "name_en": first.level1,
            "printed_e4": first.level1_points_e4,
            "sum_e4": total,
            "unknown": first.key.isin(rows.key[missing]) | first.form_id.isin(unfinished(tables)),
            # the label is a text: a corrected figure would wipe it out
            "safety": "manual",
            "operands": operands(addends, first.key[differs]).reindex(first.index),
        }
    )


def _short(rows: pd.DataFrame) -> IntSeries:
    """By how much the rows are less than what is printed."""
    short: IntSeries = rows.printed_e4 - rows.sum_e4
    return short


def _lacking(rows: pd.DataFrame, tables: Tables, policies: Policies) -> IntSeries:
    """By how much all points of each row's form are less than they should be."""
    points = recompute(tables, policies).forms.points_e4.array
    due = policies.onto(rows, "points_total_e4").points_total_e4
    return due - pd.Series(points.take(rows.form_id.to_numpy()), index=rows.index)


def _totals(tables: Tables, policies: Policies) -> pd.DataFrame:
    """One row a form: the points of its total row against the sum of all points."""
    scores = recompute(tables, policies).forms
    forms = policies.onto(tables.forms, "points_total_e4")
    sum_e4 = scores.points_e4
    differs = (forms.total_points_e4 != sum_e4).fillna(False).to_numpy(dtype=bool)
    unknown = (scores.missing_points > 0) | (sum_e4 != forms.points_total_e4)
    return pd.DataFrame(
        {
            "row_id": forms.row_id,
            "form_id": forms.form_id,
            "field": "total_points",
            "name_zh": "总分",
            "name_en": "The total",
            "printed_e4": forms.total_points_e4,
            "sum_e4": sum_e4,
            "unknown": unknown.fillna(True).astype(bool),
            "safety": "confirm",
            "operands": listed(tables, policies, "points", forms.form_id[differs]).reindex(
                forms.index
            ),
        }
    )
