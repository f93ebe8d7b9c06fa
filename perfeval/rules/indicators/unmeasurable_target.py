"""查什么：年度指标值没有数、没有日期，也没有能核对的状态，只写“提升”“有效”“高质量发展”一类的话。

不查：写明“通过验收”“建成”等能核对的状态的；用优良中差、达成预期指标等档次的；空着的（见 I101）。

怎样算：指标值是文字，含词表（data/wording.toml）中愿望一类的词，而不含可核对的词和数字，即提示。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, no_value
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import holding, wording


@rule(
    "I110",
    "unmeasurable-target",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("指标值无法衡量", "Unmeasurable target"),
    message=Text(
        "指标“{label}”的年度指标值“{target}”无法衡量",
        'The target "{target}" of "{label}" cannot be measured',
    ),
    advice=Text(
        "下一年度请改为数量、比例、日期，或能核对的状态",
        "Next year state a number, a rate, a date or a state that can be checked",
    ),
    basis=("observed", "mof-2021-101"),
)
def unmeasurable_target(tables: Tables, policies: Policies) -> Judgement:
    """Targets of words that only wish; undecided where there is no target."""
    rows = tables.rows("indicators")
    wish = holding(rows.target, wording().wishes, rows.target_kind == "words")
    wish &= ~holding(rows.target, rf"{wording().checkable}|{_COUNTED}", wish)
    missing = no_value(rows, "target") | ~asked(tables, "target")
    return judge(rows, wish, undecided=missing, field="target", found="target")


_COUNTED = r"\d|[一二三四五六七八九十百千万]+[个项次家人篇场期份条座名种]"
