"""查什么：文件设有打开密码，没有密码或密码不对，读不出内容。

不查：只设了修改保护、不影响读取的文件。

怎样算：先试常用的空密码，再试 --password-file 给出的密码，都打不开的才提出。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "R002",
    "encrypted-file",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("文件有密码", "Password needed"),
    message=Text(
        "文件设有打开密码，未能审核：{detail_zh}",
        "The file needs a password and was not checked: {detail_en}",
    ),
    advice=Text(
        "请取消打开密码后重新报送，或用 --password-file 提供密码",
        "Remove the password and submit again, or give it with --password-file",
    ),
    basis=("house",),
)
def encrypted_file(tables: Tables, policies: Policies) -> Judgement:
    """Files that no known password opens."""
    files = tables.rows("files")
    files = files[files.problem == "encrypted"]
    return among_forms(tables, files.assign(form_id=-1, field="file"))
