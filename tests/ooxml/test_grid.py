"""Sheets of a package as grids."""

from __future__ import annotations

import pytest

from perfeval.errors import UnreadableError
from perfeval.limits import Limits
from perfeval.model import Range
from perfeval.ooxml.grid import read_sheets
from perfeval.ooxml.grid_merges import covered
from perfeval.ooxml.package import Package
from perfeval.ooxml.traits import traits_of
from tests.ooxml.grid_package import cells_of, package_bytes, sheet_of

STYLES = """
    <numFmts><numFmt numFmtId="176" formatCode='0.00"万元"'/></numFmts>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="4"/><xf numFmtId="176"/>
             <xf numFmtId="57"/><xf numFmtId="999"/></cellXfs>
"""


def test_every_type_of_cell_is_read_as_its_value() -> None:
    """Shared, inline and formula strings, numbers, truth, errors and dates each have their kind."""
    cells = cells_of(
        """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>行内</t></is></c>
          <c r="C1" t="str"><f>A1&amp;B1</f><v>得分行内</v></c>
          <c r="D1"><v>9.9959999999999996</v></c>
          <c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#DIV/0!</v></c>
          <c r="G1" t="d"><v>2021-12-31</v></c><c r="H1"><v>1E2</v></c></row>
        """,
        strings="<si><t>得分</t></si>",
    )
    assert {ref: (cell.kind, cell.value, cell.text) for ref, cell in cells.items()} == {
        "A1": ("s", "得分", "得分"),
        "B1": ("s", "行内", "行内"),
        "C1": ("s", "得分行内", "得分行内"),
        "D1": ("n", 9.996, "9.996"),
        "E1": ("b", True, "TRUE"),
        "F1": ("e", "#DIV/0!", "#DIV/0!"),
        "G1": ("d", 44561, "2021/12/31"),
        "H1": ("n", 100, "100"),
    }
    assert isinstance(cells["H1"].value, int)


def test_text_is_what_the_number_format_shows() -> None:
    """The stored number stays the value; the format makes the text, and says what is a date."""
    cells = cells_of(
        """
        <row r="1"><c r="A1" s="1"><v>0.9996</v></c><c r="B1" s="2"><v>179920</v></c>
          <c r="C1" s="3"><v>12.345</v></c><c r="D1" s="4"><v>44531</v></c>
          <c r="E1" s="5"><v>8</v></c><c r="F1" s="77"><v>8</v></c></row>
        """,
        styles=STYLES,
    )
    assert [cell.text for cell in cells.values()] == [
        "99.96%",
        "179,920.00",
        "12.35万元",
        "2021年12月",
        "8",
        "8",
    ]
    assert cells["D1"].kind == "d"
    assert cells["C1"].number_format == '0.00"万元"'


def test_runs_are_joined_and_phonetic_guides_left_out() -> None:
    """Rich text is its runs in order; rPh is a reading aid and no text; escapes are decoded."""
    cells = cells_of(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
        strings="""<si><r><t>产出</t></r><r><rPr><b/></rPr><t>指标</t></r>
                   <rPh sb="0" eb="2"><t>さんしゅつ</t></rPh></si>
                   <si><t>一行_x000D_
两行_x005F_x0041_</t></si>""",
    )
    assert cells["A1"].value == "产出指标"
    assert cells["B1"].text == "一行\n两行_x0041_"


def test_shared_formulas_are_moved_to_each_cell() -> None:
    """A dependant of a shared formula has the master's text with relative references moved."""
    cells = cells_of(
        """
        <row r="1"><c r="C1"><f t="shared" ref="C1:C2" si="0">A1/$B$1+LOG10(A1)&amp;"A1"</f>
          <v>1</v></c></row>
        <row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>
        <row r="3"><c r="C3"><f>SUM(C1:C2)</f></c></row>
        """
    )
    assert cells["C2"].formula == 'A2/$B$1+LOG10(A2)&"A1"'
    assert (cells["C3"].value, cells["C3"].text, cells["C3"].kind) == (None, "", "z")


def test_rows_and_cells_without_address_follow_the_one_before() -> None:
    """Some writers leave out `r`; position then counts, over style-only cells too."""
    sheet = sheet_of(
        package_bytes(
            '<row><c><v>1</v></c><c s="0"/><c><v>3</v></c></row><row r="5"><c r="D5"><v>4</v></c>'
            "<c><v>5</v></c></row><row><c><v>6</v></c></row>"
        )
    )
    assert {cell.ref: cell.value for cell in sheet.cells.values()} == {
        "A1": 1,
        "C1": 3,
        "D5": 4,
        "E5": 5,
        "A6": 6,
    }


def test_style_only_cells_are_no_cells() -> None:
    """Formatted blank cells, even a million rows below, leave nothing behind."""
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 3000))
    sheet = sheet_of(package_bytes(f'<row r="1"><c r="A1"><v>1</v></c></row>{blank}'))
    assert list(sheet.cells) == [(1, 1)]


def test_phantoms_are_cut_only_where_every_cell_has_its_address() -> None:
    """Cutting the blank cells of a large sheet changes no place of those that stay."""
    blank = "".join(f'<row r="{r}" ht="20"><c r="A{r}" s="1"/></row>' for r in range(2, 30_000))
    first = '<row r="1"><c r="B1"><v>1</v></c></row>'
    last = '<row r="30001"><c r="C30001"><v>2</v></c></row>'
    sheet = sheet_of(package_bytes(first + blank + last))
    assert list(sheet.cells) == [(1, 2), (30001, 3)]
    sheet = sheet_of(package_bytes(first + blank + "<row><c/><c><v>2</v></c></row>"))
    assert list(sheet.cells) == [(1, 2), (30000, 2)]


