"""Packages as other programs and broken tools leave them, each odd in one way."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from urllib.parse import quote

from tests.ooxml.books import (
    MAIN,
    REL,
    SPREADSHEET,
    change,
    members,
    openpyxl_book,
    override,
    with_members,
    xlsxwriter_book,
    zipped,
)

ONE, TWO = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK, BOOK_RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, TYPES = "xl/styles.xml", "[Content_Types].xml"


def without(data: bytes, *names: str) -> bytes:
    """The archive without some members, which stay referred to."""
    return zipped({name: content for name, content in members(data).items() if name not in names})


def odd(name: str, edit: Callable[[str], str]) -> Callable[[], bytes]:
    """openpyxl's book with one part changed."""
    return lambda: change(openpyxl_book(), {name: edit})


def put(name: str, old: str, new: str) -> Callable[[], bytes]:
    """openpyxl's book with the first `old` of a part replaced, which must be there."""

    def edit(text: str) -> str:
        assert old in text, (name, old)
        return text.replace(old, new, 1)

    return odd(name, edit)


def encoded(coding: str, *names: str) -> Callable[[], bytes]:
    """Parts in another encoding, with its byte order mark."""

    def made() -> bytes:
        found = members(openpyxl_book())
        changed = {}
        for name in names:
            text = re.sub(r"^<\?xml[^>]*\?>\s*", "", found[name].decode())
            declared = "UTF-16" if coding == "utf-16" else "UTF-8"
            changed[name] = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(coding)
        return with_members(openpyxl_book(), changed)

    return made


def rowless() -> bytes:
    """Rows and cells without positions, rows and cells out of order, remarks between them."""

    def edit(text: str) -> str:
        text = re.sub(r"<dimension [^>]*/>", "", text)
        text = re.sub(r'(<row )r="[345]" ?', r"\1", text)
        text = re.sub(r'(<c )r="[A-F]4" ?', r"\1", text)
        row = '<row r="40"><c r="C40"><v>3</v></c><c r="A40"><v>1</v></c></row>'
        late = '<row r="39"><c r="B39"><v>2</v></c></row>'
        return text.replace("</sheetData>", f"<!-- odd -->{row}<?odd?>{late}</sheetData>")

    return change(openpyxl_book(), {ONE: edit})


def many_formats() -> bytes:
    """As many cell formats as Excel takes."""

    def edit(text: str) -> str:
        xf = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        had = len(re.findall(r"<xf ", re.findall(r"<cellXfs.*?</cellXfs>", text, re.DOTALL)[0]))
        text = re.sub(r'<cellXfs count="\d+"', '<cellXfs count="65490"', text)
        return text.replace("</cellXfs>", xf * (65_490 - had) + "</cellXfs>")

    return change(openpyxl_book(), {STYLES: edit})


def chart_sheet_first() -> bytes:
    """A chart sheet before the form, which opens on it; a dialog sheet that leads nowhere."""
    sheet = f'<chartsheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetViews>' \
        '<sheetView tabSelected="1" workbookViewId="0"/></sheetViews></chartsheet>'  # fmt: skip
    data = change(
        openpyxl_book(),
        {
            BOOK: lambda text: text.replace(
                "<sheets>",
                '<sheets><sheet name="图" sheetId="90" r:id="rId90" '
                f'xmlns:r="{REL}"/><sheet name="无" sheetId="91" state="veryHidden" r:id="rId91" '
                f'xmlns:r="{REL}"/>',
            ),
            BOOK_RELS: lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId90" Type="{REL}/chartsheet" '
                'Target="chartsheets/sheet1.xml"/></Relationships>',
            ),
            TYPES: lambda text: text.replace(
                "</Types>",
                override("/xl/chartsheets/sheet1.xml", f"{SPREADSHEET}.chartsheet+xml")
                + "</Types>",
            ),
        },
    )
    return with_members(data, {"xl/chartsheets/sheet1.xml": sheet})


def odd_names() -> bytes:
    """Parts under names of their own, with spaces and Chinese, led to by absolute paths."""
    parts = members(openpyxl_book())
    rels_of = "xl/worksheets/_rels/sheet1.xml.rels"
    new = {ONE: "表/自评 表%1.xml", rels_of: "表/_rels/自评 表%1.xml.rels"}
    renamed = {new.get(name, name): content for name, content in parts.items()}
    address = "/" + quote(new[ONE])
    types = renamed[TYPES].decode().replace("/" + ONE, address)
    rels = re.sub(r'Target="[^"]*sheet1\.xml"', f'Target="{address}"', renamed[BOOK_RELS].decode())
    return zipped({**renamed, TYPES: types, BOOK_RELS: rels})


def notes_without_boxes() -> bytes:
    """Notes whose drawing is gone, one without a text, authors missing."""

    def edit(text: str) -> str:
        text = re.sub(r"<authors>.*?</authors>", "<authors/>", text, flags=re.DOTALL)
        return text.replace("</commentList>", '<comment ref="B2"/></commentList>')

    return change(
        openpyxl_book(),
        {
            "xl/comments/comment1.xml": edit,
            ONE: lambda text: re.sub(r"<legacyDrawing [^>]*/>", "", text),
        },
    )


