"""An office's own policy file: rules by expression, rules off and on trial, told in results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfeval.cli.main import group
from perfeval.config import Config
from perfeval.errors import PolicyError
from perfeval.findings import Finding, FormResult, Level, Outcome
from perfeval.policy import own
from perfeval.report.policy_lines import policy_lines
from perfeval.rules import catalogue, chosen
from perfeval.rules.page import catalogue_text, rule_page
from tests import form_text

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "own-policy.toml"
RULE = """
[[rule]]
code = "X001"
level = "warning"
table = "{table}"
when = '{when}'
title = "自用"
message = "{message}"
advice = "请说明"
basis = "区财绩〔2023〕5号"
"""


def _own(folder: Path, text: str) -> Config:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return Config(policy=str(path))


def _rule(when: str, *, table: str = "indicators", message: str = "不符") -> str:
    return RULE.format(when=when, table=table, message=message)


def _found(form: FormResult, code: str = "X001") -> list[Finding]:
    return [finding for finding in form.findings if finding.code == code]


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        ('得分 < 分值 and 偏差原因分析及改进措施 == ""', ["G14"]),
        ("score < points * 0.95", ["G14"]),
        ("score < points * 0.9", []),
        ("指标数值 == 5 and 得分 == 30", ["D16"]),
        ("90 <= target_value <= 95 and score > 0", ["D14", "D17"]),
    ],
)
def test_a_rule_by_expression_finds_rows(tmp_path: Path, when: str, cells: list[str]) -> None:
    """At its own cell: the first field that it names; a row whose value is missing is open."""
    config = _own(tmp_path, _rule(when))
    changes = {"97%|15|15|": "97%|15|14|", "100|99.5|": "100|98.5|"}
    form = form_text.form(tmp_path, changes, config)
    assert [finding.cell for finding in _found(form)] == cells
    assert form.outcomes["X001"] is (Outcome.HIT if cells else Outcome.PASS)


def test_what_a_form_does_not_tell_is_undecided(tmp_path: Path) -> None:
    """A score that is no number leaves its row open; so does a column that the form has not."""
    config = _own(tmp_path, _rule('得分 > 100 or 等级 == ""'))
    form = form_text.form(tmp_path, {}, config)
    assert form.outcomes["X001"] is Outcome.UNDECIDED


def test_money_is_in_yuan_and_said_in_the_forms_unit(tmp_path: Path) -> None:
    """200 万元 are 2,000,000 in an expression, and 200 万元 in a message."""
    when = 'kind == "total" and 全年预算数 == 2000000 and 执行率 == 0.95 and 年度 == 2022'
    text = _rule(when, table="funds", message="{label}预算 {全年预算数}，{项目名称}，{{}}")
    text = text.replace('code = "X001"', 'code = "X001"\nfield = "budget"')
    (finding,) = _found(form_text.form(tmp_path, {}, _own(tmp_path, text)))
    assert finding.message == "年度资金总额预算 200.00万元，农村公路养护，{}"
    assert (finding.cell, finding.found, finding.level) == ("D6", "200.00", Level.WARNING)
    assert finding.basis == ("区财绩〔2023〕5号",)


def test_a_rule_begins_with_its_year(tmp_path: Path) -> None:
    """On an earlier form it is undecided."""
    text = _rule("总分 > 0", table="forms").replace("level", "from = {year}\nlevel")
    for year, outcome in ((2022, Outcome.HIT), (2023, Outcome.UNDECIDED)):
        config = _own(tmp_path, text.replace("{year}", str(year)))
        assert form_text.form(tmp_path, {}, config).outcomes["X001"] is outcome


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("X001", "S101", r"rule\[1\].code"),
        ("X001", "X1", r"rule\[1\].code"),
        ("X001", "S901", r"rule\[1\].code"),
        ('level = "warning"', 'level = ["warning"]', r"rule\[1\].level"),
        ('table = "indicators"', 'table = "goals"', r"rule\[1\].table"),
        ("得分 > 1", "得份 > 1", r"rule\[1\].when.*得份"),
        ("得分 > 1", "得分.real > 1", r"rule\[1\].when.*Attribute"),
        ("得分 > 1", "1 > 2", r"rule\[1\].field"),
        ('message = "不符"', 'message = "{得份}"', r"rule\[1\].message"),
        ('message = "不符"', 'message = "{得分.__class__}"', r"rule\[1\].message"),
        ('message = "不符"', 'message = "{得分:>999999999}"', r"rule\[1\].message"),
        ('message = "不符"', 'message = "{得分"', r"rule\[1\].message"),
        ('message = "不符"', "message = 1", r"rule\[1\].message"),
        ('advice = "请说明"\n', "", r"rule\[1\].advice"),
        ('basis = "区财绩〔2023〕5号"', "basis = []", r"rule\[1\].basis"),
        ('basis = "区财绩〔2023〕5号"', "basis = 1", r"rule\[1\].basis"),
        ('table = "indicators"', 'table = "indicators"\nwhere = "x"', r"rule\[1\].where.*when"),
        ("[[rule]]", "[rule]", "rule"),
        ("[[rule]]", "[rules.S999]\noff = 'x'\n[[rule]]", "S999"),
    ],
)
def test_a_malformed_rule_is_refused(tmp_path: Path, old: str, new: str, named: str) -> None:
    """By file, entry and key, before any form is judged."""
    text = _rule("得分 > 1").replace(old, new)
    with pytest.raises(PolicyError, match=rf"own.toml.*{named}"):
        catalogue(own(_own(tmp_path, text).policy))


def test_a_code_is_given_once(tmp_path: Path) -> None:
    """Two rules of one file cannot share it."""
    with pytest.raises(PolicyError, match=r"rule\[2\].code.*X001"):
        catalogue(own(_own(tmp_path, _rule("得分 > 1") * 2).policy))


def test_off_level_and_trial_are_told(tmp_path: Path) -> None:
    """Off is an outcome whose reason stands in the lines; a trial is a marked note."""
    wrong = {"100|99.5|": "100|98|"}
    text = '[rules.I105]\noff = "由主管部门另行说明"\n[rules.S101]\ntrial = true\n'
    config = _own(tmp_path, text)
    outcome = form_text.outcome(tmp_path, wrong, config)
    (form,) = outcome.result.forms
    assert form.outcomes["I105"] is Outcome.OFF
    assert [(f.code, f.level, f.trial) for f in form.findings] == [("S101", Level.INFO, True)]
    assert form.findings[0].message.startswith("【试行】")
    lines = policy_lines(outcome.result, "zh")
    assert "I105 停用：由主管部门另行说明（own.toml）" in lines
    assert "S101 试行，不影响结论（own.toml）" in lines
    assert "I105 is off: 由主管部门另行说明 (own.toml)" in policy_lines(outcome.result, "en")


def test_a_trial_never_decides_the_exit_code(tmp_path: Path) -> None:
    """Not even with --fail-on info; and results.json says what was off, changed and tried."""
    config = _own(tmp_path, "[rules.S101]\ntrial = true\n[rules.I105]\nlevel = 'info'\n")
    form_text.outcome(tmp_path, {"100|99.5|": "100|98|"})
    args = ["check", str(tmp_path / "form.txt"), "--policy", config.policy, "--fail-on", "info"]
    called = CliRunner().invoke(group, [*args, "--format", "json"], standalone_mode=False)
    assert called.return_value == 0
    (form,) = json.loads(called.stdout)["files"][0]["forms"]
    assert [finding["trial"] for finding in form["findings"]] == [True]
    assert form["policy"]["office"] == "own.toml"
    assert [(r["code"], r["level"], r["trial"]) for r in form["policy"]["rules"]] == [
        ("I105", "info", False), ("S101", None, True),
    ]  # fmt: skip


def test_the_example_of_the_docs_holds(tmp_path: Path) -> None:
    """docs/examples/own-policy.toml loads, says what it means, and finds what it should."""
    config = Config(policy=str(EXAMPLE))
    changes = {"97%|15|15|": "97%|15|14|", "100|99.5|": "100|98.5|"}
    outcome = form_text.outcome(tmp_path, changes, config)
    (form,) = outcome.result.forms
    assert [f.message for f in _found(form)] == ["验收合格率得分 14（分值 15），未说明扣分原因"]
    assert [f.message for f in _found(form, "X003")] == ["农村公路养护总分 98.5"]
    assert form.outcomes["X002"] is Outcome.PASS
    assert form.outcomes["S103"] is Outcome.OFF
    lines = "\n".join(policy_lines(outcome.result, "zh"))
    assert "000000 全国 → 420000 湖北省 → own-policy.toml 某区财政局" in lines
    assert "执行率低于此数须说明 0.75（2021 年起，依据：区财绩〔2021〕3号）" in lines


def test_own_rules_have_pages() -> None:
    """In the catalogue and alone, in every format, with their condition."""
    office = own(EXAMPLE)
    (rule,) = chosen(["X001"], office=office)
    for output in ("text", "md", "json"):
        page = rule_page(rule, "zh", output)  # type: ignore[arg-type]  # the formats of a page
        assert "X001" in page and "分值 * 0.9 <= 得分 < 分值" in page
        assert "X003" in catalogue_text("zh", output, office)  # type: ignore[arg-type]  # as above
    args = ["rules", "X001", "--policy", str(EXAMPLE)]
    assert "区财绩〔2023〕5号" in CliRunner().invoke(group, args, standalone_mode=False).output
    shown = ["policy", "show", "310118", "2022", "--policy", str(EXAMPLE)]
    assert "rules.S103" in CliRunner().invoke(group, shown, standalone_mode=False).output
