"""A unit sends its form again without our sheet: the ledger knows which round it follows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any  # JSON

import openpyxl
import pytest

from perfeval.ledger import open_ledger
from tests.ledger.handed import table
from tests.test_cli import SEED, call


def run(source: Path, out: Path) -> Any:
    """The file's entry in results.json."""
    call("run", source, "--out", out)
    return json.loads((out / "results.json").read_text(encoding="utf-8"))["files"][0]


def states(entry: Any) -> dict[str, set[str]]:
    """By code the states of its findings."""
    found: dict[str, set[str]] = {}
    for one in entry["forms"][0]["findings"]:
        found.setdefault(one["code"], set()).add(one["state"])
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of results in which the first round of SEED is."""
    first = tmp_path / "in"
    first.mkdir()
    shutil.copy(SEED, first / "a.xlsx")
    run(first / "a.xlsx", tmp_path / "out")
    return tmp_path / "out"


def test_a_corrected_form_is_the_next_round(out: Path, tmp_path: Path) -> None:
    """Corrected, unchanged and open are told apart; formulas that follow are no changes."""
    before = json.loads((out / "results.json").read_text(encoding="utf-8"))["files"][0]
    total = before["forms"][0]["total"]
    book = openpyxl.load_workbook(SEED)
    sheet = book[before["forms"][0]["sheet"]]
    sheet[total["cell"]].value = float(total["recomputed"])
    sheet.title = "另一个表名"
    again = tmp_path / "in2" / "重报.xlsx"
    again.parent.mkdir()
    book.save(again)
    second = run(again, out)
    assert second["round"] == 2
    assert ("S101", total["cell"]) in {(one["code"], one["cell"]) for one in second["closed"]}
    found = states(second)
    assert {state for code, own in found.items() if code < "Y107" for state in own} == {"unchanged"}
    assert "Y107" in found and "Y110" not in found and "Y109" not in found
    with open_ledger(out) as ledger:
        assert table(ledger, "submissions", "submission", "round") == [(1, 2)]
    assert run(again, out) == second


def test_the_same_form_again_is_an_unchanged_resubmission(out: Path, tmp_path: Path) -> None:
    """Y110 where the same content lies at another path; run again at its own path, it is itself."""
    again = tmp_path / "in2" / "a.xlsx"
    again.parent.mkdir()
    shutil.copy(SEED, again)
    assert run(tmp_path / "in" / "a.xlsx", out)["round"] == 1
    second = run(again, out)
    assert second["round"] == 2 and "Y110" in states(second)
    assert run(tmp_path / "in" / "a.xlsx", out)["round"] == 1
