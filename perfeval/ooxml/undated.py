"""Workbooks of our own, without the time of saving: the same contents give the same bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from lxml import etree
from openpyxl import Workbook

from perfeval.ooxml.elements import serialise
from perfeval.ooxml.package import Package
from perfeval.ooxml.rawzip import Member, pack_pieces, undated
from perfeval.ooxml.sheet_links import LinkedWriter

_DATE = datetime(2000, 1, 1)
REFUSED = etree.SerialisationError  # openpyxl's where the disk refuses what a sheet waits in


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook made with openpyxl; the links of a LinkedWriter are put in."""
    book.properties.created = _DATE
    out = BytesIO()
    book.save(out)
    package = Package.open(out.getvalue())
    out.close()  # a third of what the book takes here
    core = package.source_xml("docProps/core.xml")
    for node in core.iterfind("{*}modified"):
        node.text = f"{_DATE.isoformat()}Z"
    same_date = package.replaced(undated(package.members))
    parts: dict[str, bytes | Member] = {"docProps/core.xml": serialise(core)}
    for sheet in book.worksheets:
        writer = getattr(sheet, "_writer", None)
        if isinstance(writer, LinkedWriter) and (said := writer.relationships()):
            name, content = said
            parts[name] = pack_pieces(name, content, like=same_date.members[name])
    return same_date.with_parts(parts)
