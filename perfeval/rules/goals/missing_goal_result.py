"""查什么：年度总体目标的“实际完成情况”没有填写。

不查：文字写到了格子以外的（见 R009）；表样没有实际完成情况的。

怎样算：逐个目标看；表样留有几个目标的空行，只填了前几个的，空行不算未填。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import repeated
from perfeval.rules.goals.spilled import form_has, text_elsewhere
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "G102",
    "missing-goal-result",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填实际完成情况", "Result missing"),
    message=Text("年度总体目标的实际完成情况没有填写", "The actual result of the goal is blank"),
    advice=Text(
        "请对照预期目标逐项填写完成情况", "Say for each part of the goal what was achieved"
    ),
    basis=("mof-2020-10", "form-layout"),
)
def missing_goal_result(tables: Tables, policies: Policies) -> Judgement:
    """Goals without a result; a blank pair counts only where the form has no result at all."""
    goals = tables.rows("goals")
    first = ~repeated(goals, "form_id") & ~form_has(tables, "actual")
    blank = (goals.actual == "") & ((goals.expected != "") | first)
    unknown = ~tables.of_form(goals, "has_goal_result") | (blank & text_elsewhere(tables))
    return judge(goals, blank, undecided=unknown, field="actual")
