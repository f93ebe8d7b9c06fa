"""Results of formulas put into a workbook of ours: openpyxl writes formulas without them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from perfeval.ooxml.cells import SheetCells
from perfeval.ooxml.elements import child, namespace, serialise
from perfeval.ooxml.package import Package

_SHEET = "xl/worksheets/sheet1.xml"


def with_results(data: bytes, results: Mapping[str, str]) -> bytes:
    """The workbook with the result of each formula cell of its first sheet: a number as text, or
    "" for a blank.
    """
    package = Package.open(data)
    root = package.source_xml(_SHEET)
    cells = SheetCells.of(root)
    for ref, result in results.items():
        if result:
            cells.set_cached(ref, result)
        else:
            _blank(cells, ref)
    return package.with_parts({_SHEET: serialise(root)})


def _blank(cells: SheetCells, ref: str) -> None:
    cell = cells.find(ref)
    if cell is None or child(cell, "f") is None:
        return
    cell.set("t", "str")
    value = child(cell, "v")
    if value is None:
        value = etree.SubElement(cell, f"{{{namespace(cells.root)}}}v")
    value.text = ""
