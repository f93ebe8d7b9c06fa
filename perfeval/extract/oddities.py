"""What a reviewer should know of a sheet, whatever its fields say: hidden parts, formulas, an unstated unit."""

from __future__ import annotations

from perfeval.extract.draft import FormDraft
from perfeval.layout import Place


def oddities(form: FormDraft) -> None:
    """Add the remarks that concern the form as a whole."""
    if form.sheet.hidden:
        form.remark("hidden-sheet", "form", form.sheet.name)
    _hidden_rows(form)
    if form.layout.money and not form.layout.money_unit:
        _unstated_unit(form)


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
