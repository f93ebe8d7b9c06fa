"""The annotated copy: what an office finds in it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfeval.errors import UnreadableError
from perfeval.findings import Level
from perfeval.write import annotate
from tests.ooxml.books import SHEET, change, members, openpyxl_book, threaded_book, with_members
from tests.write.results import finding, result, some_result


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data), rich_text=False)


def review(data: bytes, name: str = "审核意见") -> Worksheet:
    sheet = opened(data)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def header_row(sheet: Worksheet) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value in ("序号", "No."))


def test_the_sheet_opens_first_and_alone() -> None:
    """Our sheet is the last one and active; no other tab is selected with it."""
    book = opened(annotate(openpyxl_book(), some_result(), lang="zh"))
    assert book.sheetnames == [SHEET, "附件", "审核意见"]
    assert book.active is not None and book.active.title == "审核意见"
    selected = [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected]
    assert selected == ["审核意见"]


def test_a_text_that_looks_like_a_selected_tab_stays() -> None:
    """Tabs are deselected in the views of a sheet alone."""
    said = '甲 tabSelected="1"'
    book = change(
        openpyxl_book(),
        {"xl/worksheets/sheet2.xml": lambda t: t.replace("<sheetData", f"<!--{said}--><sheetData")},
    )
    marked = annotate(book, some_result(), lang="zh")
    assert said in members(marked)["xl/worksheets/sheet2.xml"].decode()


def test_a_finding_is_a_row() -> None:
    """Level as a word, code, cell and link, reported, expected, message, cause, basis, advice."""
    sheet = review(annotate(openpyxl_book(), some_result(), lang="zh"))
    top = header_row(sheet)
    row = [cell.value for cell in sheet[top + 1]][:11]
    assert row == [
        "1", "强制", "S101", "E7", "92", "92.996",
        "总分与各项得分之和不符\n总分 92，各项得分之和为 92.996。\n可能原因：总分可能去掉了小数",
        "表内勾稽关系", "按各项得分之和填写总分。", None, None,
    ]  # fmt: skip
    link = sheet.cell(top + 1, 4).hyperlink
    assert link is not None and link.location == f"'{SHEET}'!E7"


def test_a_finding_in_a_merge_links_to_the_cell_that_shows() -> None:
    """C1 is covered by A1: fill, note and link are there."""
    book = opened(annotate(openpyxl_book(), result(finding(3, Level.INFO, "C1")), lang="zh"))
    assert book[SHEET]["A1"].fill.fgColor.rgb == "FFDDEBF7"
    assert book[SHEET]["A1"].comment is not None
    assert book["审核意见"].cell(header_row(book["审核意见"]) + 1, 4).value == "A1"


def test_one_note_holds_all_findings_of_a_cell() -> None:
    """F3 has two findings: one note, the heavier level's fill."""
    cell = opened(annotate(openpyxl_book(), some_result(), lang="zh"))[SHEET]["F3"]
    assert cell.comment is not None
    assert cell.comment.author == "perfeval"
    assert "【核实 S102】" in cell.comment.text and "【强制 S104】" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFC7CE"


def test_a_finding_without_a_place_is_listed_without_a_link() -> None:
    """No cell, or a sheet that is not there: the finding stands in the table all the same."""
    sheet = review(annotate(openpyxl_book(), some_result(), lang="zh"))
    top = header_row(sheet)
    assert [sheet.cell(top + n, 4).value for n in (6, 7)] == ["—", "A1"]
    assert all(sheet.cell(top + n, 4).hyperlink is None for n in (6, 7))


def test_replies_have_a_drop_down() -> None:
    """处理情况 offers 已改, 说明, 异议 for every finding."""
    sheet = review(annotate(openpyxl_book(), some_result(), lang="zh"))
    (choice,) = sheet.data_validations.dataValidation
    top = header_row(sheet)
    assert choice.formula1 == '"已改,说明,异议"'
    assert str(choice.sqref) == f"J{top + 1}:J{top + 7}"


def test_the_sheet_is_set_up_for_the_printer() -> None:
    """A4 landscape, one page wide, header row repeated and frozen, record columns hidden."""
    sheet = review(annotate(openpyxl_book(), some_result(), lang="zh"))
    top = header_row(sheet)
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.freeze_panes == f"A{top + 1}"
    assert [sheet.column_dimensions[c].hidden for c in "KLM"] == [False, True, True]
    assert not sheet.protection.sheet


def test_text_that_begins_like_a_formula_stays_a_text() -> None:
    """=8 as it was reported is shown, never computed, and stays so when the cell is edited."""
    marked = annotate(openpyxl_book(), some_result(), lang="zh")
    sheet = review(marked)
    cell = sheet.cell(header_row(sheet) + 2, 5)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=8", "s", True)
    part = next(n for n in members(marked) if n.endswith("sheet3.xml"))
    assert b"<f>" not in members(marked)[part]


