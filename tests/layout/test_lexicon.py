"""Labels: how a wording is found in data/labels.toml."""

from __future__ import annotations

import pytest

from perfeval.errors import UsageError
from perfeval.layout import build, extended, lexicon
from perfeval.layout.families import families


@pytest.mark.parametrize(
    ("text", "context", "role"),
    [
        ("全年预算数（A）", "money_column", "budget"),
        ("执行率(全年执行数/全年预算数)", "money_column", "rate"),
        ("偏差原因分\n析及改进措施", "column", "reason"),
        ("１．项目年度目标完成情况", "goal", "actual"),
        ("产出指标（50分）", "level1", "output"),
        ("产出指标50分", "level1", "output"),
        ("成本指标(0-20)分", "level1", "cost"),
        ("其中：当年财政拨款", "money_row", "fiscal"),
        ("项 目 名 称：", "heading", "project"),
        ("得分系数(%)", "column", "coefficient"),
        ("复核得分", "column", "other"),
        ("自评总分（分）", "heading", ""),
    ],
)
def test_wordings(text: str, context: str, role: str) -> None:
    """Blanks, brackets, numbers in front and points behind do not change what a label names."""
    assert getattr(lexicon().look(text), context) == role


def test_a_sentence_is_no_label() -> None:
    """Only listed labels may be long; a pattern never fits a sentence."""
    label = lexicon().look("对照年度目标，说明相关任务目标的完成情况（100字以内）")
    assert not label.known


def test_a_new_wording_is_a_line_of_data() -> None:
    """A label that nobody has listed is found once it is."""
    words = build({"money_column": {"budget": ["本年预算盘子"]}})
    assert words.look("本年预算盘子（万元）").money_column == "budget"


def test_a_label_names_one_thing_in_a_section() -> None:
    """The data contradict themselves otherwise."""
    with pytest.raises(ValueError, match="names two things"):
        build({"column": {"points": ["分值"], "score": ["分值"]}})


def test_families_are_consistent() -> None:
    """Each family says what it has and requires known blocks."""
    assert len(families()) >= 25
    for family in families():
        assert family.has
        assert set(family.requires) <= {"funds", "goals", "indicators", "total"}
        assert not family.has & family.lacks


def test_an_office_adds_a_wording_of_its_own() -> None:
    """One line in perfeval.toml teaches a label; a wrong section or role names the nearest."""
    more = extended({"heading": {"project": ["扶持事项"]}})
    assert more.role("heading", "扶持事项：") == "project"
    assert lexicon().role("heading", "扶持事项：") == ""
    with pytest.raises(UsageError, match="heading"):
        extended({"headings": {"project": ["扶持事项"]}})
    with pytest.raises(UsageError, match="project"):
        extended({"heading": {"projekt": ["扶持事项"]}})
    with pytest.raises(UsageError, match="主管部门"):
        extended({"heading": {"project": ["主管部门"]}})
