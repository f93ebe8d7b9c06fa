"""`perfeval ledger` as a user meets it."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from perfeval.cli.main import group
from perfeval.course import Handled, LastRound, Reply
from perfeval.errors import UsageError
from perfeval.ledger import VIEWS, open_ledger
from perfeval.rounds import followed, round_of
from tests.ledger.handed import DOUBTFUL, WRONG, file, run

YESTERDAY, TOMORROW = (date.today() + timedelta(days) for days in (-1, 1))
FORMULA = "=cmd|'/c calc'!A1"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five submissions: closed, due tomorrow, overdue, without a date, and back a second time."""
    monkeypatch.chdir(tmp_path)
    first = file("in/e.xlsx", WRONG, DOUBTFUL, project="五号路")
    last = LastRound(round_of(first), (Reply(DOUBTFUL.id, Handled.EXPLAINED, "按合同"),))
    second = followed(file("in2/e.xlsx", DOUBTFUL, outcomes={"S101": "pass"}, project="五号路"),
                      last, {})  # fmt: skip
    with open_ledger(tmp_path) as ledger:
        run(ledger, file("in/a.xlsx", project="一号路"))
        run(ledger, file("in/b.xlsx", WRONG, project="二号路", unit="图书馆"), reply_by=TOMORROW)
        run(ledger, file("in/c.xlsx", WRONG, project="三号路", year=2020), reply_by=YESTERDAY)
        run(ledger, file("in/d.xlsx", DOUBTFUL, project=FORMULA))
        run(ledger, first, reply_by=YESTERDAY)
        run(ledger, second, lasts=[last], reply_by=TOMORROW)
    return tmp_path


def call(*args: str | Path) -> str:
    result = CliRunner().invoke(
        group, ["ledger", *map(str, args)], standalone_mode=False, prog_name="perfeval"
    )
    if isinstance(result.exception, UsageError):
        raise result.exception
    assert result.exception is None, result.exception
    return result.output


def listed(*args: str) -> list[str]:
    """The projects of a list."""
    return [entry["project"] for entry in json.loads(call("list", "--format", "json", *args))]


@pytest.mark.usefixtures("ledger")
def test_the_list_shows_what_is_open() -> None:
    """Errors or warnings in the last round; by year, unit and department; with --all, all."""
    assert listed() == ["二号路", "三号路", FORMULA, "五号路"]
    assert listed("--all") == ["一号路", "二号路", "三号路", FORMULA, "五号路"]
    assert listed("--year", "2020") == ["三号路"]
    assert listed("--unit", "图书") == ["二号路"]
    assert listed("--department", "农业", "--project", "三") == ["三号路"]
    assert listed("--project", "%") == []


@pytest.mark.usefixtures("ledger")
def test_late_is_what_is_overdue_or_has_no_date() -> None:
    """An answer that came in time is not late, whatever the round before asked."""
    assert listed("--late") == ["三号路", FORMULA]


@pytest.mark.usefixtures("ledger")
def test_returned_twice_is_what_is_open_in_its_second_round() -> None:
    """And not what was returned once."""
    assert listed("--returned-twice") == ["五号路"]


@pytest.mark.usefixtures("ledger")
def test_a_text_shows_a_part_of_many_and_says_so() -> None:
    """--limit cuts the text; the whole number is told; the columns are aligned."""
    lines = call("list", "--limit", "1").splitlines()
    assert lines[0].split()[:3] == ["报送件", "年度", "主管部门"]
    assert "二号路" in lines[1] and "共 4 件" in lines[2] and "--limit 0" in lines[2]
    assert call("list").splitlines()[-1] == "共 4 件"
    assert "4 in all" in call("list", "--lang", "en")


@pytest.mark.usefixtures("ledger")
def test_a_submission_is_shown_with_the_course_of_each_finding() -> None:
    """By number or by a name that only one has; closed findings too."""
    shown = call("show", "五号")
    assert shown == call("show", "5")
    assert "第1轮新增 → 第2轮已改" in shown
    assert "第1轮新增 → 第2轮已说明" in shown and "按合同" in shown
    with pytest.raises(UsageError, match="用编号"):
        call("show", "号路")
    with pytest.raises(UsageError, match="台账中没有"):
        call("show", "九号路")


