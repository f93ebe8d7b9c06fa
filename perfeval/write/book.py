"""A workbook of our own for submissions that cannot be patched: the grid copied, then annotated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as OwnCell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from perfeval.findings import FileResult, Finding
from perfeval.model import Cell, Sheet, Workbook, column_name
from perfeval.ooxml.elements import serialise
from perfeval.ooxml.geometry import text_width
from perfeval.ooxml.package import Package
from perfeval.ooxml.rawzip import undated
from perfeval.texts import Lang
from perfeval.write.annotation import annotate

_LAST_ROW, _LAST_COL = 1_048_576, 16_384
_LARGEST_MERGE = 10_000  # cells; beyond, a merge is a slip of the hand over whole columns
_WIDEST, _NARROWEST = 44, 9
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_DATE = datetime(2000, 1, 1)  # of the document: the same input gives the same bytes


def findings_book(result: FileResult, workbook: Workbook, *, lang: Lang) -> bytes:
    """A workbook with a copy of the grid, our notes and fills in it, and the sheet 审核意见."""
    names = _sheet_names(workbook)
    book = openpyxl.Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for sheet in workbook.sheets or (Sheet("1", {}),):
        _copy(sheet, book.create_sheet(names.get(sheet.name, "1")))
    book.properties.created = _DATE
    out = BytesIO()
    book.save(out)
    package = undated_copy(out.getvalue())
    return annotate(package, _renamed(result, names), lang=lang)


def undated_copy(data: bytes) -> bytes:
    """A workbook that openpyxl has saved, without the time of saving."""
    package = Package.open(data)
    core = package.source_xml("docProps/core.xml")
    for node in core.iterfind("{*}modified"):
        node.text = f"{_DATE.isoformat()}Z"
    same_date = package.replaced(undated(package.members))
    return same_date.with_parts({"docProps/core.xml": serialise(core)})


def _copy(sheet: Sheet, to: Worksheet) -> None:
    thin = Side(style="thin", color="B0B7C0")
    border, wrap = Border(thin, thin, thin, thin), Alignment(wrap_text=True, vertical="center")
    widths: dict[int, int] = {}
    for (row, col), cell in sheet.cells.items():
        if row > _LAST_ROW or col > _LAST_COL:
            continue
        target = to.cell(row, col)
        assert isinstance(target, OwnCell)  # nothing is merged yet
        _set_value(target, cell)
        target.border, target.alignment = border, wrap
        if cell.merged is None:
            widths[col] = max(widths.get(col, 0), text_width(cell.text) + 2)
    for col, width in widths.items():
        to.column_dimensions[column_name(col)].width = min(max(width, _NARROWEST), _WIDEST)
    _merge(sheet, to)
    for row in sheet.hidden_rows:
        to.row_dimensions[row].hidden = True


def _set_value(target: OwnCell, cell: Cell) -> None:
    """The value as it was read, a text always as a text, whatever it begins with."""
    if isinstance(cell.value, str):
        target.value = ILLEGAL_CHARACTERS_RE.sub("", cell.value)[:32_767]
        target.data_type = "s"
        if cell.value.startswith(("=", "+", "-", "@")):
            target.quotePrefix = True
    else:
        target.value = cell.value
        target.number_format = cell.number_format


def _merge(sheet: Sheet, to: Worksheet) -> None:
    taken: set[tuple[int, int]] = set()
    for block in sheet.merges:
        height, width = block.bottom - block.top + 1, block.right - block.left + 1
        if height * width > _LARGEST_MERGE or block.bottom > _LAST_ROW or block.right > _LAST_COL:
            continue
        inside = {(block.top + r, block.left + c) for r in range(height) for c in range(width)}
        if not inside & taken:
            taken |= inside
            to.merge_cells(block.ref)


def _sheet_names(workbook: Workbook) -> Mapping[str, str]:
    """Names that a workbook may have, by the names that the submission has."""
    names: dict[str, str] = {}
    for number, sheet in enumerate(workbook.sheets, start=1):
        name = ILLEGAL_CHARACTERS_RE.sub("", sheet.name).translate(_FORBIDDEN).strip()[:31]
        taken = {other.casefold() for other in names.values()}
        if not name or name.casefold() in taken:
            name = f"{name[:24]}({number})"
        names[sheet.name] = name
    return names


def _renamed(result: FileResult, names: Mapping[str, str]) -> FileResult:
    def named(finding: Finding) -> Finding:
        return replace(finding, sheet=names.get(finding.sheet or "", finding.sheet))

    forms = tuple(
        replace(
            form,
            sheet=names.get(form.sheet, form.sheet),
            findings=tuple(named(finding) for finding in form.findings),
        )
        for form in result.forms
    )
    return replace(result, forms=forms, findings=tuple(named(f) for f in result.findings))
