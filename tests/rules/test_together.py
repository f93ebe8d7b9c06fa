"""Rules across forms find the same, however the forms are cut into chunks."""

from __future__ import annotations

import pytest

from perfeval.checking import check
from perfeval.course import ROUND_RULES
from perfeval.findings import Finding
from perfeval.policy import Policies
from perfeval.rules import catalogue
from perfeval.rules.cases import parse
from perfeval.tables import Tables
from perfeval.together import briefs, joined
from perfeval.years import YEAR_RULES
from tests.rules.tabling import tables_of

TEXT = "按照年初计划组织实施，各项工作均按时间节点推进，取得了预期成效，群众反映良好"


def _forms(*projects: str) -> Tables:
    """One form a project, each with the same long result and a budget of 200."""
    sheets = "".join(
        f"### {number}.xlsx\n\n| 表头 | 内容 |\n|---|---|\n| 项目名称 | {project} |\n\n"
        f"| 预期目标 | 实际完成情况 |\n|---|---|\n| 目标 | {TEXT} |\n\n"
        "| 资金 | 全年预算数 |\n|---|---|\n| 年度资金总额 | 200 |\n\n"
        for number, project in enumerate(projects)
    )
    (case,) = parse(f"# Y101 两次\n\n## 边界：几张表\n\n{sheets}结果：无\n", "here.md")
    return tables_of(case).tables


def _found(tables: Tables) -> list[tuple[int, Finding]]:
    alone = ROUND_RULES | YEAR_RULES
    rules = [r for r in catalogue().values() if r.family == "Y" and r.code not in alone]
    checked = check(tables, Policies.resolve(tables), rules=rules)
    assert not checked.crashes
    return [(form, finding) for form, found in checked.by_form.items() for finding in found]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_chunks_do_not_change_a_finding(cut: int) -> None:
    """Joined chunks give what the whole gives: code, cell, words and form."""
    projects = ["道路养护", "图书采购", "道路养护", "桥梁维修"]
    whole = _forms(*projects)
    rest = _forms(*projects[cut:])
    files = whole.rows("forms").file[cut:]
    rest = rest.having(forms=rest.rows("forms").assign(file=files))
    together = joined([*briefs(_forms(*projects[:cut])), *briefs(rest)])
    assert [f.message for _, f in _found(together)] == [f.message for _, f in _found(whole)]
    assert [form for form, _ in _found(together)] == [form for form, _ in _found(whole)]
    assert {f.code for _, f in _found(whole)} == {"Y101", "Y102"}


def test_ids_are_unique_again() -> None:
    """Joined tables have one row_id a row, and form_id is the position of the form."""
    together = joined([*briefs(_forms("甲", "乙")), *briefs(_forms("丙"))])
    rows = [together.forms, together.funds, together.goals]
    ids = [row_id for frame in rows for row_id in frame.row_id]
    assert len(ids) == len(set(ids))
    assert together.forms.form_id.tolist() == [0, 1, 2]
    assert together.goals.form_id.tolist() == [0, 1, 2]
    assert set(together.cells.row_id) <= set(ids)


def test_nothing_joined_is_nothing() -> None:
    """A run without forms has empty tables of the right shape."""
    assert joined([]).forms.empty
