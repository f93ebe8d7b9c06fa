"""查什么：年度指标值和实际完成值的单位不同，无法比较，如目标写“个”、完成写“%”。

不查：只有一边写了单位的；能换算的单位（元与万元、公里与米、年与月），换算后再比较。

怎样算：两边都是数，都带单位，折算成基本单位后仍不同的，提出。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import Texts, one_of
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.indicators.asked import counted
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

MEASURED = ("number", "rate", "money", "duration")


@rule(
    "I112",
    "unit-differs",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("目标与完成的单位不同", "Units differ"),
    message=Text(
        "指标“{label}”的指标值 {target} 与完成值 {actual} 单位不同",
        'Target {target} and actual value {actual} of "{label}" are in different units',
    ),
    advice=Text("请按指标值的单位填写完成值", "Give the actual value in the unit of the target"),
    basis=("house",),
)
def unit_differs(tables: Tables, policies: Policies) -> Judgement:
    """Rows with two measured values of different units; undecided unless both have one."""
    rows = tables.rows("indicators")
    target, actual = _unit(rows, "target"), _unit(rows, "actual")
    unknown = (target == "") | (actual == "") | ~counted(rows)
    return judge(rows, target != actual, undecided=unknown, field="actual", found="actual")


def _unit(rows: Rows, side: str) -> Texts:
    """The base unit of a value, "" where it has none; ‰ compares with %."""
    units = rows.column(f"{side}_unit")
    units = np.where(units == "‰", "%", units)
    return np.where(one_of(rows.column(f"{side}_kind"), *MEASURED), units, "")
