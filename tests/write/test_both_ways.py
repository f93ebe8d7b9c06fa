"""However a sheet is written: marked as text or by the parser, the copy shows the same.

A remark after the last tag leaves a part to the parser and says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from lxml import etree

from perfeval.findings import Level
from perfeval.ooxml.elements import local
from perfeval.ooxml.package import Package
from perfeval.ooxml.sheet_text import SheetText
from perfeval.write import annotate, strip
from tests.ooxml.books import (
    BOOKS,
    MAIN,
    SHEET,
    members,
    strict_book,
    with_members,
    xlsxwriter_book,
)
from tests.write.results import finding, result

CELLS = ("A2", "B2", "B5", "C1", "C6", "D5", "D6", "E6", "E7", "F3")  # C1 is covered by A1
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

WAYS: Mapping[str, tuple[str, str]] = {
    "as it is": ("", ""),
    "single quotes": (r'="([^"<>]*)"', r"='\1'"),
    "line breaks in tags": (r"<(c|row|mergeCell) ", r"<\1\n  "),
    "blanks before the end of a tag": (r"(?<![/?])>", " >"),
    "blanks between tags": ("><", ">\r\n  <"),
    "rows on lines of their own": ("<row", "\n<row"),
    "another order of attributes": (r'<c (r="\w+") (s="\d+")', r"<c \2 \1"),
    "a sign in an attribute": (r"<(c|row) ", r'<\1 x="a>b" '),
    "a remark": ("<sheetData>", '<!-- <c r="E7"/> --><sheetData>'),
    "an instruction": ("<sheetData>", "<?odd?><sheetData>"),
    "a letter as its number": (r'<c r="E', '<c r="&#69;'),
    "a merge with a letter as its number": ('<mergeCell ref="A', '<mergeCell ref="&#x41;'),
    "merges over two lines": ("<mergeCell ", "<mergeCell\t"),
    "merges of another namespace": ("<mergeCells", '<mergeCells xmlns="urn:other"'),
    "merges by choice": (
        "(<mergeCells.*</mergeCells>)",
        rf'<mc:AlternateContent xmlns:mc="{MC}">\1</mc:AlternateContent>',
    ),
    "a cell by choice": (
        '(<c r="F3".*?</c>)',
        rf'<mc:AlternateContent xmlns:mc="{MC}">\1</mc:AlternateContent>',
    ),
    "merges twice": (
        "</mergeCells>", '</mergeCells><mergeCells><mergeCell ref="D5:D6"/></mergeCells>'
    ),
    "the namespace again": ("<row ", f'<row xmlns="{MAIN}" '),
    "rows without numbers": (r'<row r="\d+"', "<row"),
    "cells without references": (r'<c r="[A-E]\d+"', "<c"),
    "small letters": ('<c r="E', '<c r="e'),
    "a row of another number": ('<row r="7"', '<row r="8"'),
    "a cell twice": ('(<c r="E7".*?</c>)', r"\1\1"),
    "formats that are not there": (r' s="\d+"', ' s="400"'),
    "formats of rows": ("<row (?![^>]*customFormat)", '<row s="1" customFormat="1" '),
    "marks of values": ('<c r="([EF]\\d)"', r'<c cm="1" r="\1"'),
    "cells of others in front": (
        "<sheetData>", '<extLst><ext><c r="E7"/></ext></extLst><sheetData>'
    ),
    "cells of others in a cell": (
        '(<c r="E7".*?)</c>', r'\1<extLst><ext><c r="F7"/></ext></extLst></c>'
    ),
    "tables and a list at the end": (
        "</worksheet>", '<tableParts count="0"/><extLst/></worksheet>'
    ),
    "tables at the end": ("</worksheet>", '<tableParts count="0"/></worksheet>'),
    "no data": ("<sheetData>.*</sheetData>", "<sheetData/>"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("book", ["xlsxwriter", "strict"])
def test_both_ways_show_the_same(book: str, way: str) -> None:
    """Cells, formats, notes and boxes; and every byte of the source comes back."""
    source = written(BOOKS[book](), *WAYS[way])
    found = result(*(finding(n, Level.WARNING, ref) for n, ref in enumerate(CELLS)))
    marked = annotate(source, found, lang="zh")
    assert shown(marked) == shown(annotate(remarked(source), found, lang="zh"))
    assert list(members(strip(marked)).items()) == list(members(source).items())


def test_sheets_are_taken_both_ways() -> None:
    """What is compared here differs: one sheet is plain and holds all cells, the other is not."""
    for source in (xlsxwriter_book(), strict_book()):
        plain, other = (SheetText.of(members(d)[form(d)]) for d in (source, remarked(source)))
        assert plain is not None and all(map(plain.holds, CELLS)) and other is None


def form(data: bytes) -> str:
    """The part of the form."""
    package = Package.open(data)
    sheets = package.xml(package.workbook_part).iterfind("{*}sheets/{*}sheet")
    (rid,) = [str(node.values()[-1]) for node in sheets if node.get("name") == SHEET]
    return package.rels(package.workbook_part)[rid].target


def written(data: bytes, old: str, new: str) -> bytes:
    """The workbook with its form written in another way."""
    name = form(data)
    text = re.sub(old, new, members(data)[name].decode(), flags=re.DOTALL) if old else ""
    return with_members(data, {name: text}) if old else data


def remarked(data: bytes) -> bytes:
    """The workbook with a remark at the end of its sheets and styles."""
    parts = members(data)
    names = [name for name in parts if re.search(r"worksheets/\w+\.xml|styles\.xml", name)]
    return with_members(data, {name: parts[name] + b"<!-- -->" for name in names})


def shown(data: bytes) -> dict[str, object]:
    """Each part by what it says, formats of cells in place of their numbers."""
    parts = members(data)
    styles = next(name for name in parts if name.endswith("styles.xml"))
    formats = formats_of(etree.fromstring(parts[styles]))
    return {
        name: said(etree.fromstring(content), formats) if name.endswith(".xml") else content
        for name, content in parts.items()
        if name != styles and "perfeval/before" not in name
    }


def formats_of(styles: etree._Element) -> list[object]:
    """The cell formats, fills in place of their numbers."""
    fills = [said(fill, []) for fill in styles.iterfind("{*}fills/{*}fill")]
    return [
        (fills[int(xf.get("fillId", "0"))], said(xf, [], "fillId"))
        for xf in styles.iterfind("{*}cellXfs/{*}xf")
    ]


def said(node: etree._Element, formats: list[object], *left_out: str) -> object:
    """An element without its prefixes and remarks."""
    number = "style" if local(node) == "col" else "s"
    known = {
        key: formats[int(value)] if key == number and formats else value
        for key, value in node.attrib.items()
        if key not in (*left_out, "tabSelected")
    }
    children = [said(child, formats) for child in node.iterchildren("*")]
    return node.tag, sorted(known.items(), key=lambda pair: str(pair[0])), node.text, children