@pytest.mark.usefixtures("ledger")
def test_runs_are_listed_with_their_versions() -> None:
    """When, how they ended, by which tool and rules."""
    runs = json.loads(call("runs", "--format", "json"))
    assert [one["run"] for one in runs] == [1, 2, 3, 4, 5, 6]
    assert {(one["state"], one["tool"], one["rules"], one["files"]) for one in runs} == {
        ("done", "perfeval 1", "r1", 1)
    }


def test_csv_is_safe_in_a_spreadsheet(ledger: Path) -> None:
    """A project named like a formula stays a text; the list says the same as the export."""
    call("export", "-o", "o.csv", "--table", "submissions")
    text = (ledger / "o.csv").read_bytes().decode("utf-8-sig")
    assert [row["项目名称"] for row in csv.DictReader(StringIO(text))][3] == "'" + FORMULA
    assert call("list", "--all", "--format", "csv").splitlines() == ("\ufeff" + text).splitlines()


def test_a_workbook_holds_texts_and_numbers_as_such(ledger: Path) -> None:
    """No cell is a formula; years are numbers and days are days."""
    call("export", "-o", "o.xlsx")
    sheet = openpyxl.load_workbook(ledger / "o.xlsx").active
    assert sheet is not None
    head, *rows = sheet.iter_rows()
    at = {cell.value: number for number, cell in enumerate(head)}
    assert [row[at["规则"]].value for row in rows] == ["S101", "S101", "S102", "S102"]
    assert rows[2][at["项目名称"]].value == FORMULA
    assert {row[at["项目名称"]].data_type for row in rows} == {"s"}
    assert rows[0][at["年度"]].value == 2021 and rows[0][at["回复期限"]].is_date
    assert rows[0][at["级别"]].value == "强制"


def test_parquet_holds_exact_types(ledger: Path) -> None:
    """Every table; money as decimals, days as days, codes as codes."""
    parquet = pytest.importorskip("pyarrow.parquet")
    for table in VIEWS:
        call("export", "-o", "o.parquet", "--table", table)
        rows = parquet.read_table(ledger / "o.parquet").to_pylist()
        assert (len(rows) > 0) is (table != "waivers")
        assert list(parquet.read_schema(ledger / "o.parquet").names) == [
            column.name for column in VIEWS[table].columns
        ]
    call("export", "-o", "o.parquet", "--late")
    rows = parquet.read_table(ledger / "o.parquet").to_pylist()
    assert [(row["level"], row["reply_by"]) for row in rows] == [
        ("error", YESTERDAY), ("warning", None),
    ]  # fmt: skip


class WithoutPyarrow:
    """A machine on which it is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pyarrow":
            raise ModuleNotFoundError(name)


def test_without_pyarrow_parquet_is_refused_in_a_line(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what to install, and leaves no file."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [WithoutPyarrow, *sys.meta_path])
    with pytest.raises(UsageError, match=r"perfeval\[parquet\]"):
        call("export", "-o", "o.parquet")
    assert not (ledger / "o.parquet").exists()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("name", ["o.doc", "ledger.sqlite/o.csv"])
def test_what_cannot_be_exported_is_said(name: str) -> None:
    """An ending that is none of ours, a place that cannot be written to."""
    with pytest.raises(UsageError):
        call("export", "-o", name)


def test_the_ledger_is_found(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by file or folder, else by perfeval.toml, else here; one that is not there is told."""
    elsewhere = ledger / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert listed("--ledger", "..") == listed("--ledger", "../ledger.sqlite")
    with pytest.raises(UsageError, match="没有台账"):
        listed()
    (elsewhere / "perfeval.toml").write_text('ledger = "../ledger.sqlite"\n', encoding="utf-8")
    assert len(listed()) == 4
