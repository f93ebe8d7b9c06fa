"""查什么：模板里的空行没有删去，如“指标2：”“……”“XX”。

不查：有内容的行；整行空白的行。

怎样算：三级指标是模板留下的占位文字的行不参加计算，逐行提示；更正稿把占位文字清空。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I113",
    "placeholder-row",
    level=Level.INFO,
    fix=Safety.SAFE,
    title=Text("模板行没有删去", "Template row left in"),
    message=Text("模板行“{level3}”没有删去", 'The template row "{level3}" was left in'),
    advice=Text("请删去没有用到的行", "Delete rows that are not used"),
    basis=("house",),
)
def placeholder_row(tables: Tables, policies: Policies) -> Judgement:
    """Rows that still hold the template's text."""
    rows = tables.rows("indicators")
    return judge(rows, rows.placeholder & (rows.level3 != ""), field="level3", found="level3")
