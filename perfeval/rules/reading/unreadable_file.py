"""查什么：文件打不开，或者不是工作簿。
如已损坏、内容不完整、空文件、改了扩展名的网页或 Word 文件、解压后过大的压缩包。

不查：加密的文件（见 R002），能打开而没有自评表的文件（见 R003）。

怎样算：按文件内容而不按扩展名判断，并说明它实际是什么。一个文件读不出来，不影响其他文件的审核。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "R001",
    "unreadable-file",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("文件读不出来", "Unreadable file"),
    message=Text("文件读不出来：{detail_zh}", "The file cannot be read: {detail_en}"),
    advice=Text(
        "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新报送",
        "Open the original in Excel or WPS, save it as .xlsx and submit it again",
    ),
    basis=("house",),
)
def unreadable_file(tables: Tables, policies: Policies) -> Judgement:
    """Files that no reader could open."""
    files = tables.rows("files")
    files = files[files.problem == "unreadable"]
    return among_forms(tables, files.assign(form_id=-1, field="file"))
