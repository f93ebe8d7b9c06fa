"""查什么：参加计算的内容在隐藏的行、列或工作表里。

不查：隐藏而没有内容的行、列；隐藏的表里没有自评表内容的。

怎样算：隐藏的内容照常审核；每处隐藏提一次，不逐格提。
"""

from __future__ import annotations

from perfeval.exact import among
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.among import among_forms, first_of_each, marked, remarked, worded
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

KINDS = {
    "hidden-sheet": Text("这张表所在的工作表是隐藏的", "The form is on a hidden sheet"),
    "hidden-row": Text("参加计算的行是隐藏的", "A row that counts is hidden"),
    "hidden": Text(
        "参加计算的内容在隐藏的行或列里", "Values that count are in a hidden row or column"
    ),
}


@rule(
    "R012",
    "hidden-content",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("隐藏的内容", "Hidden content"),
    message=Text("{detail_zh}（已照常审核）", "{detail_en} (checked all the same)"),
    advice=Text(
        "请取消隐藏；不属于本表的，请删去", "Unhide it, or delete what does not belong here"
    ),
    basis=("house",),
)
def hidden_content(tables: Tables, policies: Policies) -> Judgement:
    """Remarks on what is hidden; marked cells only where no remark tells of them, once a form."""
    remarks = remarked(tables, "hidden-row", "hidden-sheet")
    cells = first_of_each(marked(tables, "hidden"), "form_id").assign(kind="hidden", file_id=-1)
    cells = cells[~among(cells.form_id, remarks.form_id)]
    hits = Rows.stacked([remarks, cells], "row_id", "form_id", "file_id", "field", "kind")
    return among_forms(tables, hits.assign(**worded(hits.kind, KINDS, "detail")))
