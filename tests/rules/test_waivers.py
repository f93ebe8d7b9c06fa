"""Waivers: who signed for which finding, and until when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from perfeval import config
from perfeval.errors import UsageError
from perfeval.findings import Finding, FormResult, Level, Total
from perfeval.waivers import Waiver, load, signed, waived

ENTRY = """
[[waiver]]
unit = "养护中心"
project = "道路养护"
rule = "S107"
reason = "分期验收"
signatory = "绩效科"
until = 2022-12-31
"""


def _load(folder: Path, text: str) -> tuple[Waiver, ...]:
    path = folder / "waivers.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, codes=["S107", "S101"])


def _form(unit: str = "养护中心", project: str = "道路养护") -> FormResult:
    findings = tuple(
        Finding(code.lower(), code, code, Level.WARNING, "", None, None, "score", "", "", "", "")
        for code in ("S101", "S107")
    )
    return FormResult(
        form="a.xlsx#Sheet1", sheet="Sheet1", kind="project", layout="", region="", year=2021,
        project=project, department="", unit=unit, money_unit="元", total=Total(*[None] * 10),
        findings=findings,
    )  # fmt: skip


def test_a_waiver_covers_its_rule_unit_and_project(tmp_path: Path) -> None:
    """Only the named rule is waived, and the finding stays in the form."""
    waivers = _load(tmp_path, ENTRY)
    form = _form(project="道路 养护")
    covered = waived(form, waivers, on=date(2022, 6, 1))
    assert list(covered) == ["s107"]
    assert covered["s107"].words("zh") == "已豁免：分期验收（绩效科，至 2022-12-31）"
    assert len(form.findings) == 2


@pytest.mark.parametrize(("day", "holds"), [(date(2022, 12, 31), True), (date(2023, 1, 1), False)])
def test_a_waiver_ends_after_its_last_day(tmp_path: Path, day: date, holds: bool) -> None:
    """The last day is included; from the next on the finding counts again."""
    assert bool(waived(_form(), _load(tmp_path, ENTRY), on=day)) is holds


def test_others_are_not_covered(tmp_path: Path) -> None:
    """Neither another unit's form nor another project of the unit."""
    waivers = _load(tmp_path, ENTRY)
    assert not waived(_form(unit="图书馆"), waivers, on=date(2022, 1, 1))
    assert not waived(_form(project="桥梁维修"), waivers, on=date(2022, 1, 1))


def test_without_project_all_of_the_unit(tmp_path: Path) -> None:
    """A waiver that names no project holds for every project of its unit."""
    waivers = _load(tmp_path, ENTRY.replace('project = "道路养护"\n', ""))
    assert waived(_form(project="桥梁维修"), waivers, on=date(2022, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('reason = "分期验收"\n', "", "reason"),
        ('reason = "分期验收"', 'reason = ""', "reason"),
        ("until = 2022-12-31", 'until = "2022"', "until"),
        ('rule = "S107"', 'rule = "X999"', "X999"),
        ('unit = "养护中心"', 'unit = "养护中心"\nlevel = "info"', "level"),
        ("[[waiver]]", "[waiver]", "waiver"),
        ("[[waiver]]", "[[waivers]]", "waiver"),
        ("[[waiver]]", "[[waiver", "waivers.toml"),
    ],
)
def test_a_malformed_waiver_is_refused(tmp_path: Path, old: str, new: str, named: str) -> None:
    """Without reason, signatory or last day, or of no rule, it is a wrong call that says where."""
    with pytest.raises(UsageError, match=named):
        _load(tmp_path, ENTRY.replace(old, new))


def test_waivers_may_stand_in_the_settings(tmp_path: Path) -> None:
    """Those of perfeval.toml itself count beside those of the file that it names."""
    (tmp_path / "waivers.toml").write_text(ENTRY, encoding="utf-8")
    settings = tmp_path / "perfeval.toml"
    settings.write_text(
        'waivers = "waivers.toml"\n' + ENTRY.replace("S107", "S101"), encoding="utf-8"
    )
    waivers = signed(config.load(settings), codes=["S107", "S101"])
    assert [waiver.rule for waiver in waivers] == ["S107", "S101"]
    settings.write_text(ENTRY.replace("signatory", "signed"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"perfeval\.toml waiver 1.*sign"):
        signed(config.load(settings), codes=["S107"])
    settings.write_text(ENTRY.replace("[[waiver]]", "[waiver]"), encoding="utf-8")
    with pytest.raises(UsageError, match="waiver"):
        config.load(settings)
