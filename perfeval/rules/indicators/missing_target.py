"""查什么：年度指标值没有填写。

不查：写“—”“/”“无”表示不适用的；表样没有指标值一列的；模板留下的空行和“其中”各行。

怎样算：指标值一格为空，即提出，一行一条。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I101",
    "missing-target",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填年度指标值", "Target missing"),
    message=Text("指标“{label}”没有填年度指标值", 'The indicator "{label}" has no target'),
    advice=Text("请按批复的绩效目标填写指标值", "Enter the target as approved"),
    basis=("mof-2020-10", "form-layout"),
)
def missing_target(tables: Tables, policies: Policies) -> Judgement:
    """Rows with a blank target; undecided where none is asked for."""
    rows = tables.rows("indicators")
    blank = rows.target_kind == "blank"
    return judge(rows, blank, undecided=~asked(tables, "target"), field="target")
