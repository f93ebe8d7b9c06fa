"""What a reviewer should know of a sheet: hidden parts, formulas, an unstated unit."""

from __future__ import annotations

from perfeval.extract.draft import FormDraft
from perfeval.extract.formulas import contradicted
from perfeval.layout import Place

_SOME = 3  # formulas in a column make it a column of formulas


def oddities(form: FormDraft) -> None:
    """Add the remarks that concern the form as a whole."""
    if form.sheet.hidden:
        form.remark("hidden-sheet", "form", form.sheet.name)
    _hidden_rows(form)
    _formulas(form)
    if form.layout.money and not form.layout.money_unit:
        _unstated_unit(form)


def _formulas(form: FormDraft) -> None:
    """Stored results that their operands contradict, and typed numbers among formulas."""
    layout = form.layout
    cells = [cell for cell in form.sheet.cells.values() if cell.formula is not None]
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        if layout.top <= cell.row <= layout.bottom and contradicted(form.sheet, cell) is not None:
            form.remark("stale-formula", "formula", cell.text, Place(cell.row, cell.col))
    if len(cells) < _SOME:
        return
    for block in layout.indicators:
        for role in ("points", "score"):
            column = block.col(role)
            if column is not None:
                _typed_among_formulas(form, column.left, block.head + 1, block.bottom)


def _typed_among_formulas(form: FormDraft, col: int, top: int, bottom: int) -> None:
    """A number where every other row of its column has a formula."""
    # by the cells that there are: a stray one puts the bottom of a table at row 1,048,576
    cells = [
        cell
        for (row, column), cell in form.sheet.cells.items()
        if column == col and top <= row <= bottom
    ]
    typed = [Place(cell.row, col) for cell in cells if cell.formula is None and cell.kind == "n"]
    formulas = sum(cell.formula is not None for cell in cells)
    if formulas >= _SOME and len(typed) == 1:
        seen = form.cell(typed[0])
        form.remark("overwritten-formula", "formula", seen.text if seen else "", typed[0])


def _hidden_rows(form: FormDraft) -> None:
    layout = form.layout
    blocks = [(block.top, block.bottom) for block in layout.money]
    blocks += [(block.top, block.bottom) for block in layout.indicators]
    for row in sorted(form.sheet.hidden_rows):
        items = form.grid.items(row)
        if items and any(top <= row <= bottom for top, bottom in blocks):
            form.remark("hidden-row", "row", str(row), Place(items[0].row, items[0].col))
            return


def _unstated_unit(form: FormDraft) -> None:
    """No unit in the headings: only where the figures carry none either."""
    block = form.layout.money[0]
    for row in block.rows:
        for place in row.fields.values():
            cell = form.cell(place)
            if cell is not None and cell.text.rstrip().endswith("元"):
                return
    items = form.grid.items(block.top)
    form.remark("unclear-money-unit", "money_unit", "", Place(items[0].row, items[0].col))
