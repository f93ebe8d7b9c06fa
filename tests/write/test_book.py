"""The findings workbook of submissions that cannot be patched."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from perfeval.findings import FileResult, Level, Patch, Plan, Safety
from perfeval.model import Cell, Range, Sheet, Workbook
from perfeval.write import rebuilt_books, strip
from tests.ooxml.harness import soundness
from tests.write.results import finding, result


def sheet(name: str, *cells: Cell, merges: tuple[Range, ...] = ()) -> Sheet:
    return Sheet(name, {(cell.row, cell.col): cell for cell in cells}, merges)


def book_of(*sheets: Sheet) -> Workbook:
    return Workbook("a.xls", "0" * 64, sheets, format="xls")


def annotated(found: FileResult, source: Workbook) -> bytes:
    return rebuilt_books(found, Plan(), source, lang="zh").annotated


def test_corrections_are_written_into_the_copied_grid() -> None:
    """The corrected copy repeats the contents with the patches in them, and says which."""
    source = book_of(sheet("甲/乙", Cell(1, 1, "9", "9"), Cell(1, 2, "丙", "丙")))
    patch = Patch("f", "甲/乙", "A1", "9", "9.5", "text", "F103", "", Safety.SAFE)
    found = result(finding(1, Level.ERROR, "A1", sheet="甲/乙"))
    copies = rebuilt_books(found, Plan((patch,)), source, lang="zh")
    book = openpyxl.load_workbook(BytesIO(copies.corrected))
    assert [cell.value for cell in book.worksheets[0][1]] == ["9.5", "丙"]
    assert "更正说明" in book.sheetnames


def test_the_grid_is_copied_with_our_marks() -> None:
    """Values, formats and merges of the submission, our notes and fills, the sheet last."""
    source = book_of(
        sheet(
            "自评表",
            Cell(1, 1, "项目支出绩效自评表", "项目支出绩效自评表"),
            Cell(2, 1, 0.9996, "99.96%", number_format="0.00%", kind="n"),
            Cell(2, 2, "=100%", "=100%"),
            merges=(Range(1, 1, 1, 3),),
        )
    )
    data = annotated(result(finding(1, Level.ERROR, "A2")), source)
    book = openpyxl.load_workbook(BytesIO(data))
    form = book["自评表"]
    assert (form["A2"].value, form["A2"].number_format) == (0.9996, "0.00%")
    assert (form["B2"].value, form["B2"].data_type) == ("=100%", "s")
    assert form["A2"].fill.fgColor.rgb == "FFFFC7CE"
    assert form["A2"].comment is not None
    assert [str(m) for m in form.merged_cells.ranges] == ["A1:C1"]
    assert book.sheetnames[-1] == "审核意见"
    assert list(soundness(data)) == []


def test_the_same_input_gives_the_same_bytes() -> None:
    """No time of saving is left in the file."""
    source = book_of(sheet("自评表", Cell(1, 1, "甲", "甲")))
    found = result(finding(1, Level.ERROR, "A1"))
    first, second = (annotated(found, source) for _ in range(2))
    assert first == second


def test_names_and_sizes_that_a_workbook_cannot_have() -> None:
    """Long, empty, equal and forbidden sheet names, cells and merges out of bounds: all survive."""
    source = book_of(
        sheet("", Cell(1, 1, "a", "a")),
        sheet("甲/乙", Cell(2_000_000, 1, "b", "b"), Cell(1, 1, "\x01c", "c")),
        sheet("甲:乙", Cell(1, 1, 1, "1"), merges=(Range(1, 2, 1_048_576, 2),)),
        sheet("长" * 40, merges=(Range(1, 1, 2, 2), Range(2, 2, 3, 3))),
    )
    found = result(finding(1, Level.ERROR, "A1", sheet="甲:乙"))
    book = openpyxl.load_workbook(BytesIO(annotated(found, source)))
    assert len(book.sheetnames) == 5
    assert book.worksheets[2]["A1"].comment is not None


def test_a_file_without_sheets_still_gets_its_findings() -> None:
    """A text that holds no table: the findings sheet alone, beside an empty one."""
    data = rebuilt_books(
        result(finding(1, Level.ERROR, None)), Plan(), book_of(), lang="en"
    ).annotated
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames[-1] == "Review"
    assert openpyxl.load_workbook(BytesIO(strip(data))).sheetnames == ["1"]
