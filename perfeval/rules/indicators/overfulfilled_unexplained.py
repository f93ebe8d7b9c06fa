"""查什么：完成值远超指标值，却没有说明原因。

不查：以低为好的指标（成本、次数等）和看不出方向的；单位不同的（见 I112）；
表样没有原因一栏的；已说明原因的。

怎样算：完成值 ÷ 指标值达到政策规定的界限（全国暂按 130%），而原因一栏空着或只写“无”，即提出。
指标值为 0 的不判。
"""

from __future__ import annotations

from perfeval.exact import Rounding, holds, quotient
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text

_SHOWN = 100  # ratios are written with two decimals of a percent


@rule(
    "I114",
    "overfulfilled-unexplained",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("超额完成未说明", "Far beyond the target, unexplained"),
    message=Text(
        "指标“{label}”完成值 {actual} 是指标值 {target} 的 {ratio_e6}，没有说明原因",
        'The actual value {actual} of "{label}" is {ratio_e6} of its target {target}, unexplained',
    ),
    advice=Text(
        "请说明超额的原因；指标值定得偏低的，请在下一年度调整",
        "Explain it; if the target was set too low, raise it next year",
    ),
    basis=("mof-2020-10", "observed"),
    derivation=Text("{actual} ÷ {target} = {ratio_e6}", "{actual} ÷ {target} = {ratio_e6}"),
)
def overfulfilled_unexplained(tables: Tables, policies: Policies) -> Judgement:
    """Rows far beyond a lower bound without a reason; undecided where the two do not compare."""
    rows = policies.onto(tables.rows("indicators"), "overfulfilment_e6")
    compared = recompute(tables, policies).comparison
    ratio = quotient([compared.low, 1_000_000], [compared.target], Rounding.FLOOR)
    silent = (rows.reason_state == State.BLANK) | (rows.reason_state == State.NONE)
    beyond = (ratio >= rows.overfulfilment_e6) & silent
    more_is_better = (compared.up | compared.above) & (rows.target_kind != "duration")
    known = asked(tables, "reason") & more_is_better & holds(compared.target > 0)
    return judge(
        rows,
        beyond,
        undecided=~known,
        field="actual",
        found="actual",
        ratio_e6=lambda: ratio // _SHOWN * _SHOWN,
    )