def test_text_under_a_merge_is_kept_and_known() -> None:
    """What is seen is the top left cell; what lies under a merge is kept and can be told."""
    sheet = sheet_of(
        package_bytes(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>'
            '<c r="C1"><v>3</v></c></row></sheetData><mergeCells>'
            '<mergeCell ref="A1:B2"/><mergeCell ref="C1:C1"/><mergeCell ref="bad"/></mergeCells>'
        )
    )
    assert sheet.merges == (Range(1, 1, 2, 2),)
    assert set(sheet.cells) == {(1, 1), (1, 2), (1, 3)}
    assert covered(sheet) == {(1, 2)}


def test_a_merge_of_whole_columns_costs_nothing() -> None:
    """B1:XFD1048576 is one range, not seventeen thousand million cells."""
    sheet = sheet_of(
        package_bytes(
            '<sheetData><row r="1"><c r="C1"><v>1</v></c></row></sheetData>'
            '<mergeCells><mergeCell ref="B1:XFD1048576"/></mergeCells>'
        )
    )
    assert covered(sheet) == {(1, 3)}


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    """Hidden by attribute or by a height or width of nothing."""
    sheet = sheet_of(
        package_bytes(
            '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>'
            '<sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c></row>'
            '<row r="2" ht="0"><c r="A2"><v>1</v></c></row><row r="3" hidden="1"/></sheetData>',
            state=' state="veryHidden"',
        )
    )
    assert (sheet.hidden, sheet.hidden_rows, sheet.hidden_cols) == (
        True,
        frozenset({1, 2}),
        frozenset({2, 3, 5}),
    )


def test_strict_and_prefixed_namespaces_read_the_same() -> None:
    """ISO Strict files differ in their namespaces only."""
    strict = package_bytes(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        strings="<si><t>总分</t></si>",
        namespace="http://purl.oclc.org/ooxml/spreadsheetml/main",
        office="http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    assert sheet_of(strict).cells[1, 1].value == "总分"


def test_dates_of_1904_are_shown_as_such() -> None:
    """The Mac date system counts from 1904."""
    cells = cells_of(
        '<row r="1"><c r="A1" s="4"><v>43069</v></c></row>',
        styles=STYLES,
        settings='<workbookPr date1904="1"/>',
    )
    assert cells["A1"].text == "2021年12月"


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ('<c r="A1" t="s"><v>7</v></c>', "e", "#REF!"),
        ('<c r="A1" t="s"><v>-1</v></c>', "e", "#REF!"),
        ('<c r="A1"><v>abc</v></c>', "s", "abc"),
        ('<c r="A1"><v>1e999</v></c>', "s", "1e999"),
        ('<c r="A1"><v>１２</v></c>', "s", "１２"),
        ('<c r="A1"><v>1_0</v></c>', "s", "1_0"),
        ('<c r="A1" t="d"><v>not a date</v></c>', "s", "not a date"),
        ('<c r="$A$1"><v>5</v></c>', "n", 5),
        ('<c r="A9"><v>5</v></c>', "n", 5),
        ('<c r="A1" s="x"><v>5</v></c>', "n", 5),
        ('<c r="A1" t="str"><v>_xD83D__xDE00__xD800__x0000_</v></c>', "s", "😀\ufffd"),
    ],
)
def test_what_is_stored_wrongly_is_still_told(cell: str, kind: str, value: object) -> None:
    """A broken cell is an error value or a text that can be written anywhere, never a crash."""
    cells = cells_of(f'<row r="1">{cell}</row>')
    assert (cells["A1"].kind, cells["A1"].value) == (kind, value)


def test_too_many_cells_are_refused() -> None:
    """The limit counts cells with something in them, over all sheets."""
    data = package_bytes('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>')
    with pytest.raises(UnreadableError, match="超过 1 个"):
        read_sheets(Package.open(data), Limits(cells=1))


def test_document_types_are_refused_in_small_and_large_parts() -> None:
    """No workbook declares entities; one that does is not opened."""
    bomb = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    for padding in (b"", b"<!--" + b" " * (9 * 2**20) + b"-->"):
        data = package_bytes(extra={"xl/worksheets/sheet1.xml": bomb + padding})
        with pytest.raises(UnreadableError):
            sheet_of(data)


def test_a_large_part_reads_as_a_small_one() -> None:
    """Beyond eight megabytes the part is read element by element, with the same result."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    merges = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    padding = f"<!--{' ' * 9 * 2**20}-->"
    small = sheet_of(package_bytes(f"<sheetData>{rows}</sheetData>{merges}"))
    large = sheet_of(package_bytes(f"{padding}<sheetData>{rows}</sheetData>{merges}"))
    assert large == small


def test_traits_name_what_else_the_package_holds() -> None:
    """Macros, external links, embedded objects and signatures are told by their parts."""
    data = package_bytes(
        extra={
            "xl/vbaProject.bin": b"",
            "xl/externalLinks/externalLink1.xml": b"<x/>",
            "xl/embeddings/oleObject1.bin": b"",
            "_xmlsignatures/sig1.xml": b"<x/>",
        }
    )
    assert traits_of(Package.open(data)) == {
        "macros",
        "external-links",
        "embedded-objects",
        "signature",
    }
    assert traits_of(Package.open(package_bytes())) == frozenset()
