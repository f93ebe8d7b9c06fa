"""查什么：对核实类问题的说明没有说出理由，或者照抄另一个文件里的说明。

不查：第一次报送的表；强制类的问题（须更正，不能只作说明）；问题已经更正的。

怎样算：“处理情况”选了说明或异议、或者写了说明的，看“单位说明”：空白、整句是“核实无误”“属实”一类的话
（词语见 data/wording.toml），或者不短于规定字数而与另一个文件的说明完全相同的，提出；
这样的说明不算数。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

_WHY_ZH = {"empty": "没有说出理由", "copied": "与另一个文件的说明完全相同"}
_WHY_EN = {"empty": "gives no reason", "copied": "is the same as in another file"}


@rule(
    "Y108",
    "empty-explanation",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("说明没有内容", "Explanation that says nothing"),
    message=Text(
        "对 {code} 的说明“{explanation}”{why_zh}",
        'The explanation "{explanation}" of {code} {why_en}',
    ),
    advice=Text(
        "请写明与填报值有关的事实、文件或计算", "State facts, documents or sums behind the value"
    ),
    basis=("house",),
    needs=("replies",),
)
def empty_explanation(tables: Tables, policies: Policies) -> Judgement:
    """Explanations of 核实 findings; undecided on a form without any."""
    replies = tables.replies
    asked = replies[replies.explains & (replies.level == Level.WARNING)]
    hit = (asked.hollow != "").astype("boolean")
    why_zh, why_en = (asked.hollow.map(words).fillna("") for words in (_WHY_ZH, _WHY_EN))
    return judge(asked, hit, field="", why_zh=why_zh, why_en=why_en)
