"""查什么：数量指标的年度指标值写成了百分比。

不查：其他二级指标的百分比；数量指标中写了数的。

怎样算：二级指标是数量指标，而指标值读作百分比的，提示。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, no_value
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I111",
    "count-as-percentage",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("数量指标写成百分比", "Count stated as a percentage"),
    message=Text(
        "数量指标“{label}”的指标值是百分比 {target}，看不出数量",
        'The quantity indicator "{label}" has the percentage {target} as its target',
    ),
    advice=Text(
        "下一年度请写数量，如“12 公里”；比例放在质量指标",
        "Next year state a count; a rate belongs under quality",
    ),
    basis=("observed", "mof-2021-101"),
)
def count_as_percentage(tables: Tables, policies: Policies) -> Judgement:
    """Quantity indicators with a rate as target; undecided where there is no target."""
    rows = tables.rows("indicators")
    rate = (rows.class2 == "quantity") & (rows.target_kind == "rate")
    missing = no_value(rows, "target") | ~asked(tables, "target")
    return judge(rows, rate, undecided=missing, field="target", found="target")
