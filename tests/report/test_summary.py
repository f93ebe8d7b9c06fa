"""summary.xlsx: what is handed upward is complete, holds no formula, is always the same."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfeval.findings import FileResult
from perfeval.report import summary
from perfeval.report.catalogue_book import catalogue_book
from perfeval.report.sheetbook import relative
from perfeval.report.summary import summary_xlsx

SHEETS = ["审核汇总表", "按部门", "按规则", "全部问题", "分布"]


def _opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def _rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows below the headings in row 3, by heading."""
    heads, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    return [dict(zip(heads, row, strict=True)) for row in rows if row[0] is not None]


def test_a_row_a_form(seed: FileResult, clean: FileResult, unreadable: FileResult) -> None:
    """Totals are numbers, the difference is computed, the unreadable file is not left out."""
    book = _opened(summary_xlsx([seed, clean, unreadable]))
    assert book.sheetnames == SHEETS
    first, second, third, *_ = _rows(book["审核汇总表"])
    assert (first["填报总分"], first["复核总分"], first["差异"]) == (92, 92.996, 0.996)
    assert (first["强制"], first["核实"], first["提示"]) == (21, 1, 1)
    assert first["执行率"] == 0.9996
    assert second["结果"] == "✓ 无问题"
    assert third["结果"] == "✕ 无法读取"
    assert "Word" in str(third["项目名称"])


def test_every_finding_is_listed(seed: FileResult, unreadable: FileResult) -> None:
    """24 findings with their cells, those of a whole file too."""
    rows = _rows(_opened(summary_xlsx([seed, unreadable]))["全部问题"])
    assert len(rows) == 24
    assert (rows[0]["规则"], rows[0]["单元格"], rows[0]["应为"]) == ("S101", "G33", "92.996")
    assert rows[-1]["规则"] == "R001"


def test_by_department_and_by_rule(seed: FileResult, clean: FileResult) -> None:
    """Means and counts of the overview."""
    book = _opened(summary_xlsx([seed, clean]))
    departments = {row["主管部门"]: row for row in _rows(book["按部门"])}
    assert departments["普陀区体育局"]["填报均分"] == 98
    rules = {row["规则"]: row for row in _rows(book["按规则"])}
    assert (rules["I102"]["问题数"], rules["I102"]["涉及表数"]) == (13, 1)
    assert rules["I102"]["占自评表比例"] == 0.5


def test_links_lead_to_the_returns(seed: FileResult, hostile: FileResult) -> None:
    """Relative, spaces and signs escaped, Chinese as it is; a name is never a scheme."""
    sheet = _opened(summary_xlsx([seed, hostile]))["审核汇总表"]
    targets = [cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink]
    assert targets == [
        "青浦/区域办%202021_差异报告.html",
        "青浦/区域办%202021_审核意见.xlsx",
        relative(hostile.outputs["variance"]),
    ]
    assert not re.match(r"[a-z]+:", targets[2])


def test_nothing_becomes_a_formula(hostile: FileResult) -> None:
    """Texts that begin like one are stored as text, in every sheet; control characters are gone."""
    data = summary_xlsx([hostile])
    book = _opened(data)
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in ("f", "e")]
    assert book["审核汇总表"]["D4"].value == "@SUM(A1)"
    with zipfile.ZipFile(BytesIO(data)) as package:
        sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in package.read(name) for name in sheets)


def test_same_files_same_bytes(seed: FileResult, clean: FileResult) -> None:
    """No clock is read, neither in the properties nor in the archive."""
    data = summary_xlsx([seed, clean])
    assert data == summary_xlsx([seed, clean])
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_personal_data_is_masked_unless_asked_for(seed: FileResult) -> None:
    """In names and in the messages of findings."""
    form = seed.forms[0]
    phone = "联系人：张三 13812345678"
    found = replace(form.findings[0], message=phone)
    file = replace(seed, forms=(replace(form, unit=phone, findings=(found,)),))

    def texts(data: bytes) -> str:
        cells = (cell.value for sheet in _opened(data) for row in sheet for cell in row)
        return "\n".join(map(str, cells))

    assert "13812345678" not in texts(summary_xlsx([file]))
    assert "张三" not in texts(summary_xlsx([file]))
    assert texts(summary_xlsx([file], masked=False)).count("13812345678") == 2


def test_set_up_for_paper_with_charts(seed: FileResult) -> None:
    """A4, one page wide, headings on each page; the lists lie, the charts are native."""
    book = _opened(summary_xlsx([seed]))
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.orientation == (
            "portrait" if sheet.title == "分布" else "landscape"
        )
    assert book["审核汇总表"].print_title_rows == "$3:$3"
    assert len(book["分布"]._charts) == 3


def test_findings_beyond_a_sheet_are_counted(
    seed: FileResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet that is full says how many there are more."""
    monkeypatch.setattr(summary, "MOST_FINDINGS", 10)
    sheet = _opened(summary_xlsx([seed]))["全部问题"]
    assert sheet.max_row == 3 + 10 + 1
    assert sheet["A14"].value == "另有 13 条，见 results.json"


def test_nothing_at_all_is_a_workbook_too() -> None:
    """No submission: the sheets are there and empty."""
    assert _opened(summary_xlsx([], lang="en")).sheetnames[0] == "Forms"


def test_catalogue_is_a_table_to_filter() -> None:
    """A row a rule below the headings, the same bytes each time."""
    rows = (
        ("规则", "名称", "标题", "级别", "更正", "依据"),
        ("S101", "a", "=1+1", "强制", "b", ""),
    )
    data = catalogue_book(rows)
    (sheet,) = _opened(data).worksheets
    assert [cell.value for cell in sheet[2]][:3] == ["S101", "a", "=1+1"]
    assert sheet["C2"].data_type == "s"
    assert sheet.auto_filter.ref == "A1:F2"
    assert data == catalogue_book(rows)
