"""A form beside the same project's form of the year before, wherever that was kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any  # JSON

import pytest

from perfeval.config import Config
from perfeval.errors import UsageError
from perfeval.ledger import open_ledger
from perfeval.previous import last_years
from perfeval.rules import catalogue
from perfeval.years import over_years
from tests import form_text
from tests.ledger.handed import file, run
from tests.test_cli import call

LONG = "本单位严格按照年初制定的工作计划组织实施，各项工作均按时间节点推进，取得了预期的成效"
LOWERED = {"≥90%|92%": "≥85%|92%"}
YEAR_BEFORE = {"2022年度": "2021年度", "2022年12月底前|2022年11月": "2021年12月底前|2021年11月"}


def outcomes(*files: Any, years: Any) -> list[tuple[str, str]]:
    """What Y105 and Y106 answer on the first form of each file."""
    checked = over_years(files, years, list(catalogue().values()), Config())
    return [(outcomes["Y105"], outcomes["Y106"]) for outcomes in checked.outcomes]


def test_a_form_is_judged_by_what_the_ledger_has_of_the_year_before(url: str) -> None:
    """Hit, pass, and undecided where project, unit or year are others."""
    before = file("in/a.xlsx", year=2020, target="≥15公里", actual=LONG)
    with open_ledger(url) as ledger:
        run(ledger, before)
        asked = [
            file("in/b.xlsx", year=2021, target="≥12公里", actual=LONG + "。"),
            file("in/c.xlsx", year=2021, target="≥15公里", actual=LONG.replace("本单位", "我单位")),
            file("in/d.xlsx", year=2022, target="≥12公里", actual=LONG),
            file("in/e.xlsx", year=2021, unit="图书馆", target="≥12公里", actual=LONG),
            file("in/f.xlsx", year=None, target="≥12公里", actual=LONG),
        ]
        assert outcomes(*asked, years=[ledger]) == [
            ("hit", "hit"), ("pass", "pass"), *[("undecided", "undecided")] * 3,
        ]  # fmt: skip


def test_the_last_round_of_the_year_before_counts(url: str) -> None:
    """Not what was corrected in it."""
    first = file("in/a.xlsx", year=2020, target="≥15公里")
    second = file("in2/a.xlsx", year=2020, target="≥12公里", number=2)
    with open_ledger(url) as ledger:
        run(ledger, first)
        run(ledger, second, lasts=ledger.last_rounds([second]))
        asked = file("in/b.xlsx", year=2021, target="≥12公里")
        assert outcomes(asked, years=[ledger]) == [("pass", "undecided")]


def test_a_finding_over_years_stands_at_its_cell(url: str) -> None:
    """It names what was last year."""
    asked = file("in/b.xlsx")
    with open_ledger(url) as ledger:
        run(ledger, file("in/a.xlsx", year=2020, target="≥15公里"))
        checked = over_years([asked], [ledger], list(catalogue().values()), Config())
    (found,) = checked.by_form[0]
    assert (found.code, found.sheet, found.cell) == ("Y105", asked.forms[0].sheet, "D9")
    assert "≥12公里" in found.message and "≥15公里" in found.message
    assert found.level == "info"


def written(folder: Path, changes: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True)
    (folder / "表.txt").write_text(form_text.text_of(changes), encoding="utf-8")
    return folder


def result(out: Path) -> dict[str, Any]:
    """The first file of a run, as results.json tells of it."""
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return dict(document["files"][0])


def found(out: Path) -> dict[str, str]:
    """Code and cell of the findings over years."""
    findings = result(out)["forms"][0]["findings"]
    return {f["code"]: f["cell"] for f in findings if f["code"] in ("Y105", "Y106")}


def test_last_years_submissions_may_be_a_folder(tmp_path: Path) -> None:
    """--previous with the forms themselves, whatever --year says of this year's; the file's status
    follows."""
    before = written(tmp_path / "2021", YEAR_BEFORE)
    now = written(tmp_path / "2022", LOWERED)
    call("run", now, "--out", tmp_path / "out", "--previous", before, "--year", "2022")
    assert found(tmp_path / "out") == {"Y105": "D17"}
    assert result(tmp_path / "out")["status"] == "info"
    _, text = call("check", now, "--previous", before, "--select", "Y105")
    assert "Y105" in text


def test_last_years_results_may_be_a_folder(tmp_path: Path) -> None:
    """--previous with a run's --out, or its results.json, as written or laid out anew."""
    now = written(tmp_path / "2022", LOWERED)
    out = tmp_path / "out 2021"
    call("run", written(tmp_path / "2021", YEAR_BEFORE), "--out", out)
    laid_out = tmp_path / "laid out.json"
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    laid_out.write_text(json.dumps(document, indent=2), encoding="utf-8")
    for number, previous in enumerate((out, out / "results.json", laid_out)):
        call("run", now, "--out", tmp_path / str(number), "--previous", previous)
        assert found(tmp_path / str(number)) == {"Y105": "D17"}


def test_the_ledger_of_the_year_before_is_enough(tmp_path: Path) -> None:
    """Two years into one folder: nothing more has to be said."""
    call("run", written(tmp_path / "2021", YEAR_BEFORE), "--out", tmp_path / "out")
    call("run", written(tmp_path / "2022", LOWERED), "--out", tmp_path / "out")
    assert found(tmp_path / "out") == {"Y105": "D17"}


def test_previous_that_holds_no_form_is_refused(tmp_path: Path) -> None:
    """A folder that is not there, one without forms, a JSON of something else."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.json").write_text('{"files": 3}', encoding="utf-8")
    (tmp_path / "results.json").write_text("[1", encoding="utf-8")
    for name in ("missing", "empty", "other.json", "results.json"):
        with pytest.raises(UsageError, match=name):
            last_years(Config(previous=str(tmp_path / name)))
