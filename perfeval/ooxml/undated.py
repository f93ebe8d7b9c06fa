"""Workbooks of our own, without the time of saving: the same contents give the same bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from lxml import etree
from openpyxl import Workbook

from perfeval.ooxml.elements import serialise
from perfeval.ooxml.package import Package
from perfeval.ooxml.rawzip import undated

_DATE = datetime(2000, 1, 1)
REFUSED = etree.SerialisationError  # openpyxl's where the disk refuses what a sheet waits in


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook made with openpyxl."""
    book.properties.created = _DATE
    out = BytesIO()
    book.save(out)
    package = Package.open(out.getvalue())
    core = package.source_xml("docProps/core.xml")
    for node in core.iterfind("{*}modified"):
        node.text = f"{_DATE.isoformat()}Z"
    same_date = package.replaced(undated(package.members))
    return same_date.with_parts({"docProps/core.xml": serialise(core)})
