"""查什么：同一项目、同一指标的目标值比上年定得低（“不超过”一类的，比上年放得宽）。

不查：没有上年自评表的（上年的表取自台账，或用 --previous 给出）；名称在表内重复、上年没有的指标；
两年的单位或类型不同的；文字、日期、等级和区间的目标；没有写“≥”“≤”的成本和时效指标（高低哪个好，看不出来）。

怎样算：项目名称、实施单位相同而年度早一年的表，取最后一轮；三级指标名称相同（不计空格、标点）、单位相同的，
比较目标值。本年的目标小于上年的（“≤”“<”的，大于上年的），提出；相等的不提。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.across.last_year import last_targets
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

_COMPARED = ("number", "rate", "money", "duration")
_AT_LEAST, _AT_MOST, _EXACT = (">=", ">"), ("<=", "<"), ("=", "")
_EITHER_WAY = ("cost", "time")  # classes in which less may be better


@rule(
    "Y105",
    "target-lowered",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("目标值低于上年", "Target lowered"),
    message=Text(
        "目标值 {target} 比上年的 {before} 低（或放宽）",
        "The target {target} asks for less than last year's {before}",
    ),
    advice=Text(
        "请说明调低的理由，或按上年水平重定目标",
        "Say why it was lowered, or set it by last year's level",
    ),
    basis=("house",),
    needs=("earlier",),
)
def target_lowered(tables: Tables, policies: Policies) -> Judgement:
    """Targets below last year's; undecided where there is none that can be compared."""
    rows, last = tables.indicators, last_targets(tables)
    same = (rows.target_kind == last.kind) & (rows.target_unit == last.unit)
    either_way = rows.class1.isin(_EITHER_WAY) | rows.class2.isin(_EITHER_WAY)
    exact = rows.target_op.isin(_EXACT) & ~either_way
    last_exact = last.op.isin(_EXACT) & ~either_way
    at_least = (rows.target_op.isin(_AT_LEAST) | exact) & (last.op.isin(_AT_LEAST) | last_exact)
    at_most = rows.target_op.isin(_AT_MOST) & last.op.isin(_AT_MOST)
    lower = rows.target_value_e6 < last.value_e6
    hit = lower.where(at_least, rows.target_value_e6 > last.value_e6)
    hit = hit.mask(~(same & rows.target_kind.isin(_COMPARED) & (at_least | at_most)))
    return judge(rows, hit, field="target", found="target", before=last.text)
