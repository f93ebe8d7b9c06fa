"""The approved list of projects: its columns by label, its money by unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from perfeval.errors import UsageError
from perfeval.register import load


def _csv(folder: Path, text: str) -> Path:
    path = folder / "清单.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_found_by_label(tmp_path: Path) -> None:
    """Whatever the order of the columns and the lines above them; a total is no project."""
    listed = load(
        _csv(
            tmp_path,
            "2021年项目清单,,,\n,,单位：万元,\n序号,实施单位,项目名称,年度,批复预算\n"
            "1,养护中心,道路养护,2021,18.5\n2,图书馆,图书采购,2021,5\n合计,,合计,,23.5\n",
        )
    )
    assert listed.project.tolist() == ["道路养护", "图书采购"]
    assert listed.unit.tolist() == ["养护中心", "图书馆"]
    assert listed.year.tolist() == [2021, 2021]
    assert listed.budget_fen.tolist() == [18_500_000, 5_000_000]
    assert listed.budget_step_fen.tolist() == [100_000, 1_000_000]


def test_the_heading_names_the_unit(tmp_path: Path) -> None:
    """预算（元） is money in 元, also in a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目名称", "预算数（元）"])
    sheet.append(["道路养护", 180000])
    book.save(tmp_path / "清单.xlsx")
    assert load(tmp_path / "清单.xlsx").budget_fen.tolist() == [18_000_000]


def test_a_blank_budget_is_unknown(tmp_path: Path) -> None:
    """A project without a budget is on the list all the same."""
    listed = load(_csv(tmp_path, "项目名称,预算数\n道路养护,\n"))
    assert listed.project.tolist() == ["道路养护"]
    assert listed.budget_fen.tolist() == [None]


@pytest.mark.parametrize("text", ["甲,乙\n一,二\n", "项目名称,备注\n道路养护,无\n"])
def test_a_list_without_columns_is_refused(tmp_path: Path, text: str) -> None:
    """A register without project and budget columns is a wrong call, named with its file."""
    with pytest.raises(UsageError, match=r"清单\.csv"):
        load(_csv(tmp_path, text))


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    """So is one that is not there."""
    with pytest.raises(UsageError, match=r"没有\.csv"):
        load(tmp_path / "没有.csv")
