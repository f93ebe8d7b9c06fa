"""Cells of a worksheet part: found, made in order, given values."""

from __future__ import annotations

import pytest
from lxml import etree

from perfeval.ooxml.cells import SheetCells
from perfeval.ooxml.elements import escape_text, serialise, unescape_text
from tests.ooxml.books import MAIN


def sheet(rows: str, before: str = "", after: str = "") -> SheetCells:
    """A worksheet with the rows given."""
    text = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return SheetCells.of(etree.fromstring(text))


def data(cells: SheetCells) -> str:
    """The rows as text."""
    node = cells.root.find(f"{{{MAIN}}}sheetData")
    assert node is not None
    text = etree.tostring(node, encoding="unicode", with_tail=False)
    return (
        text.replace(f' xmlns="{MAIN}"', "")
        .removeprefix("<sheetData>")
        .removesuffix("</sheetData>")
    )


def test_a_new_cell_stands_in_order() -> None:
    """A cell is put between its neighbours, a row between its own."""
    cells = sheet('<row r="1"><c r="A1"/><c r="C1"/></row><row r="5"><c r="A5"/></row>')
    cells.set_number("B1", "1")
    cells.set_number("B3", "2")
    assert data(cells) == (
        '<row r="1"><c r="A1"/><c r="B1"><v>1</v></c><c r="C1"/></row>'
        '<row r="3"><c r="B3"><v>2</v></c></row><row r="5"><c r="A5"/></row>'
    )


def test_positions_that_are_implied_stay() -> None:
    """Cells and rows without a reference keep their places when one is put before them."""
    cells = sheet("<row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row>")
    assert cells.find("B2") is not None
    skipping = sheet('<row r="2"><c r="B2"/><c/></row><row/>')
    skipping.set_number("A2", "1")
    skipping.set_number("A1", "0")
    assert data(skipping) == (
        '<row r="1"><c r="A1"><v>0</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"/><c/></row><row/>'
    )


def test_a_new_cell_has_the_format_of_its_row_or_column() -> None:
    """A row's format goes before a column's."""
    cells = sheet(
        '<row r="1" s="3" customFormat="1"/><row r="2" s="4"/>',
        before='<cols><col min="2" max="3" width="9" style="5"/></cols>',
    )
    assert [cells.style(ref) for ref in ("B1", "B2", "B9", "D2")] == [3, 5, 5, 0]
    assert cells.ensure("C2").get("s") == "5"


def test_a_text_is_written_inline_and_stays_a_text() -> None:
    """ "=100%" is a text in these forms: no formula, no shared string touched."""
    cells = sheet('<row r="1"><c r="A1" s="2" t="s" cm="1"><v>0</v></c></row>')
    cells.set_text("A1", "=100%")
    assert data(cells) == (
        '<row r="1"><c r="A1" s="2" t="inlineStr"><is><t>=100%</t></is></c></row>'
    )


def test_a_number_keeps_the_format() -> None:
    """Only the value and its type change."""
    cells = sheet('<row r="1"><c r="A1" s="7" t="str"><f>1</f><v>x</v></c></row>')
    cells.set_number("A1", "9.996")
    assert data(cells) == ('<row r="1"><c r="A1" s="7"><v>9.996</v></c></row>')


def test_hints_grow_with_the_sheet() -> None:
    """spans and dimension include a new cell."""
    cells = sheet('<row r="1" spans="1:2"><c r="A1"/></row>', before='<dimension ref="A1:B1"/>')
    cells.ensure("D3")
    cells.ensure("C1")
    assert 'ref="A1:D3"' in serialise(cells.root).decode()
    assert 'spans="1:3"' in data(cells)


@pytest.mark.parametrize(
    ("ref", "anchor"), [("B2", "B2"), ("C3", "B2"), ("D4", "D4"), ("A1048576", "A1")]
)
def test_a_merge_is_marked_at_its_top_left(ref: str, anchor: str) -> None:
    """Merges of any size lead to the cell that shows; broken ones are left out."""
    merges = (
        '<mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="A1:A1048576"/>'
        '<mergeCell ref="#REF!"/></mergeCells>'
    )
    assert sheet("", after=merges).anchor(ref) == anchor


@pytest.mark.parametrize("text", ["_x0041_", "a\x01b", "换\n行", "=1", "_x_", "\ud800", "a\rb"])
def test_text_escapes_turn_around(text: str) -> None:
    """What XML cannot hold, and what looks like an escape, comes back as it was."""
    stored = escape_text(text)
    assert unescape_text(stored) == text
    etree.fromstring(f"<t>{stored}</t>")


def test_a_literal_escape_is_escaped() -> None:
    """_x0041_ typed by a person is not the letter A."""
    assert escape_text("_x0041_") == "_x005F_x0041_"
