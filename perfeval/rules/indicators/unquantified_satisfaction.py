"""查什么：满意度指标的年度指标值没有写比例或分数。

不查：其他类别的指标；空着的（见 I101）。

怎样算：一级或二级指标是满意度，而指标值不含数的，提示。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, no_value
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import holding


@rule(
    "I115",
    "unquantified-satisfaction",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("满意度没有量化", "Satisfaction without a number"),
    message=Text(
        "满意度指标“{label}”的指标值“{target}”没有数",
        'The satisfaction indicator "{label}" has no number in its target "{target}"',
    ),
    advice=Text("下一年度请写比例，如“≥90%”", "Next year state a rate, such as ≥90%"),
    basis=("observed", "mof-2021-101"),
)
def unquantified_satisfaction(tables: Tables, policies: Policies) -> Judgement:
    """Satisfaction indicators with words as target; undecided where there is no target."""
    rows = tables.rows("indicators")
    unmeasured = (rows.class1 == "satisfaction") | (rows.class2 == "satisfaction")
    unmeasured &= (rows.target_kind == "words") | (rows.target_kind == "grade")
    unmeasured &= ~holding(rows.target, r"\d", unmeasured)
    missing = no_value(rows, "target") | ~asked(tables, "target")
    return judge(rows, unmeasured, undecided=missing, field="target", found="target")
