"""Sheets and formats changed as text: the same as by the parser, or left to it."""

from __future__ import annotations

import pytest

from perfeval.findings import Level
from perfeval.ooxml.package import Package
from perfeval.ooxml.sheet_text import SheetText, with_notes_drawing
from perfeval.ooxml.style_text import StyleText
from perfeval.ooxml.styles import solid
from perfeval.write import annotate, strip
from tests.ooxml.books import MAIN, change, members, xlsxwriter_book
from tests.ooxml.harness import faults
from tests.write.results import finding, result

SHEET = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" s="3" t="s"><v>0</v></c>'
    '<c r="B1"/></row></sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
    "<tableParts/></worksheet>"
)


def test_only_the_format_of_a_cell_changes() -> None:
    """What stands around it stays as it was written, wherever the cell is merged to."""
    sheet = SheetText.of(SHEET.encode())
    assert sheet is not None and sheet.anchor("A2") == "A1"
    assert [sheet.style("A1"), sheet.style("B1"), sheet.holds("C1")] == [3, 0, False]
    changed = SHEET.replace('"A1" s="3"', '"A1" s="9"').replace('"B1"', '"B1" s="8"')
    assert sheet.with_styles({"B1": 8, "A1": 9}).decode() == changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<sheetData>", "<!-- <c r='A1'> --><sheetData>"),
        ("worksheet", "x:worksheet"),
        ('ref="A1:A2"', "ref='A1:A2'"),
        ("mergeCell ref", "mergeCell\nref"),
        ("</mergeCells>", '</mergeCells><mergeCells><mergeCell ref="B1:B2"/></mergeCells>'),
        ("<mergeCells", '<mergeCells xmlns="urn:other"'),
        ("<worksheet ", f'<worksheet xmlns:x="{MAIN}" '),
        ("<worksheet ", '<?xml version="1.0" encoding="GBK"?><worksheet '),
        ("<tableParts/>", "<mc:AlternateContent/>"),
        ("<sheetData>", '<extLst><ext><c r="B1"/></ext></extLst><sheetData>'),
        ('<c r="B1"/>', '<c r="B1"><extLst><ext><c r="C1"/></ext></extLst></c>'),
    ],
)
def test_what_is_written_in_another_way_is_left_to_the_parser(old: str, new: str) -> None:
    """Comments, prefixes, blanks, other quotes and encodings, cells that are none of the grid."""
    assert old in SHEET and SheetText.of(SHEET.replace(old, new).encode()) is None


@pytest.mark.parametrize("row", ["<row>", '<row r="2">', '<row spans="1:2" r="1">'])
def test_a_cell_is_held_only_in_a_row_of_its_number(row: str) -> None:
    """A cell whose row says another number, or none, is looked for by the parser."""
    sheet = SheetText.of(SHEET.replace('<row r="1">', row).encode())
    assert sheet is not None and not sheet.holds("B1")


def test_the_drawing_of_notes_stands_where_the_schema_has_it() -> None:
    """Before the tables of the sheet; not guessed where a list of extensions may be nested."""
    made = with_notes_drawing(SHEET.encode(), 'r:id="a"')
    assert made is not None and b'</mergeCells><legacyDrawing r:id="a"/><tableParts/>' in made
    assert with_notes_drawing(SHEET.replace("<tableParts/>", "<extLst/>").encode(), "") is None


def test_a_format_is_cloned_with_another_fill() -> None:
    """Everything else of it is kept, the clone is made once and counted."""
    fills = f"<fills><fill/><fill/>{solid('FFC7CE')}</fills>"
    formats = (
        '<cellXfs count="1"><xf fontId="4" fillId="1"><alignment wrapText="1"/></xf></cellXfs>'
    )
    styles = StyleText.of(f'<styleSheet xmlns="{MAIN}">{fills}{formats}</styleSheet>'.encode())
    assert styles is not None and styles.fill_xml(0) == "<fill/>"
    assert [styles.with_fill(0, "FFC7CE"), styles.with_fill(7, "FFC7CE")] == [1, 1]
    assert (
        b'<cellXfs count="2"><xf fontId="4" fillId="1"><alignment wrapText="1"/></xf>'
        b'<xf fontId="4" fillId="2" applyFill="1"><alignment wrapText="1"/></xf></cellXfs>'
    ) in styles.to_bytes()


def test_a_clone_is_cloned() -> None:
    """Two tabs may show one sheet: what the first has filled the second fills again."""
    fills = f"<fills><fill/>{solid('FFC7CE')}{solid('DDEBF7')}</fills>"
    formats = '<cellXfs count="1"><xf fontId="4"/></cellXfs>'
    styles = StyleText.of(f'<styleSheet xmlns="{MAIN}">{fills}{formats}</styleSheet>'.encode())
    assert styles is not None
    first = styles.with_fill(0, "FFC7CE")
    assert styles.fill_xml(first) == solid("FFC7CE")
    assert styles.with_fill(first, "DDEBF7") == 2
    assert b'<xf fontId="4" fillId="2" applyFill="1"/></cellXfs>' in styles.to_bytes()


def test_both_ways_lose_nothing() -> None:
    """A sheet that only the parser can take is marked and stripped as one that is plain."""
    plain = xlsxwriter_book()
    name = next(name for name in Package.open(plain).names() if "worksheets/sheet" in name)
    odd = change(plain, {name: lambda text: text.replace("<sheetData>", "<sheetData >")})
    for book in (plain, odd):
        marked = annotate(book, result(finding(1, Level.ERROR, "E7")), lang="zh")
        assert faults(book, marked) == []
        assert list(members(strip(marked)).items()) == list(members(book).items())
