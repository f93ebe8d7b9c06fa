"""Workbooks of our own for submissions that cannot be patched: the grid copied, then marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as OwnCell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from perfeval.findings import FileResult, Finding, Plan
from perfeval.model import Cell, Sheet, Workbook, column_name
from perfeval.ooxml.geometry import text_width
from perfeval.ooxml.undated import saved
from perfeval.texts import Lang
from perfeval.write.both import Copies, annotate_and_correct

_LAST_ROW, _LAST_COL = 1_048_576, 16_384
_LARGEST_MERGE = 10_000  # cells; beyond, a merge is a slip of the hand over whole columns
_WIDEST, _NARROWEST = 36.0, 9.0
_MOST_LINES, _LINE = 20, 15
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def rebuilt_books(result: FileResult, plan: Plan, workbook: Workbook, *, lang: Lang) -> Copies:
    """The annotated and the corrected copy, made from a copy of the grid."""
    names = _sheet_names(workbook)
    book = openpyxl.Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for sheet in workbook.sheets or (Sheet("1", {}),):
        _copy(sheet, book.create_sheet(names.get(sheet.name, "1")))
    renamed = _renamed(result, names)
    return annotate_and_correct(saved(book), renamed, _renamed_plan(plan, names), lang=lang)


def _copy(sheet: Sheet, to: Worksheet) -> None:
    cells = {
        place: cell
        for place, cell in sheet.cells.items()
        if place[0] <= _LAST_ROW and place[1] <= _LAST_COL
    }
    corners = {(merge.top, merge.left) for merge in sheet.merges}
    unmerged = {place: cell for place, cell in cells.items() if place not in corners}
    widths = _widths(unmerged)
    for (row, col), cell in cells.items():
        target = to.cell(row, col)
        assert isinstance(target, OwnCell)  # nothing is merged yet
        _set_value(target, cell)
    _frame(cells, to)
    for col, width in widths.items():
        to.column_dimensions[column_name(col)].width = width
    for row, height in _heights(unmerged, widths).items():
        to.row_dimensions[row].height = height
    _merge(sheet, to)
    for row in sheet.hidden_rows:
        to.row_dimensions[row].hidden = True
    to.page_setup.paperSize, to.page_setup.orientation = 9, "landscape"
    to.page_setup.fitToHeight = 0
    to.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _widths(cells: Mapping[tuple[int, int], Cell]) -> dict[int, float]:
    """Width of each column: what three quarters of its texts need, within limits."""
    texts: dict[int, list[int]] = {}
    for (_, col), cell in cells.items():
        texts.setdefault(col, []).append(text_width(cell.text) + 2)
    return {
        col: min(max(sorted(needs)[len(needs) * 3 // 4], _NARROWEST), _WIDEST)
        for col, needs in texts.items()
    }


def _heights(
    cells: Mapping[tuple[int, int], Cell], widths: Mapping[int, float]
) -> dict[int, float]:
    """Height of each row: what its texts need where they are wrapped."""
    lines: dict[int, int] = {}
    for (row, col), cell in cells.items():
        need = sum(ceil(text_width(t) / widths[col]) or 1 for t in cell.text.split("\n"))
        lines[row] = max(lines.get(row, 1), min(need, _MOST_LINES))
    return {row: need * _LINE + 3 for row, need in lines.items()}


def _frame(cells: Mapping[tuple[int, int], Cell], to: Worksheet) -> None:
    """Draw the grid: every cell of the block that holds something, blank ones too."""
    thin = Side(style="thin", color="B0B7C0")
    border, wrap = Border(thin, thin, thin, thin), Alignment(wrap_text=True, vertical="center")
    rows, cols = [row for row, _ in cells], [col for _, col in cells]
    block = range(min(rows, default=1), max(rows, default=0) + 1)
    across = range(min(cols, default=1), max(cols, default=0) + 1)
    dense = len(block) * len(across) <= _LARGEST_MERGE
    for row, col in ((r, c) for r in block for c in across) if dense else cells:
        to.cell(row, col).border = border
        to.cell(row, col).alignment = wrap


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


def _renamed_plan(plan: Plan, names: Mapping[str, str]) -> Plan:
    return Plan(
        tuple(replace(patch, sheet=names.get(patch.sheet, patch.sheet)) for patch in plan.patches),
        tuple(replace(left, sheet=names.get(left.sheet, left.sheet)) for left in plan.left_out),
    )
