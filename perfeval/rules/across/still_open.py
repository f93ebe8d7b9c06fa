"""查什么：上一轮退回的问题，这次填报值未变，也没有说明。

不查：第一次报送的表；提示类的问题；写了说明或异议的（是否言之有物，见 Y108）；
改了数但仍不符的（问题本身照提）。

怎样算：退件里的“审核意见”表记有上一轮的全部问题；强制和核实两类中仍然存在、填报值相同、“单位说明”
又空白的，每张表合提一条，列明编号和单元格。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "Y107",
    "still-open",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("上一轮的问题没有处理", "Findings of the last round still open"),
    message=Text(
        "上一轮的 {detail}没有更正，也没有说明",
        "Neither corrected nor explained since the last round: {detail}",
    ),
    advice=Text(
        "请逐条更正，或在“审核意见”表的“单位说明”栏写明理由",
        "Correct each, or give the reason under Explanation on the sheet Review",
    ),
    basis=("house",),
    follows=("Y110",),
    needs=("rounds",),
)
def still_open(tables: Tables, policies: Policies) -> Judgement:
    """Forms with open findings of the last round; undecided where there was none."""
    replies = tables.replies
    is_open = replies.same & ~replies.explains & (replies.level != Level.INFO)
    left = replies[is_open]
    named = left.code + ("（" + left.cell + "）").where(left.cell != "", "")
    detail = named.groupby(left.form_id).agg("、".join)
    forms = tables.forms
    listed = forms.form_id.map(detail)
    hit = listed.notna().astype("boolean").mask(~forms.form_id.isin(tables.rounds.form_id))
    return judge(forms, hit, field="project", detail=listed)
