"""查什么：得分没有填写，或填的不是数字。

不查：写“—”“/”表示不计分的；与别的指标合并在一格的；表样没有得分一列的；模板留下的空行和“其中”各行。

怎样算：得分一格为空或读不出数，即提出，一行一条。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, no_figure
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I104",
    "missing-score",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填得分", "Score missing"),
    message=Text("指标“{label}”没有填得分，或不是数字", 'The indicator "{label}" has no score'),
    advice=Text("请按完成情况评分", "Score the indicator by what was achieved"),
    basis=("mof-2020-10", "form-layout"),
)
def missing_score(tables: Tables, policies: Policies) -> Judgement:
    """Rows without score that can be read; undecided where none are asked for."""
    rows = tables.rows("indicators")
    missing = no_figure(rows.score_state)
    return judge(rows, missing, undecided=~asked(tables, "score"), field="score")
