"""查什么：定性指标的得分与所写的完成情况不在同一档。

不查：完成情况不是三档用语（达成预期指标、部分达成预期指标并具有一定效果、
未达成预期指标且效果较差），也不是照写指标值、完成或未完成、合格或不合格、是或否的；
没有分值的表样。

怎样算：达成预期指标得分值的 80%–100%，部分达成 60%–80%（湖北 50%–80%），未达成 0–60%，
各含界限。按得分显示的位数，四舍五入或截尾落在界限上的都算相符。
"""

from __future__ import annotations

from perfeval.exact import one_of
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.measured import in_range, measured
from perfeval.scores.due import Due
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S108",
    "score-outside-band",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("得分与完成情况不在同一档", "Score outside of its band"),
    message=Text(
        "完成情况“{actual}”，得分应在 {low_e4} 到 {high_e4} 之间，实为 {score_e4}",
        "The result is “{actual}”: a score from {low_e4} to {high_e4} is due, not {score_e4}",
    ),
    advice=Text(
        "请核对完成情况和得分，使两者一致", "Make the result and the score agree with each other"
    ),
    basis=("mof-2020-10", "form-notes"),
)
def score_outside_band(tables: Tables, policies: Policies) -> Judgement:
    """Indicators whose result names a band; undecided for all others."""
    rows = measured(tables, policies)
    banded = one_of(rows.due, Due.BAND1, Due.BAND2, Due.BAND3)
    return judge(
        rows, ~in_range(rows, policies), undecided=~banded, field="score", found="score_e4"
    )
