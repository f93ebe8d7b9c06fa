"""Formats other than .xlsx and text."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfeval.errors import EncryptedError
from perfeval.model import Range, Workbook
from perfeval.read import read, read_bytes


def texts(workbook: Workbook) -> list[dict[str, str]]:
    return [{cell.ref: cell.text for cell in sheet.cells.values()} for sheet in workbook.sheets]


def test_the_name_of_a_file_says_nothing() -> None:
    """A web page under the name .xls is read as what it is."""
    page = "<html><table><tr><td>得分</td><td>92</td></tr></table></html>"
    workbook = read_bytes(page.encode("gb18030"), "报送/自评表.xls")
    assert (workbook.format, workbook.path) == ("html", "报送/自评表.xls")
    assert texts(workbook) == [{"A1": "得分", "B1": "92"}]


def test_spans_of_a_web_table_are_merges() -> None:
    """colspan and rowspan make ranges; cells below a rowspan move to the right."""
    page = """<table>
        <tr><th colspan=3>自评表</th></tr>
        <tr><td rowspan="2">产出<br>指标</td><td>数量&nbsp;指标</td><td x:num="0.9996">99.96%</td>
        <tr style="display:none"><td>质量指标<td>5
        </table>"""
    (sheet,) = read_bytes(page.encode(), "a.xls").sheets
    assert {cell.ref: cell.text for cell in sheet.cells.values()} == {
        "A1": "自评表",
        "A2": "产出\n指标",
        "B2": "数量 指标",
        "C2": "99.96%",
        "B3": "质量指标",
        "C3": "5",
    }
    assert sheet.merges == (Range(1, 1, 1, 3), Range(2, 1, 3, 1))
    assert (sheet.cells[2, 3].value, sheet.hidden_rows) == (0.9996, frozenset({3}))


def test_texts_between_the_tables_of_a_page_are_rows() -> None:
    """The title of a form often stands above its table."""
    page = "<h2>自评表</h2><table><tr><td>a</td></tr></table><p>注：略</p><table><td>b</table>"
    assert texts(read_bytes(page.encode(), "a.htm")) == [
        {"A1": "自评表", "A2": "a", "A3": "注：略", "A4": "b"}
    ]


def test_excel_2003_xml_has_formats_merges_and_formulas() -> None:
    """Percent is a named format, MergeAcross a merge, Index a place."""
    book = """<?xml version="1.0"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
          xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>
        <Worksheet ss:Name="自评表"><Table><Row ss:Index="2">
          <Cell ss:MergeAcross="1"><Data ss:Type="String">执行率</Data></Cell>
          <Cell ss:StyleID="p" ss:Formula="=RC[-1]"><Data ss:Type="Number">0.9996</Data></Cell>
        </Row></Table></Worksheet></Workbook>"""
    workbook = read_bytes(book.encode(), "a.xls")
    (sheet,) = workbook.sheets
    assert (workbook.format, sheet.name, sheet.merges) == ("xml", "自评表", (Range(2, 1, 2, 2),))
    assert (sheet.cells[2, 3].text, sheet.cells[2, 3].formula) == ("99.96%", "RC[-1]")


def test_opendocument_shows_what_the_document_shows() -> None:
    """Value, shown text, repeated and covered cells, notes left out."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    document = f"""<?xml version="1.0"?><office:document {spaces}><office:body><office:spreadsheet>
        <table:table table:name="自评表"><table:table-column table:visibility="collapse"/>
        <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
        <table:table-row table:visibility="collapse">
          <table:table-cell table:number-columns-spanned="2" office:value-type="percentage"
             office:value="0.9996"><office:annotation><text:p>批注</text:p></office:annotation>
             <text:p>99.96%</text:p></table:table-cell>
          <table:covered-table-cell><text:p>下面</text:p></table:covered-table-cell>
          <table:table-cell table:number-columns-repeated="2" table:formula="of:=SUM([.A1:.B2])"
             office:value-type="float" office:value="8"><text:p>8.00</text:p></table:table-cell>
          <table:table-cell office:value-type="date" office:date-value="2021-12-31">
             <text:p>2021年12月31日</text:p></table:table-cell>
        </table:table-row></table:table></office:spreadsheet></office:body></office:document>"""
    (sheet,) = read_bytes(document.encode(), "a.fods").sheets
    assert {c.ref: (c.value, c.text, c.number_format) for c in sheet.cells.values()} == {
        "A4": (0.9996, "99.96%", "0.00%"),
        "B4": ("下面", "下面", "General"),
        "C4": (8, "8.00", "0.00"),
        "D4": (8, "8.00", "0.00"),
        "E4": (44561, "2021年12月31日", "yyyy/m/d"),
    }
    assert sheet.merges == (Range(4, 1, 4, 2),)
    assert sheet.cells[4, 3].formula == "SUM(A1:B2)"
    assert (sheet.hidden_rows, sheet.hidden_cols) == (frozenset({4}), frozenset({1}))


def test_an_old_workbook_opens_with_its_password() -> None:
    """files/locked.xls was saved by LibreOffice with the password `secret`."""
    path = Path(__file__).with_name("files") / "locked.xls"
    assert texts(read(path, passwords=("wrong", "secret"))) == [{"A1": "总分", "B1": "92"}]
    with pytest.raises(EncryptedError, match="--password-file"):
        read(path)
