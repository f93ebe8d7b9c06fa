"""查什么：得分小于 0，或大于它的分值（指标各行、预算执行一行都看）。

不查：没有得分的行；没有分值的行只看是否小于 0；几行共用一个得分或一个分值的，按合在一起的数看。

怎样算：0 ≤ 得分 ≤ 分值。得分和分值哪个填错了，要由单位核对，不代为更正。
"""

from __future__ import annotations

import pandas as pd

from perfeval.exact import IntSeries
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S104",
    "score-out-of-range",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("得分超出分值范围", "Score outside of its points"),
    message=Text(
        "得分 {score_e4}，应在 0 到分值 {points_e4} 之间",
        "The score is {score_e4}; it must lie between 0 and its points, {points_e4}",
    ),
    advice=Text(
        "请核对得分和分值，改正填错的一个", "Compare score and points and correct the wrong one"
    ),
    basis=("mof-2020-10", "form-notes"),
    follows=("F106",),
)
def score_out_of_range(tables: Tables, policies: Policies) -> Judgement:
    """Scores of indicators and money rows; undecided where the score is no number."""
    rows = with_points(tables, policies)
    hit = out_of_range(rows)
    within = ~rows.is_indicator & (rows.score_e4 <= rows.execution_points_e4)
    return judge(
        rows,
        hit,
        field="score",
        found="score_e4",
        roots=lambda: roots(F106=within & (rows.points_e4 != rows.execution_points_e4)),
    )


def with_points(tables: Tables, policies: Policies) -> pd.DataFrame:
    """Rows of the money and of the indicators with the points that their scores are out of."""
    columns = ["row_id", "form_id", "score_e4", "score_state", "points_e4"]
    shared = recompute(tables, policies).indicators.points_e4
    indicators = tables.indicators.assign(points_e4=shared.fillna(tables.indicators.points_e4))
    parts = [
        tables.funds[columns].assign(is_indicator=False),
        indicators[columns].assign(is_indicator=True),
    ]
    return policies.onto(pd.concat(parts, ignore_index=True), "execution_points_e4")


def out_of_range(rows: pd.DataFrame) -> IntSeries:
    """Below 0 or above the points; NA where the score is no number."""
    beyond = (rows.score_e4 > rows.points_e4).fillna(False)
    return ((rows.score_e4 < 0) | beyond).mask(rows.score_state != State.NUMBER)
