"""查什么：退回之后原样再报，一格未改，一条未复。

不查：第一次报送的表；写了回复的（哪怕一格未改）；上一轮没有强制、核实问题的。

怎样算：退件里记有上一轮每一格的内容，这次全部相同，“处理情况”和“单位说明”又全部空白的，提出。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "Y110",
    "unchanged-resubmission",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("退回后原样再报", "Submitted again unchanged"),
    message=Text(
        "与第 {round} 轮退回时的内容完全相同，也没有回复",
        "The same content as was returned in round {round}, and no reply",
    ),
    advice=Text(
        "请按审核意见更正或说明后再报", "Correct or explain the findings, then submit again"
    ),
    basis=("house",),
    needs=("rounds",),
)
def unchanged_resubmission(tables: Tables, policies: Policies) -> Judgement:
    """Forms that came back as they were; undecided where nothing had been returned."""
    rounds, replies = tables.rounds, tables.replies
    waits = rounds.form_id.isin(replies.form_id[replies.level != Level.INFO])
    hit = (waits & (rounds.changed == 0) & (rounds.answered == 0)).astype("boolean")
    return judge(rounds, hit, field="project")
