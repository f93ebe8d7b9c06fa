"""What comes back: replies are read, marks taken away, whoever has saved the file since."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from perfeval.course import Handled, Reply
from perfeval.ooxml.package import Package
from perfeval.write import annotate, read_replies, strip
from tests.ooxml.books import SHEET, change, members, openpyxl_book, xlsxwriter_book
from tests.write.results import some_result

soffice = shutil.which("soffice")


def answered(data: bytes) -> bytes:
    """The copy with replies typed in by a program that rewrites the whole file."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["审核意见"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "序号")[0].row
    sheet.cell(header + 1, 10).value = "已改"
    sheet.cell(header + 2, 10).value = "说明"
    sheet.cell(header + 2, 11).value = " 按财政批复四舍五入 "
    sheet.cell(header + 3, 10).value = "不清楚"
    book[SHEET]["E7"] = 92.996
    out = BytesIO()
    book.save(out)
    return out.getvalue()


EXPECTED = [
    Reply("id-1", Handled.CORRECTED, ""),
    Reply("id-2", Handled.EXPLAINED, "按财政批复四舍五入"),
    Reply("id-3", Handled.OTHER, ""),
    Reply("id-4", Handled.NONE, ""),
]


def test_replies_are_read() -> None:
    """Each finding's reply comes back under its id, blanks trimmed, unknown words told apart."""
    back = answered(annotate(openpyxl_book(), some_result(), lang="zh"))
    assert read_replies(Package.open(back))[:4] == EXPECTED


def test_replies_are_found_by_headings() -> None:
    """A column put in before ours does not hide the replies."""
    book = openpyxl.load_workbook(
        BytesIO(answered(annotate(openpyxl_book(), some_result(), lang="zh")))
    )
    book["审核意见"].insert_cols(2)
    out = BytesIO()
    book.save(out)
    assert read_replies(Package.open(out.getvalue()))[:4] == EXPECTED


def test_a_file_without_our_sheet_has_no_replies() -> None:
    """A submission that never was ours answers nothing."""
    assert read_replies(Package.open(openpyxl_book())) == []


def test_replies_typed_into_the_sheet_alone_leave_every_other_byte() -> None:
    """Where only our sheet has been changed, strip gives the whole source back."""
    source = xlsxwriter_book()
    marked = annotate(source, some_result(), lang="zh")
    name = next(n for n in members(marked) if "sheet4.xml" in n)
    typed = change(marked, {name: lambda text: text.replace("序号", "号", 1)})
    assert list(members(strip(typed)).items()) == list(members(source).items())


def test_a_sheet_that_was_changed_keeps_its_change() -> None:
    """Where one sheet was rewritten, it keeps the new value; all else is as it was."""
    source = openpyxl_book()
    marked = annotate(source, some_result(), lang="zh")
    sheet = "xl/worksheets/sheet1.xml"
    back = change(marked, {sheet: lambda text: text.replace("<v>180000</v>", "<v>190000</v>", 1)})
    stripped, before = members(strip(back)), members(source)
    assert {n for n in before if stripped.get(n) != before[n]} == {sheet}
    assert set(stripped) == set(before)
    assert "<v>190000</v>" in stripped[sheet].decode()
    styles = [re.findall(r'<c r="(\w+)" s="(\d+)"', p[sheet].decode()) for p in (before, stripped)]
    assert set(styles[0]) <= set(styles[1]) | {(ref, "0") for ref, _ in styles[0]}


def test_marks_are_known_after_another_program_saved() -> None:
    """After a save that drops our record, notes, fills and sheet are still taken away."""
    source = openpyxl_book()
    back = strip(answered(annotate(source, some_result(), lang="zh")))
    before = openpyxl.load_workbook(BytesIO(source))
    after = openpyxl.load_workbook(BytesIO(back))
    assert after.sheetnames == before.sheetnames
    assert looks(after) == looks(before)
    assert after[SHEET]["E7"].value == 92.996


def test_marks_are_known_after_our_sheet_was_deleted() -> None:
    """The notes tell us by themselves, even if the sheet and its name are gone."""
    source = xlsxwriter_book()
    book = openpyxl.load_workbook(BytesIO(annotate(source, some_result(), lang="zh")))
    del book["审核意见"]
    del book.defined_names["perfeval.review"]
    out = BytesIO()
    book.save(out)
    after = openpyxl.load_workbook(BytesIO(strip(out.getvalue())))
    notes = {ref for ref, (*_, note) in looks(after).items() if note}
    before = openpyxl.load_workbook(BytesIO(source))
    assert notes == {ref for ref, (*_, note) in looks(before).items() if note}


def looks(book: openpyxl.Workbook) -> dict[str, tuple[object, ...]]:
    """Fill and note of each cell."""
    return {
        f"{sheet.title}!{cell.coordinate}": (
            cell.fill.fill_type,
            cell.fill.fgColor.rgb if cell.fill.fill_type else None,
            cell.comment.text.rstrip() if cell.comment else None,
        )
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment or cell.fill.fill_type
    }


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice is None, reason="needs soffice on the path")
def test_round_trip_through_libreoffice(tmp_path: Path) -> None:
    """annotate → saved by LibreOffice → replies read, marks gone, the unit's own looks kept."""
    source = xlsxwriter_book()
    marked = tmp_path / "in.xlsx"
    marked.write_bytes(annotate(source, some_result(), lang="zh"))
    subprocess.run(
        [
            str(soffice), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"),
            str(marked),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "out" / "in.xlsx").read_bytes()
    assert [reply.finding_id for reply in read_replies(Package.open(saved))][:2] == ["id-1", "id-2"]
    before = openpyxl.load_workbook(BytesIO(source))
    after = openpyxl.load_workbook(BytesIO(strip(saved)))
    assert after.sheetnames == before.sheetnames
    assert looks(after) == looks(before)
