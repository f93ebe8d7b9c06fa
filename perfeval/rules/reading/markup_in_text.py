"""查什么：文字里夹有网页标记或转义符，如 <p>…</p>、&nbsp;，多为从系统中复制所留。

不查：“<=90%”一类写法，那不是标记。

怎样算：去掉标记、还原转义符后的文字照常审核，更正稿写入去掉标记后的文字。
"""

from __future__ import annotations

import re

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.among import among_forms, marked
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "R008",
    "markup-in-text",
    level=Level.INFO,
    fix=Safety.SAFE,
    title=Text("文字中有网页标记", "Markup in a text"),
    message=Text("文字中夹有网页标记 {tag}", "The text contains markup: {tag}"),
    advice=Text("请删去标记，只留文字", "Delete the markup and keep the text"),
    basis=("house",),
)
def markup_in_text(tables: Tables, policies: Policies) -> Judgement:
    """Cells whose text contains tags or entities of HTML."""
    cells = marked(tables, "markup")
    tags = texts(found.group() if (found := _TAG.search(raw)) else "" for raw in cells.raw)
    return among_forms(tables, cells.assign(tag=tags), found="raw", expected="value")


_TAG = re.compile(r"</?\w[^<>]*>|&#?\w+;|<!--")
