"""查什么：一段文字没有写完在自己的格子里，其余部分写到了下面的行或表格以外。

不查：只是自动换行或跨页显示的文字。

怎样算：与各列都对不上、又不是标签的长文字，按溢出处理，每处提一次；不因此再提“未填”。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.among import among_forms, remarked
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

BEGINNING = 20  # characters that are quoted


@rule(
    "R009",
    "spilled-text",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("文字写到了格子以外", "Spilled text"),
    message=Text(
        "“{beginning}”开头的文字写在了格子以外",
        'A text that begins with "{beginning}" stands outside of its cell',
    ),
    advice=Text(
        "请把全文放回所属的一格内", "Put the whole text back into the cell that it belongs to"
    ),
    basis=("form-layout",),
)
def spilled_text(tables: Tables, policies: Policies) -> Judgement:
    """Texts that belong to no field where they stand."""
    remarks = remarked(tables, "spilled-text")
    beginning = texts(text[:BEGINNING] for text in remarks.text)
    return among_forms(tables, remarks.assign(beginning=beginning))
