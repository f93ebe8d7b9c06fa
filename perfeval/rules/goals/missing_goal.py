"""查什么：年度总体目标的“预期目标”没有填写。

不查：目标的文字写到了格子以外的（见 R009）；表样没有预期目标的。

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
    "G101",
    "missing-goal",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填预期目标", "Goal missing"),
    message=Text("年度总体目标的预期目标没有填写", "The expected goal of the year is blank"),
    advice=Text("请按批复的绩效目标填写", "Enter the goal as approved"),
    basis=("mof-2020-10", "form-layout"),
)
def missing_goal(tables: Tables, policies: Policies) -> Judgement:
    """Goals without a text; a blank pair counts only where the form has no goal at all."""
    goals = tables.rows("goals")
    first = ~repeated(goals, "form_id") & ~form_has(tables, "expected")
    blank = (goals.expected == "") & ((goals.actual != "") | first)
    unknown = ~tables.of_form(goals, "has_goal") | (blank & text_elsewhere(tables))
    return judge(goals, blank, undecided=unknown, field="expected")
