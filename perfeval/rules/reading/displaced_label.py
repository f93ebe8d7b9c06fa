"""查什么：一级、二级指标的名称没有写在所辖各行的开头，或被分页断成两截，或作为表头又印了一遍。

不查：名称本身不认得的（见 I108），用合并单元格覆盖各行的。

怎样算：按前后各行的二级指标推定名称所辖的行；推定的结果与所写位置不一致时提出。名称每处提一次。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms, remarked, worded
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

KINDS = {
    "late-label": Text("写在所辖的头几行之后", "stands after the first of its rows"),
    "cut-label": Text("被分页断开", "is cut by a page break"),
    "repeated-label": Text("重复出现", "is repeated as a heading"),
}


@rule(
    "R006",
    "displaced-label",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("指标名称错位", "Displaced label"),
    message=Text("“{text}”{what_zh}", "“{text}” {what_en}"),
    advice=Text(
        "请把名称放到所辖各行的第一行，或合并单元格",
        "Put the label on the first of its rows, or merge the cells",
    ),
    basis=("form-layout",),
)
def displaced_label(tables: Tables, policies: Policies) -> Judgement:
    """Level labels that do not stand where their rows begin."""
    remarks = remarked(tables, *KINDS)
    return among_forms(tables, remarks.assign(**worded(remarks.kind, KINDS, "what")), found="text")
