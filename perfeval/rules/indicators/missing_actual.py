"""查什么：实际完成值没有填写。

不查：写“—”“/”“无”表示不适用的；表样没有完成值一列的；模板留下的空行和“其中”各行。

怎样算：完成值一格为空，即提出，一行一条。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I102",
    "missing-actual",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填实际完成值", "Actual value missing"),
    message=Text("指标“{label}”没有填实际完成值", 'The indicator "{label}" has no actual value'),
    advice=Text(
        "请填写可核实的完成值，定性指标写明完成到什么程度",
        "Enter a value that can be verified; for a qualitative one say how far it was met",
    ),
    basis=("mof-2020-10", "form-layout"),
)
def missing_actual(tables: Tables, policies: Policies) -> Judgement:
    """Rows with a blank actual value; undecided where none is asked for."""
    rows = tables.rows("indicators")
    blank = rows.actual_kind == "blank"
    return judge(rows, blank, undecided=~asked(tables, "actual"), field="actual")
