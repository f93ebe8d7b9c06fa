"""查什么：文件能打开，但里面没有认得出的自评表。

不查：自评表缺少某一部分（见 R004）。

怎样算：按标签的位置认表，不按固定的单元格。认不出时说明最接近的表样，以及还缺哪些标签。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "R003",
    "no-form-found",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("没有找到自评表", "No form found"),
    message=Text("没有找到自评表：{detail_zh}", "No self-evaluation form found: {detail_en}"),
    advice=Text(
        "请核对是否报错了文件；表样改动过的，请恢复所列标签",
        "Check that the right file was submitted; restore the labels that are named",
    ),
    basis=("form-layout",),
)
def no_form_found(tables: Tables, policies: Policies) -> Judgement:
    """Workbooks in which no layout was recognised."""
    files = tables.rows("files")
    files = files[files.problem == "no-form"]
    return among_forms(tables, files.assign(form_id=-1, field="file"))
