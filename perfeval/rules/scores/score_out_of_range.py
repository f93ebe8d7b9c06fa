"""查什么：得分小于 0，或大于它的分值（指标各行、预算执行一行都看）。

不查：没有得分的行；没有分值的行只看是否小于 0；几行共用一个得分或一个分值的，按合在一起的数看。

怎样算：0 ≤ 得分 ≤ 分值。得分和分值哪个填错了，要由单位核对，不代为更正。
"""

from __future__ import annotations

from perfeval.exact import FlagArray, filled, holds, open_where
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
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
    return judge(
        rows,
        out_of_range(rows),
        field="score",
        found="score_e4",
        roots=lambda: roots(
            F106=(rows.score_e4 <= rows.execution_points_e4)
            & ~rows.is_indicator
            & (rows.points_e4 != rows.execution_points_e4)
        ),
    )


def with_points(tables: Tables, policies: Policies) -> Rows:
    """Rows of the money and of the indicators with the points that their scores are out of."""
    shared = recompute(tables, policies).indicators.points_e4
    indicators = tables.rows("indicators")
    indicators = indicators.assign(points_e4=filled(shared, indicators.points_e4))
    parts = [
        tables.rows("funds").assign(is_indicator=False), indicators.assign(is_indicator=True)
    ]  # fmt: skip
    names = ("row_id", "form_id", "score_e4", "score_state", "points_e4", "is_indicator")
    return policies.onto(Rows.stacked(parts, *names), "execution_points_e4")


def out_of_range(rows: Rows) -> FlagArray:
    """Below 0 or above the points; NA where the score is no number."""
    beyond = (rows.score_e4 < 0) | holds(rows.score_e4 > rows.points_e4)
    return open_where(beyond, rows.score_state != State.NUMBER)