def foreign_vml() -> bytes:
    """Boxes drawn under other prefixes and without an id map, as converters write them."""
    name = next(n for n in members(xlsxwriter_book()) if n.endswith("vmlDrawing1.vml"))

    def edit(text: str) -> str:
        text = re.sub(r"<o:shapelayout.*?</o:shapelayout>", "", text, flags=re.DOTALL)
        return text.replace("v:", "vml:").replace("xmlns:v=", "xmlns:vml=")

    return change(xlsxwriter_book(), {name: edit})


def stored_with_folders() -> bytes:
    """Members stored, folders among them, names with backslashes, zip64 fields, a comment."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("xl/"), b"")
        for name, content in members(openpyxl_book()).items():
            stored = name.replace("/", "\\") if "theme" in name else name
            info = zipfile.ZipInfo("x")
            info.filename = stored
            with archive.open(info, "w", force_zip64=True) as member:
                member.write(content)
        archive.comment = b"made elsewhere"
    data = out.getvalue()
    assert struct.pack("<H", 45) in data  # version 4.5: zip64
    return data


def two_tabs_one_part() -> bytes:
    """Two tabs that show the same part."""
    return change(
        openpyxl_book(),
        {
            BOOK: lambda text: text.replace(
                "</sheets>",
                f'<sheet name="又一张" sheetId="70" r:id="rId1" xmlns:r="{REL}"/></sheets>',
            )
        },
    )


def prefixes_everywhere() -> bytes:
    """Every part of the workbook under a prefix, its comments, too."""

    def prefix(text: str) -> str:
        text = re.sub(r"<(/?)(?![?!/]|\w+:)", r"<\1x:", text)
        return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')

    parts = [BOOK, STYLES, ONE, TWO, "xl/sharedStrings.xml", "xl/comments/comment1.xml"]
    return change(openpyxl_book(), dict.fromkeys(parts, prefix))


def bare() -> bytes:
    """No .rels of the package, no properties, no content type of a sheet."""
    parts = members(openpyxl_book())
    second = rb'<Override PartName="/xl/worksheets/sheet2\.xml"[^>]*/>'
    parts[TYPES] = re.sub(second, b"", parts[TYPES])
    return without(zipped(parts), "_rels/.rels", "docProps/app.xml", "docProps/core.xml")


ODD_BOOKS: Mapping[str, Callable[[], bytes]] = {
    "no styles": lambda: without(openpyxl_book(), STYLES),
    "no shared strings": lambda: without(openpyxl_book(), "xl/sharedStrings.xml"),
    "no theme": lambda: without(openpyxl_book(), "xl/theme/theme1.xml"),
    "no formats": odd(STYLES, lambda t: re.sub(r"<cellXfs.*</cellXfs>", "", t, flags=re.DOTALL)),
    "no formats, many pointed to": lambda: change(
        openpyxl_book(),
        {
            STYLES: lambda t: re.sub(r"<cellXfs.*</cellXfs>", "", t, flags=re.DOTALL),
            ONE: lambda t: re.sub(r'<c r="B(\d)"', r'<c r="B\1" s="12345"', t),
        },
    ),
    "no fills": odd(STYLES, lambda t: re.sub(r"<fills.*</fills>", "", t, flags=re.DOTALL)),
    "empty styles": odd(STYLES, lambda _: f'<styleSheet xmlns="{MAIN}"/>'),
    "chart sheet first": chart_sheet_first,
    "very hidden": odd(BOOK, lambda t: re.sub('state="[a-z]+"', 'state="veryHidden"', t)),
    "byte order mark": encoded("utf-8-sig", BOOK, ONE, STYLES, TYPES, BOOK_RELS),
    "utf-16": encoded("utf-16", BOOK, ONE, STYLES, "xl/comments/comment1.xml"),
    "utf-16 lists": encoded("utf-16", TYPES, BOOK_RELS),
    "rows without numbers": rowless,
    "no data": odd(ONE, lambda t: re.sub(r"<sheetData.*</sheetData>", "", t, flags=re.DOTALL)),
    "no views": odd(BOOK, lambda t: re.sub(r"<bookViews.*</bookViews>", "", t, flags=re.DOTALL)),
    "locked": put(BOOK, "<workbookProtection", '<workbookProtection lockStructure="1"'),
    "locked sheet": put(ONE, "</sheetData>", '</sheetData><sheetProtection sheet="1"/>'),
    "whole column merged": put(ONE, "<mergeCell ", '<mergeCell ref="H1:H1048576"/><mergeCell '),
    "odd names": odd_names,
    "notes without boxes": notes_without_boxes,
    "foreign vml": foreign_vml,
    "stored": stored_with_folders,
    "two tabs, one part": two_tabs_one_part,
    "prefixes": prefixes_everywhere,
    "bare": bare,
    "windows lines": odd(ONE, lambda t: t.replace("><", ">\r\n  <")),
    "empty target": put(
        BOOK_RELS,
        "</Relationships>",
        f'<Relationship Id="rIdX" Type="{REL}/externalLink" Target=""/></Relationships>',
    ),
    "unknown elements": put(ONE, "</sheetData>", '</sheetData><future xmlns="urn:future"/>'),
    "last cell": put(
        ONE, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
}
