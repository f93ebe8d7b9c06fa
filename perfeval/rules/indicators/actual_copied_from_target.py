"""查什么：实际完成值照抄指标值的条件（如“≥90%”），没有写实际测得的数。

不查：“=100%”和不带运算符的数，那是一个确定的值；空着的（见 I102）。

怎样算：完成值带有 ≥、>、≤、<（或“不低于”“不超过”等说法）的，提示。
"""

from __future__ import annotations

from perfeval.exact import one_of
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, no_value
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

MEASURED = ("number", "rate", "money", "duration")


@rule(
    "I116",
    "actual-copied-from-target",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("完成值写成了条件", "Actual value is a condition"),
    message=Text(
        "指标“{label}”的完成值“{actual}”是条件，不是实际的数",
        'The actual value "{actual}" of "{label}" is a condition, not a measured value',
    ),
    advice=Text("请填实际测得的数", "Enter the value that was measured"),
    basis=("observed",),
)
def actual_copied_from_target(tables: Tables, policies: Policies) -> Judgement:
    """Actual values with an operator; undecided where there is no value."""
    rows = tables.rows("indicators")
    bound = one_of(rows.actual_op, ">=", ">", "<=", "<") & one_of(rows.actual_kind, *MEASURED)
    missing = no_value(rows, "actual") | ~asked(tables, "actual")
    return judge(rows, bound, undecided=missing, field="actual", found="actual")
