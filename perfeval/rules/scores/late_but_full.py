"""查什么：完成时间晚于指标值规定的期限，得分却是满分。

不查：指标值或完成值不是日期的；一个写了年份、一个没有写的；没有晚的。

怎样算：期限写到月的，算到当月最后一天；完成时间写到月的，从当月第一天算起。
晚了扣多少分没有公式，由单位说明。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.measured import measured
from perfeval.scores.due import Due
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S112",
    "late-but-full",
    level=Level.WARNING,
    fix=Safety.CONFIRM,
    title=Text("晚于期限却得满分", "Late but full points"),
    message=Text(
        "应于 {target} 完成，实际 {actual}；得分 {score_e4} 为满分",
        "Due {target}, finished {actual}; the score of {score_e4} is full",
    ),
    advice=Text(
        "请核对完成时间；确已逾期的，扣分并写明原因",
        "Check the date; where it is late, take points away and say why",
    ),
    basis=("mof-2020-10",),
)
def late_but_full(tables: Tables, policies: Policies) -> Judgement:
    """Indicators with a date as target and as actual value; undecided for all others."""
    rows = measured(tables, policies)
    late = rows.due == Due.LATE
    in_time = (rows.due == Due.MET) & (rows.target_kind == "date")
    full = (rows.score_e4 >= rows.points_e4) & (rows.points_e4 > 0)
    return judge(rows, full & late, undecided=~(late | in_time), field="score", found="score_e4")