def test_hostile_text_is_only_text() -> None:
    """Markup, quotes and what XML cannot hold come out as they went in."""
    text = "<b>&\"'\x01_x0041_"
    marked = annotate(
        openpyxl_book(), result(finding(1, Level.ERROR, "E7", message=text, causes=())), lang="zh"
    )
    sheet = review(marked)
    shown = sheet.cell(header_row(sheet) + 1, 7).value
    assert str(shown).endswith("<b>&\"'_x0001__x005F_x0041_") or str(shown).endswith(text)


def test_a_clean_file_says_so() -> None:
    """Without findings there is a verdict and no table."""
    sheet = review(annotate(openpyxl_book(), result(), lang="zh"))
    assert sheet["A2"].value == "审核结论：未发现问题"
    assert sheet.data_validations.dataValidation == []


def test_english() -> None:
    """The other language changes the words, not the shape."""
    sheet = review(annotate(openpyxl_book(), some_result(), lang="en"), "Review")
    top = header_row(sheet)
    assert [cell.value for cell in sheet[top]][9:11] == ["Handling", "Explanation"]


def test_a_taken_name_is_left_to_its_owner() -> None:
    """A sheet of the submitter's called 审核意见 stays; ours gets a number."""
    taken = change(
        openpyxl_book(), {"xl/workbook.xml": lambda text: text.replace("附件", "审核意见")}
    )
    book = opened(annotate(taken, some_result(), lang="zh"))
    assert book.sheetnames == [SHEET, "审核意见", "审核意见(2)"]


def test_odd_sheet_names_are_linked() -> None:
    """A quote in a sheet's name is doubled where the link names it."""
    odd = change(openpyxl_book(), {"xl/workbook.xml": lambda t: t.replace(SHEET, "张三's 表")})
    found = result(finding(1, Level.ERROR, "E7", sheet="张三's 表"))
    sheet = review(annotate(odd, found, lang="zh"))
    link = sheet.cell(header_row(sheet) + 1, 4).hyperlink
    assert link is not None and link.location == "'张三''s 表'!E7"


def test_a_conversation_is_mentioned() -> None:
    """A cell with a threaded comment gets a fill and a line on the sheet, no note."""
    marked = annotate(threaded_book(), result(finding(1, Level.ERROR, "E7")), lang="zh")
    sheet = review(marked)
    assert any("会话式批注" in str(row[0].value) for row in sheet.iter_rows())
    assert opened(marked)[SHEET]["E7"].fill.fgColor.rgb == "FFFFC7CE"


def test_a_signature_is_mentioned() -> None:
    """A signed file is copied with its signature and a line that it counts no more."""
    signed = with_members(openpyxl_book(), {"_xmlsignatures/sig1.xml": "<Signature/>"})
    marked = annotate(signed, some_result(), lang="zh")
    assert "_xmlsignatures/sig1.xml" in members(marked)
    assert any("数字签名" in str(row[0].value) for row in review(marked).iter_rows())


def test_the_same_input_gives_the_same_bytes() -> None:
    """No clock, no order of chance; new members carry a fixed date."""
    source = openpyxl_book()
    once, twice = (annotate(source, some_result(), lang="zh") for _ in range(2))
    assert once == twice
    with zipfile.ZipFile(BytesIO(once)) as archive:
        new = archive.getinfo("xl/worksheets/sheet3.xml")
    assert new.date_time == (1980, 1, 1, 0, 0, 0)


def test_many_findings_in_one_cell_are_cut_with_a_pointer() -> None:
    """A note stays readable: what is too much is left to the sheet."""
    many = [finding(n, Level.ERROR, "E7", id=f"m{n}", message="很长的说明" * 20) for n in range(9)]
    cell = opened(annotate(openpyxl_book(), result(*many), lang="zh"))[SHEET]["E7"]
    assert cell.comment is not None
    assert len(cell.comment.text) < 800
    assert cell.comment.text.endswith("（其余见末页“审核意见”表）")


def test_a_place_that_is_none_is_listed_only() -> None:
    """A finding whose cell is no reference does not stop the others."""
    marked = annotate(openpyxl_book(), result(finding(1, Level.ERROR, "第3行")), lang="zh")
    sheet = review(marked)
    assert sheet.cell(header_row(sheet) + 1, 4).value == "第3行"


def test_what_is_no_package_is_refused() -> None:
    """Only .xlsx packages are annotated."""
    with pytest.raises(UnreadableError):
        annotate(b"\xd0\xcf\x11\xe0", some_result(), lang="zh")
