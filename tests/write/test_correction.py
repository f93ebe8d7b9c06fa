"""The corrected copy: what it writes, what it leaves, and that formulas stay formulas."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from perfeval.findings import Plan
from perfeval.write import correct, strip
from tests.ooxml.books import SHEET, members, openpyxl_book, shared_book, xlsxwriter_book
from tests.ooxml.harness import faults
from tests.write.results import patch, result, some_plan, some_result


def corrected(data: bytes, *patches: object) -> openpyxl.Workbook:
    copy = correct(data, result(), Plan(patches), lang="zh")  # type: ignore[arg-type]  # patches
    return openpyxl.load_workbook(BytesIO(copy))


def explanations(book: openpyxl.Workbook) -> list[list[object]]:
    """The rows of the sheet 更正说明 that have a number."""
    rows = book["更正说明"].iter_rows(values_only=True)
    return [list(row) for row in rows if str(row[0]).isdigit()]


def test_a_number_is_written_with_its_format() -> None:
    """The value changes, number format, font and fill stay; nothing else on the sheet changes."""
    source = xlsxwriter_book()
    cell = corrected(source, patch("E7", "92", "92.996"))[SHEET]["E7"]
    assert (cell.value, cell.number_format, cell.fill.fgColor.rgb) == (92.996, "0.00", "FFFFFF00")
    copy = correct(source, result(), Plan((patch("E7", "92", "92.996"),)), lang="zh")
    assert faults(source, copy) == ["xl/worksheets/sheet1.xml: cell 7:5 holds something else"]


def test_a_text_never_becomes_a_formula() -> None:
    """What begins with = + - @ is written as a text and stays one when the cell is edited."""
    for text in ("=100%", "+1", "-", "@甲"):
        cell = corrected(openpyxl_book(), patch("B6", "≥1次", text, "text"))[SHEET]["B6"]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_formula_is_kept_and_told() -> None:
    """A formula is never replaced by a value; the sheet says that it was left."""
    book = corrected(shared_book(), patch("E4", "8", "9"))
    assert book[SHEET]["E4"].value == "=D4*2"
    (row,) = explanations(book)
    assert row[2] == "E4" and "公式" in str(row[6])


def test_a_formula_that_follows_counts_as_corrected() -> None:
    """Where an operand is corrected, the formula gives the new value and is listed as done."""
    source = shared_book()
    plan = Plan((patch("E4", "8", "21"), patch("D4", "4", "10.5")))
    copy = correct(source, result(), plan, lang="zh")
    cached = openpyxl.load_workbook(BytesIO(copy), data_only=True)[SHEET]
    assert (cached["D4"].value, cached["E4"].value, cached["E5"].value) == (10.5, 21, 10)
    rows = explanations(openpyxl.load_workbook(BytesIO(copy)))
    assert [row[2] for row in rows] == ["D4", "E4"]
    assert b'fullCalcOnLoad="1"' in members(copy)["xl/workbook.xml"]


def test_what_cannot_be_written_is_left_with_a_reason() -> None:
    """An array formula, a table heading, a sheet or cell that is not there: left, and said so."""
    book = corrected(
        xlsxwriter_book(),
        patch("H2", "", "1"),
        patch("A1", "甲", "1", sheet="附件"),
        patch("A1", "", "1", sheet="没有"),
        patch("第1行", "", "1"),
    )
    reasons = [str(row[6]) for row in explanations(book)]
    assert [("数组" in r, "表格" in r, "没有" in r) for r in reasons] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, False, True),
    ]


def test_every_change_is_explained() -> None:
    """Old, new, rule and reason of each change, and what was left out with its reason."""
    rows = explanations(
        openpyxl.load_workbook(
            BytesIO(correct(openpyxl_book(), some_result(), some_plan(), lang="zh"))
        )
    )
    assert rows[0][:7] == ["1", SHEET, "E7", "92", "92.996", "S101", "各项得分之和"]
    assert rows[1][3:5] == ["≥1次", "=100%"]
    assert rows[2][3:5] == ["—", "1"]
    assert rows[3][:7] == ["1", SHEET, "F3", "8", "9.996", "F103", "须单位确认后更正"]


def test_an_empty_plan_changes_nothing_but_adds_the_sheet() -> None:
    """With nothing to correct the copy says so and every cell is as it was."""
    source = openpyxl_book()
    book = corrected(source)
    assert "没有可以直接更正的内容" in str(book["更正说明"]["A4"].value)
    assert faults(source, correct(source, result(), Plan(), lang="zh")) == []


def test_strip_leaves_the_corrected_values() -> None:
    """Taking our sheet away gives the source with its corrections."""
    source = xlsxwriter_book()
    stripped = strip(correct(source, some_result(), some_plan(), lang="zh"))
    book = openpyxl.load_workbook(BytesIO(stripped))
    assert book.sheetnames == [SHEET, "附件", "隐藏"]
    assert book[SHEET]["E7"].value == 92.996
    assert set(members(stripped)) == set(members(source))


def test_the_same_input_gives_the_same_bytes() -> None:
    """No clock, no order of chance."""
    source = openpyxl_book()
    first, second = (correct(source, some_result(), some_plan(), lang="en") for _ in range(2))
    assert first == second
