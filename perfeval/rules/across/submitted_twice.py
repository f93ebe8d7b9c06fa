"""查什么：同一项目在本次报送中出现在两个以上的文件里。

不查：名称相同而单位或年度不同的项目；同一文件里的几张表。

怎样算：项目名称、实施单位（没有的看主管部门）和年度都相同（不计空格、标点），而来自不同文件的，每份各提一条。
"""

from __future__ import annotations

import numpy as np

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.across.matching import identities
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "Y101",
    "submitted-twice",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("同一项目报送了两次", "Submitted twice"),
    message=Text(
        "项目“{project}”在几个文件里都有：{files}",
        'The project "{project}" was submitted in several files: {files}',
    ),
    advice=Text("请确认以哪一份为准，撤回其余的", "Say which one counts and withdraw the others"),
    basis=("house",),
)
def submitted_twice(tables: Tables, policies: Policies) -> Judgement:
    """Forms of the same project in different files; undecided without a project name."""
    forms = tables.rows("forms")
    known = list(identities(forms).values("project", "unit", "year"))
    files: dict[tuple[str, str, int], set[str]] = {}
    for project, file in zip(known, forms.file.tolist(), strict=True):
        files.setdefault(project, set()).add(file)
    return judge(
        forms,
        np.array([len(files[project]) > 1 for project in known], dtype=bool),
        undecided=forms.project == "",
        field="project",
        found="project",
        files=lambda: texts("、".join(sorted(files[project])) for project in known),
    )
