"""Notes: beside those that are there, in one that is there, and never in a conversation."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from lxml import etree

from perfeval.ooxml import vml
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.geometry import Grid, box, text_width
from perfeval.ooxml.notes import Placed, SheetNotes, note_text
from perfeval.ooxml.package import Package
from perfeval.ooxml.workbook import WorkbookPart
from tests.ooxml.books import (
    BOOKS,
    SHEET,
    alternate_book,
    change,
    members,
    openpyxl_book,
    threaded_book,
    xlsxwriter_book,
)


def noted(data: bytes, *refs: str, text: str = "标题\n内容") -> tuple[bytes, list[Placed]]:
    """The workbook with a note at each of `refs` of the form."""
    draft = Draft(Package.open(data))
    workbook = WorkbookPart.of(draft)
    entry = workbook.sheet(SHEET)
    assert entry is not None
    notes = SheetNotes(workbook, entry.part, "perfeval")
    placed = [notes.add(ref, text, opening="[审核] ") for ref in refs]
    notes.finish()
    return draft.to_bytes(), placed


def texts(data: bytes) -> dict[str, str]:
    """All notes of the form by cell."""
    package = Package.open(data)
    draft = Draft(package)
    entry = WorkbookPart.of(draft).sheet(SHEET)
    assert entry is not None
    (part,) = [rel.target for rel in package.rels(entry.part).values() if rel.kind == "comments"]
    return {
        node.get("ref", ""): note_text(node) for node in package.xml(part).iterfind(".//{*}comment")
    }


@pytest.mark.parametrize("book", sorted(BOOKS))
def test_a_note_is_written_in_any_book(book: str) -> None:
    """A note at a bare cell is new, whatever the sheet holds."""
    data, placed = noted(BOOKS[book](), "C5")
    assert placed == [Placed.NEW]
    assert texts(data)["C5"] == "标题\n内容"


def test_a_note_of_the_submitter_is_continued() -> None:
    """Their text stays, ours is appended in a run of its own; no second box is drawn."""
    data, placed = noted(xlsxwriter_book(), "A3")
    assert placed == [Placed.APPENDED]
    assert texts(data)["A3"] == "单位自己的批注\n[审核] 标题\n内容"
    before, after = (
        members(book)["xl/drawings/vmlDrawing1.vml"].decode() for book in (xlsxwriter_book(), data)
    )
    size = r"width:[\d.]+pt;height:[\d.]+pt|<x:Anchor>[^<]*"
    assert re.sub(size, "", after) == re.sub(size, "", before)
    tall, grown = (float(re.findall(r"height:([\d.]+)pt", text)[0]) for text in (before, after))
    assert grown >= tall


def test_a_box_grows_with_a_long_text() -> None:
    """A box that is too small for the text appended to its note is enlarged from its own corner."""
    source = xlsxwriter_book()
    data, _ = noted(source, "A3", text="标题\n" + "很长的意见" * 60)
    before, after = (_anchors(book) for book in (source, data))
    ((corner, grown),) = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert grown[:4] == corner[:4]
    assert grown[6] > corner[6]


def _anchors(book: bytes) -> list[list[int]]:
    text = members(book)["xl/drawings/vmlDrawing1.vml"].decode()
    return [
        [int(number) for number in anchor.split(",")]
        for anchor in re.findall(r"<x:Anchor>([^<]*)", text)
    ]


def test_a_conversation_is_left_alone() -> None:
    """A threaded comment is not ours to write into."""
    assert noted(threaded_book(), "E7", "E6")[1] == [Placed.REFUSED, Placed.NEW]


def test_taking_away_leaves_theirs() -> None:
    """Our notes and our part of theirs go, the rest is as it was."""
    data, _ = noted(xlsxwriter_book(), "A3", "C5")
    draft = Draft(Package.open(data))
    workbook = WorkbookPart.of(draft)
    entry = workbook.sheet(SHEET)
    assert entry is not None

    def ours(author: str, text: str) -> int | None:
        start = text.find("\n[审核]")
        return 0 if author == "perfeval" else (start if start >= 0 else None)

    taken = SheetNotes(workbook, entry.part, "perfeval").remove(ours)
    assert set(taken) == {"A3", "C5"}
    after = draft.to_bytes()
    assert texts(after) == texts(xlsxwriter_book())
    assert (
        b"<x:Row>4</x:Row><x:Column>2</x:Column>"
        not in members(after)["xl/drawings/vmlDrawing1.vml"]
    )


def test_the_last_note_takes_its_parts_with_it() -> None:
    """Where only our notes were, no part and no reference is left."""
    source = alternate_book()
    data, _ = noted(source, "C5")
    draft = Draft(Package.open(data))
    workbook = WorkbookPart.of(draft)
    entry = workbook.sheet(SHEET)
    assert entry is not None
    SheetNotes(workbook, entry.part, "perfeval").remove(lambda author, _: 0 if author else None)
    after = members(draft.to_bytes())
    assert set(after) == set(members(source))
    assert b"legacyDrawing" not in after["xl/worksheets/sheet1.xml"]


def test_the_drawing_goes_before_wrapped_controls() -> None:
    """legacyDrawing stands before mc:AlternateContent that wraps controls."""
    data, _ = noted(alternate_book(), "C5")
    text = members(data)["xl/worksheets/sheet1.xml"].decode()
    assert text.index("legacyDrawing") < text.index("AlternateContent")


def test_a_header_picture_is_not_the_notes_part() -> None:
    """legacyDrawingHF has the same relationship type: our boxes are not drawn into it."""
    source = members(xlsxwriter_book())
    header = next(n for n, c in source.items() if n.endswith(".vml") and b"LH" in c)
    data, _ = noted(xlsxwriter_book(), "C5")
    assert members(data)[header] == source[header]


def test_a_dangling_author_does_not_become_us() -> None:
    """A note whose author is not listed stays without one."""
    broken = change(
        openpyxl_book(),
        {"xl/comments/comment1.xml": lambda text: text.replace('authorId="0"', 'authorId="2"')},
    )
    data, _ = noted(broken, "C5")
    comments = members(data)["xl/comments/comment1.xml"].decode()
    assert re.findall(r'ref="(\w+)" authorId="(\d)"', comments)[-1] == ("C5", "3")


def test_boxes_are_spliced_into_what_is_no_xml() -> None:
    """VML is often broken XML: shapes go in before its end, nothing else changes."""
    broken = (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        b'xmlns:o="urn:schemas-microsoft-com:office:office">'
        b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/></o:shapelayout>'
        b'<v:shape id="_x0000_s3073"><br></v:shape></xml>\n'
    )
    grown = vml.with_notes(broken, [vml.NoteBox(0, 0, (220, 60), "1,2")], free_block=9)
    assert grown.startswith(broken[:-7])
    assert b'id="_x0000_s3074"' in grown
    assert b'xmlns:x="urn:schemas-microsoft-com:office:excel" id=' in grown


def test_a_full_block_claims_a_new_one() -> None:
    """Shape ids never leave the blocks that the part names."""
    part = vml.empty(1).replace(b"</xml>", b'<v:shape id="_x0000_s2047"></v:shape></xml>')
    grown = vml.with_notes(part, [vml.NoteBox(0, 0, (220, 60), "1")], free_block=4)
    assert b'data="1,4"' in grown
    assert b'id="_x0000_s4097"' in grown


def test_a_box_is_as_high_as_its_text() -> None:
    """Longer texts get larger boxes, up to a limit."""
    sizes = [box("一句话"), box("很长的一段话" * 20), box("很长的一段话" * 500)]
    assert sizes == sorted(sizes)
    assert sizes[-1][1] <= 640
    assert text_width("ab中文") == 6


def test_hidden_rows_take_no_room() -> None:
    """The box is anchored by the rows and columns that show."""
    package = Package.open(xlsxwriter_book())
    grid = Grid.of(package.xml("xl/worksheets/sheet1.xml"))
    first, *_, last, _ = map(int, grid.anchor(9, 1, (100, 60)).split(","))
    assert first == 1
    assert last == 11  # counted from 0: rows 7, 8 and 10, the hidden 9 between them


def test_no_box_has_an_id_that_is_taken() -> None:
    """Ids follow those there, whatever prefix they stand under."""
    data, _ = noted(openpyxl_book(), "C5", "C6", "D5")
    drawing = next(content for name, content in members(data).items() if name.endswith(".vml"))
    ids = re.findall(rb'\bid="(_x0000_s\d+)"', drawing)
    assert len(set(ids)) == len(ids) == 4


def test_the_boxes_of_each_sheet_have_a_block_of_their_own() -> None:
    """Two sheets that get their first notes together do not share ids."""
    book = openpyxl.Workbook()
    book.create_sheet("二")
    out = BytesIO()
    book.save(out)
    draft = Draft(Package.open(out.getvalue()))
    workbook = WorkbookPart.of(draft)
    for entry in workbook.sheets():
        notes = SheetNotes(workbook, entry.part, "perfeval")
        notes.add("A1", "甲", opening="")
        notes.finish()
    drawings = [content or b"" for name, content in draft.parts().items() if ".vml" in name]
    assert [re.findall(rb'data="(\d+)"', drawing) for drawing in drawings] == [[b"1"], [b"2"]]


def test_prefixes_are_declared_where_the_root_does_not() -> None:
    """A prefix that only an inner element declares, or that means something else, is not used."""
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="_x0000_s1025"/>'
    content = f'<xml xmlns:x="urn:other">{shape}</xml>'.encode()
    made = vml.with_notes(content, [vml.NoteBox(0, 0, (90, 60), "")], free_block=1)
    root = etree.fromstring(made)
    assert {node.tag.partition("}")[0] for node in root} == {"{urn:schemas-microsoft-com:vml"}
