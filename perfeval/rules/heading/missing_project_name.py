"""查什么：项目名称没有填写。

不查：表样没有项目名称一栏的。

怎样算：项目名称一栏为空，即提出。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "H101",
    "missing-project-name",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填项目名称", "Project name missing"),
    message=Text("项目名称没有填写", "The project name is blank"),
    advice=Text("请按批复的名称填写", "Enter the name as approved"),
    basis=("form-layout",),
)
def missing_project_name(tables: Tables, policies: Policies) -> Judgement:
    """Forms with a blank 项目名称; undecided where the form does not ask for it."""
    forms = tables.rows("forms")
    return judge(forms, forms.project == "", undecided=~forms.has_project, field="project")
