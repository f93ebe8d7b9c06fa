"""The approved list of projects and budgets (--register): .xlsx or .csv, columns found by label."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from perfeval import schema
from perfeval.errors import UnreadableError, UsageError
from perfeval.extract.number import read_money
from perfeval.extract.text import find_year, normalise_label
from perfeval.model import Cell, Sheet
from perfeval.read import read
from perfeval.rows import Rows

_UNIT = re.compile(r"亿元|万元|元")
_BRACKETED = re.compile(r"\(.*?\)")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the columns of the list are, and in what its money is."""

    row: int
    columns: Mapping[str, int]
    unit: str


def load(path: str | Path) -> Rows:
    """The list as the table `register`, row_id from 0. Raises UsageError where it is no list."""
    try:
        workbook = read(Path(path))
    except (UnreadableError, OSError) as error:
        raise UsageError(f"{path}：读不出项目清单（cannot read the register）：{error}") from error
    for sheet in workbook.sheets:
        head = _head(sheet)
        if head is not None:
            return schema.rows("register", _rows(sheet, head))
    raise UsageError(
        f"{path}：找不到“项目名称”和“预算数”两列（no columns for project and budget found）"
    )


def _head(sheet: Sheet) -> _Head | None:
    """The first row that names both a project and a budget column."""
    unit = ""
    for row, cells in sheet.rows():
        columns: dict[str, int] = {}
        for cell in cells:
            label = normalise_label(cell.text)
            stated = _UNIT.search(label)
            if stated and "单位" in label:
                unit = stated.group()
            for name, wordings in _labels().items():
                if name != "totals" and _BRACKETED.sub("", label) in wordings:
                    columns.setdefault(name, cell.col)
                    if name == "budget" and stated:
                        unit = stated.group()
        if {"project", "budget"} <= columns.keys():
            return _Head(row, columns, unit)
    return None


def _rows(sheet: Sheet, head: _Head) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for row, cells in sheet.rows():
        by_col = {cell.col: cell for cell in cells}
        project = _text(by_col, head, "project")
        if row <= head.row or not project or normalise_label(project) in _labels()["totals"]:
            continue
        budget = read_money(by_col.get(head.columns["budget"]), head.unit)
        year = find_year(_text(by_col, head, "year"))
        unit = _text(by_col, head, "unit")
        rows.append((len(rows), -1, project, unit, year, budget.scaled, budget.step))
    return rows


def _text(cells: Mapping[int, Cell], head: _Head, name: str) -> str:
    cell = cells.get(head.columns.get(name, 0))
    return cell.text.strip() if cell else ""


@cache
def _labels() -> Mapping[str, frozenset[str]]:
    source = resources.files("perfeval").joinpath("data/register.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: frozenset(wordings) for name, wordings in data.items()}
