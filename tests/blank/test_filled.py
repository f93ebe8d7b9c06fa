"""A form that is filled in honestly has nothing wrong with it, wherever it was made for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any  # cells of a workbook

import openpyxl
import pytest
import python_calamine

from perfeval.blank.printed import printed
from perfeval.config import Config
from perfeval.findings import FileResult
from perfeval.pipeline import check_chunk
from perfeval.sources import single
from tests.blank.conftest import AGAIN, ASKED, LOW

Saved = Mapping[tuple[str, str], Path]
KINDS = pytest.mark.parametrize("kind", ["xls", "ods"])
NAMES = pytest.mark.parametrize("name", AGAIN)


def checked(path: Path, region: str, year: int) -> FileResult:
    config = Config(region=region, year=year)
    return check_chunk([single(path)], config).outcomes[0].result


@pytest.mark.parametrize("name", ASKED)
def test_it_passes_every_rule(name: str, computed: Mapping[str, Path]) -> None:
    """No finding; the layout is the one that was printed; 5% of the first points are lost."""
    asked = ASKED[name]
    result = checked(computed[name], asked.region, asked.year)
    assert [finding.message for finding in result.all_findings()] == []
    form = result.forms[0]
    assert (form.layout, form.year) == (printed(asked.region).slug, asked.year)
    assert (form.project, form.unit) == ("农村公路养护", "示范县公路管理所")
    money = next(fund for fund in form.funds if fund.kind == "total")
    assert (money.rate, money.score) == ("0.95", "19" if name.startswith("42") else "9.5")
    assert form.total.reported == form.total.recomputed
    assert form.total.points in ("100", None if name.startswith("42") else "100")


def test_a_capped_total_is_right(computed: Mapping[str, Path]) -> None:
    """At a rate of 66.5% the policy allows 79: the total is that, and no sum is asked for."""
    result = checked(computed[LOW], "capped", 2023)
    assert result.forms[0].total.reported == "79"
    assert [f.message for f in result.all_findings() if f.level == "error"] == []


def values(path: Path) -> list[list[Any]]:
    """What a reader that is not ours finds, blanks as ""."""
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
    return [
        [round(value, 9) if isinstance(value, float) else value for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]


@NAMES
@KINDS
def test_values_survive(name: str, kind: str, computed: Mapping[str, Path], saved: Saved) -> None:
    """Saved by LibreOffice in another format a form holds the same values, and passes still."""
    before, after = values(computed[name]), values(saved[kind, name])
    pairs = [
        (old, new)
        for row, again in zip(before, after, strict=False)
        for old, new in zip(row, again, strict=False)
    ]
    # LibreOffice stores a blank as 0 in .xls where the format is one of numbers
    known = ("", 0) if kind == "xls" else ("", "")
    assert [pair for pair in pairs if pair[0] != pair[1] and pair != known] == []
    assert sum(old != "" for old, _ in pairs) > 80
    asked = ASKED[name]
    result = checked(saved[kind, name], asked.region, asked.year)
    assert [finding.message for finding in result.all_findings()] == []


@NAMES
@KINDS
def test_formulas_survive(name: str, kind: str, folder: Path, saved: Saved) -> None:
    """Every formula is one still, after .xls or .ods and back."""

    def formulas(path: Path) -> set[str]:
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return {cell.coordinate for row in sheet for cell in row if cell.data_type == "f"}

    before = formulas(folder / f"{name}.xlsx")
    assert len(before) >= 6
    assert formulas(saved[f"{kind} as xlsx", name]) == before
