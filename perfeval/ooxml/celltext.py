"""The texts of one sheet, for sheets of our own that came back through another program."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from perfeval.ooxml.cells import SheetCells, whole_number
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.elements import child, unescape_text
from perfeval.ooxml.workbook import WorkbookPart


def texts(workbook: WorkbookPart, part: str) -> Mapping[str, str]:
    """The text of each cell by reference; numbers as stored, formulas by their result."""
    draft = workbook.draft
    strings = _shared_strings(workbook, draft)
    found = {}
    for ref, cell in SheetCells.of(draft.peek(part)).elements():
        kind, value = cell.get("t", "n"), child(cell, "v")
        text = "" if value is None else value.text or ""
        if kind == "s":
            number = whole_number(text)
            text = strings[number] if text.isdigit() and number < len(strings) else ""
        elif kind == "inlineStr":
            inline = child(cell, "is")
            text = "" if inline is None else _plain(inline)
        elif kind == "str":
            text = unescape_text(text)
        if text:
            found[ref] = text
    return found


def _shared_strings(workbook: WorkbookPart, draft: Draft) -> list[str]:
    part = workbook.related("sharedStrings")
    return [] if part is None else [_plain(node) for node in draft.peek(part).iterfind("{*}si")]


def _plain(holder: etree._Element) -> str:
    nodes = [*holder.iterfind("{*}t"), *holder.iterfind("{*}r/{*}t")]
    return "".join(unescape_text(node.text or "") for node in nodes)
