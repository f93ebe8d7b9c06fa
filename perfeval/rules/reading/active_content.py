"""查什么：工作簿带有宏、外部链接、嵌入的对象或数字签名。

不查：批注、图片、公章图样、数据验证。

怎样算：只提示，原样保留，从不运行，也不更新外部链接；签名在退回的副本中不再有效，原件不动。每种提一次。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms, first_of_each, remarked, worded
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

KINDS = {
    "macros": Text("宏（已保留，未运行）", "macros (kept, never run)"),
    "external-links": Text(
        "指向其他文件的链接（已保留，未运行）", "links to other files (kept, never run)"
    ),
    "embedded-objects": Text("嵌入的对象（已保留，未运行）", "embedded objects (kept, never run)"),
    "signature": Text(
        "数字签名（退回的副本经过批注，签名在副本中不再有效，以原件为准）",
        "a digital signature (the returned copies break it; the original counts)",
    ),
}


@rule(
    "R014",
    "active-content",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("带有活动内容", "Active content"),
    message=Text("工作簿带有{what_zh}", "The workbook has {what_en}"),
    advice=Text("不需要的请删去后报送", "Remove it before submitting if it is not needed"),
    basis=("house",),
)
def active_content(tables: Tables, policies: Policies) -> Judgement:
    """Files with content that could act by itself, each kind once a file."""
    remarks = first_of_each(remarked(tables, *KINDS), "file_id", "kind")
    return among_forms(tables, remarks.assign(**worded(remarks.kind, KINDS, "what")))
