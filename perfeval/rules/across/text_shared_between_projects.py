"""查什么：目标、完成情况或偏差原因的长段文字，与另一项目的表里一字不差。

不查：同一项目的几份表（见 Y101）；短句和套话；同一张表内的重复。

怎样算：去掉空格和标点后不短于规定字数（data/wording.toml，现为 30 字）的文字完全相同，
而项目或单位不同的，各提一条。
"""

from __future__ import annotations

import re

import numpy as np

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows, texts
from perfeval.rules.across.matching import identities
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import bare_texts, wording


@rule(
    "Y102",
    "text-shared-between-projects",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("与其他项目的文字相同", "Text shared with another project"),
    message=Text(
        "这段文字与项目“{other}”的相同",
        'The same text stands in the form of the project "{other}"',
    ),
    advice=Text("请按本项目的情况填写", "Write what holds for this project"),
    basis=("house",),
)
def text_shared_between_projects(tables: Tables, policies: Policies) -> Judgement:
    """Long texts of different projects that are the same; undecided where a form has none."""
    names = ("row_id", "form_id", "field", "text", "project")
    parts = [_texts(tables, table, field) for table, field in _COMPARED]
    rows = Rows.stacked(parts, *names)
    rows = rows[np.array([len(t) >= wording().shortest_shared for t in rows.text], dtype=bool)]
    projects: dict[str, set[str]] = {}
    for text, project in rows.values("text", "project"):
        projects.setdefault(text, set()).add(project)
    return judge(
        rows,
        np.array([len(projects[text]) > 1 for text in rows.text], dtype=bool),
        field="",
        other=lambda: texts(
            _another(projects[text], project) for text, project in rows.values("text", "project")
        ),
    )


_COMPARED = (("goals", "expected"), ("goals", "actual"), ("indicators", "reason"))


def _texts(tables: Tables, table: str, field: str) -> Rows:
    """The texts of one field with the project that they belong to (its name first)."""
    forms, rows = tables.rows("forms"), tables.rows(table)
    known = identities(forms)
    project = (forms.project + "\n" + known.project + known.unit)[rows.form_id]
    return rows.assign(field=field, text=bare_texts(rows.column(field)), project=project)


def _another(projects: set[str], than: str) -> str:
    """The name of another project: the last by name, or the first where this is the last."""
    last = max(projects)
    return re.sub(r"\n.*", "", min(projects) if last == than else last)
