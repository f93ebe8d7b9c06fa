"""查什么：分值没有填写，或填的不是数字。

不查：写“—”“/”表示不计分的；与别的指标合并在一格的；表样没有分值一列的；模板留下的空行和“其中”各行。

怎样算：分值一格为空或读不出数，即提出，一行一条。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, no_figure
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I103",
    "missing-points",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填分值", "Points missing"),
    message=Text("指标“{label}”没有填分值，或不是数字", 'The indicator "{label}" has no points'),
    advice=Text(
        "请填写该指标的分值，全表合计应为 100",
        "Enter the points of the indicator; all together are 100",
    ),
    basis=("mof-2020-10", "form-layout"),
)
def missing_points(tables: Tables, policies: Policies) -> Judgement:
    """Rows without points that can be read; undecided where none are asked for."""
    rows = tables.rows("indicators")
    missing = no_figure(rows.points_state)
    return judge(rows, missing, undecided=~asked(tables, "points"), field="points")
