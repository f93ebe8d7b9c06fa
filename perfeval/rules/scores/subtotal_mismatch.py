"""查什么：一级指标名称里印着的分值（如“产出指标（50分）”）与其下各行分值之和不符；
或者总分行的分值与各项分值之和不符，而各项分值之和是 100 分。

不查：有未填的分值的；没有分值栏的表样；各项分值之和不是 100 分的总分行（见 S102）。

怎样算：同一个一级指标名称下各行的分值相加，“其中”各行不加。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import IntArray, among, holds, known, one_of, sums
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.addends import operands
from perfeval.rules.among import first_of_each
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
    parts = [_labels(tables, policies), _totals(tables, policies)]
    rows = Rows.stacked(parts, *parts[1])
    return judge(
        rows,
        rows.printed_e4 != rows.sum_e4,
        undecided=rows.unknown,
        field="",
        found="printed_e4",
        expected="sum_e4",
        roots=lambda: roots(S102=rows.printed_e4 - rows.sum_e4 == _lacking(rows, tables, policies)),
    )


def _labels(tables: Tables, policies: Policies) -> Rows:
    """One row a first-level label that prints points, with what its rows add to."""
    rows = tables.rows("indicators")[recompute(tables, policies).indicators.counts]
    rows = rows[among(rows.form_id, rows.form_id[known(rows.level1_points_e4)])]
    labels: dict[tuple[int, str], int] = {}
    keys = [labels.setdefault(label, len(labels)) for label in rows.values("form_id", "level1")]
    rows = rows.assign(key=np.array(keys, dtype=np.int64))
    missing = one_of(rows.points_state, State.BLANK, State.TEXT) & (rows.level3 != "")
    missing &= ~rows.placeholder
    first = first_of_each(rows, "key")
    first = first[known(first.level1_points_e4)]
    total = sums(rows.points_e4, rows.key, len(labels))[first.key]
    addends = rows[known(rows.points_e4)]
    addends = addends.assign(
        field="points", label=addends.level3, value=addends.points_e4, points=None, role="indicator"
    )
    unknown = among(first.key, rows.key[missing])
    unknown |= among(first.form_id, unfinished(tables))
    return Rows.made(
        len(first),
        row_id=first.row_id,
        form_id=first.form_id,
        field="level1",
        name_zh=first.level1,
        name_en=first.level1,
        printed_e4=first.level1_points_e4,
        sum_e4=total,
        unknown=unknown,
        safety="manual",  # the label is a text: a corrected figure would wipe it out
        operands=operands(addends, first.key, holds(first.level1_points_e4 != total)),
    )


def _lacking(rows: Rows, tables: Tables, policies: Policies) -> IntArray:
    """By how much all points of each row's form are less than they should be."""
    points = recompute(tables, policies).forms.points_e4[rows.form_id]
    lacking: IntArray = policies.column(rows, "points_total_e4") - points
    return lacking


def _totals(tables: Tables, policies: Policies) -> Rows:
    """One row a form: the points of its total row against the sum of all points."""
    scores = recompute(tables, policies).forms
    forms = policies.onto(tables.rows("forms"), "points_total_e4")
    sum_e4 = scores.points_e4
    known_sum = holds(sum_e4 == forms.points_total_e4) & (scores.missing_points == 0)
    differs = known_sum & holds(forms.total_points_e4 != sum_e4)
    return Rows.made(
        len(forms),
        row_id=forms.row_id,
        form_id=forms.form_id,
        field="total_points",
        name_zh="总分",
        name_en="The total",
        printed_e4=forms.total_points_e4,
        sum_e4=sum_e4,
        unknown=~known_sum,
        safety="confirm",
        operands=listed(tables, policies, "points", differs),
    )
