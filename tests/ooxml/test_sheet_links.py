"""The links of a sheet are written as openpyxl writes them, without keeping them."""

from __future__ import annotations

from io import BytesIO
from typing import Any  # openpyxl's sheets

import openpyxl
import pytest
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart
from openpyxl.worksheet.hyperlink import Hyperlink

from perfeval.ooxml.package import Package
from perfeval.ooxml.sheet_links import LinkedWriter
from perfeval.ooxml.undated import saved


def book(links: int, *, ours: bool, chart: bool) -> bytes:
    made = openpyxl.Workbook(write_only=True)
    sheet: Any = made.create_sheet("表")
    if ours:
        sheet._writer = LinkedWriter(sheet)
        sheet._writer.write_top()
    for number in range(links):
        cell: Any = WriteOnlyCell(sheet, "差异报告")
        cell._hyperlink = Hyperlink(ref="", target=f"某局/a&b “{number}”.html")
        sheet.append([number, cell])
    sheet.append(["合计"])
    if chart:
        sheet.add_chart(BarChart(), "D4")
    return saved(made)


@pytest.mark.parametrize("links", [0, 1, 30])
@pytest.mark.parametrize("chart", [False, True])
def test_the_parts_are_those_of_openpyxl(links: int, *, chart: bool) -> None:
    """Cells, targets, numbers and the chart's own relationship, with links and without."""
    ours, theirs = (Package.open(book(links, ours=o, chart=chart)) for o in (True, False))
    assert [*ours.members] == [*theirs.members]
    assert all(ours.read(name) == theirs.read(name) for name in ours.members)


def test_a_ready_row_is_a_row_of_openpyxls() -> None:
    """A row handed over as text reads as the same row of cells, and rows of both kinds mix."""
    made = openpyxl.Workbook(write_only=True)
    sheet: Any = made.create_sheet("表")
    sheet._writer = writer = LinkedWriter(sheet)
    writer.write_top()
    sheet.append(["合计", 2])
    writer.append(
        '<row r="2" ht="30" customHeight="1"><c r="A2" t="inlineStr"><is><t>差异</t></is></c>'
        '<c r="B2" t="n"><v>3</v></c></row>'
    )
    writer.link("A2", "某局/甲.html")
    sheet.append([None, 4])
    read = openpyxl.load_workbook(BytesIO(saved(made)))["表"]
    assert list(read.values) == [("合计", 2), ("差异", 3), (None, 4)]
    assert read.row_dimensions[2].height == 30
    assert read["A2"].hyperlink is not None
    assert read["A2"].hyperlink.target == "某局/甲.html"
