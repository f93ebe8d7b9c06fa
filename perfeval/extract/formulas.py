"""Simple formulas computed again from the cells they refer to, and held against what is stored."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval.model import Cell, Range, Sheet
from perfeval.ooxml.arithmetic import Formula, NotArithmetic, Scalar

_LONGEST = 200  # characters of a formula
_CELLS = 2000  # cells of a range
_CLOSE = 1e-9  # relative: what floating point itself may differ by


def contradicted(sheet: Sheet, cell: Cell) -> float | None:
    """What a formula gives where something else is stored; None if it agrees or is not computed."""
    stored = cell.value
    if cell.formula is None or len(cell.formula) > _LONGEST:
        return None
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        return None
    try:
        value = Formula(cell.formula).value(lambda name, block: _values(sheet, name, block))
    except NotArithmetic:
        return None
    return None if abs(value - stored) <= max(abs(stored), 1.0) * _CLOSE else value


def _values(sheet: Sheet, name: str, block: Range) -> Iterator[Scalar]:
    """The cells of a block. A number typed as text leaves open what was meant: NotArithmetic."""
    rows, cols = range(block.top, block.bottom + 1), range(block.left, block.right + 1)
    if name not in ("", sheet.name) or len(rows) * len(cols) > _CELLS:
        raise NotArithmetic(name)
    for row in rows:
        for col in cols:
            cell = sheet.cells.get((row, col))
            if cell is None:
                yield None
                continue
            value = cell.value
            unknown = cell.kind == "e" or (cell.formula is not None and value is None)
            if unknown or (isinstance(value, str) and cell.text[:1].isdigit()):
                raise NotArithmetic(cell.ref)
            if isinstance(value, bool) or value == "":
                yield None
            else:
                yield float(value) if isinstance(value, int) else value
