"""Inspect tells which cell became which field, as data, as lines and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from perfeval.model import Cell, Range, Sheet, Workbook
from perfeval.report.inspect_out import inspect_json, inspect_lines
from perfeval.report.inspect_picture import inspect_html
from perfeval.schema import SCHEMAS
from perfeval.tables import Tables

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "inspect.schema.json"
NAME = "a.xlsx"


def _row(table_name: str, /, **values: object) -> tuple[object, ...]:
    """A row of a table with blanks where nothing is said."""
    blank = {"int64": 0, "Int64": None, "str": "", "bool": False}
    return tuple(values.get(name, blank[kind]) for name, kind in SCHEMAS[table_name].items())


def _cell(
    table: str, row: int, field: str, ref: str, raw: str, value: str, marks: str = ""
) -> tuple:
    return _row(
        "cells", table=table, position=row, field=field, sheet="S", ref=ref, raw=raw, value=value,
        marks=marks,
    )  # fmt: skip


@pytest.fixture
def tables() -> Tables:
    """A form with a project, one indicator whose score is a text, and a label over nothing."""
    form = _row("forms", file=NAME, sheet="S", form="a.xlsx#S", layout="mof10-standard")
    other = _row("forms", form_id=1, file="b.xlsx", sheet="S", form="b.xlsx#S")
    cells = [
        _cell("indicators", 1, "score", "B3", "５ 分", "5", "full-width unit-inside"),
        _cell("indicators", 1, "actual", "A3", "", ""),
        _cell("forms", 1, "project", "B1", "<b>桥</b>", "<b>桥</b>"),
        _cell("indicators", 0, "level2", "A4", "成本指标", "成本指标"),
        _cell("remarks", 0, "goals", "A5", "其余", ""),
    ]
    return Tables.build({"forms": [form, other], "cells": cells})


@pytest.fixture
def workbook() -> Workbook:
    cells = [
        Cell(1, 1, "项目名称", "项目名称"),
        Cell(1, 2, "<b>桥</b>", "<b>桥</b>"),
        Cell(3, 2, "５ 分", "５ 分"),
        Cell(5, 1, "其余", "其余"),
    ]
    grid = {(cell.row, cell.col): cell for cell in cells}
    merges = (Range(1, 2, 1, 4), Range(2, 1, 2, 10**6))
    return Workbook(NAME, "00", (Sheet("S", grid, merges),))


def test_contract(tables: Tables) -> None:
    """Forms first, then by row and field; a label without a row has row 0; fits the schema."""
    document = json.loads(inspect_json(tables, NAME))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    (form,) = document["forms"]
    assert (form["form"], form["layout"]) == ("a.xlsx#S", "mof10-standard")
    assert [(f["field"], f["cell"], f["value"]) for f in form["fields"]] == [
        ("project", "B1", "<b>桥</b>"),
        ("level2", "A4", "成本指标"),
        ("actual", "A3", ""),
        ("score", "B3", "5"),
    ]


def test_a_file_without_a_form_has_none(tables: Tables) -> None:
    """An unknown file is an empty list, not an error."""
    assert json.loads(inspect_json(tables, "c.xlsx"))["forms"] == []


def test_lines_tell_cell_field_and_value(tables: Tables) -> None:
    """What was read otherwise than it is shown has an arrow, a blank cell says so."""
    assert inspect_lines(tables, NAME, "zh") == [
        "a.xlsx#S · mof10-standard",
        "B1     表头 项目名称：<b>桥</b>",
        "A4     指标 0 二级指标：成本指标",
        "A3     指标 1 实际完成值：（空）",
        "B3     指标 1 得分：５ 分 → 5  [full-width unit-inside]",
    ]


def test_picture_lies_like_the_sheet(tables: Tables, workbook: Workbook) -> None:
    """Merges span, fields are coloured and named, texts are only text, a huge merge is cut."""
    page = inspect_html(tables, workbook)
    assert '<td colspan="2" class="unread" title="A2">' in page
    assert 'class="forms" title="B1">&lt;b&gt;桥&lt;/b&gt;<small>表头 项目名称' in page
    assert 'class="indicators" title="B3">５ 分<small>指标 1 得分 = 5' in page
    assert 'class="unread" title="A5">其余' in page
    assert "<b>" not in page
    assert len(page) < 20_000


def test_picture_without_a_form(workbook: Workbook) -> None:
    """The sheets are shown all the same."""
    page = inspect_html(Tables.build({}), workbook, lang="en")
    assert "No form was recognised" in page
    assert "项目名称" in page
