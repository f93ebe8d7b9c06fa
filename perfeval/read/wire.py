"""A workbook as JSON, to come back from the worker that read it."""

from __future__ import annotations

import json
from typing import Any

from perfeval.model import Cell, Range, Sheet, Workbook


def to_json(workbook: Workbook) -> bytes:
    """All of a workbook but its path and hash."""
    sheets = [
        [
            sheet.name,
            [
                [c.row, c.col, c.value, c.text, c.formula, c.number_format, c.kind]
                for c in sheet.cells.values()
            ],
            [[m.top, m.left, m.bottom, m.right] for m in sheet.merges],
            sheet.hidden,
            sorted(sheet.hidden_rows),
            sorted(sheet.hidden_cols),
        ]
        for sheet in workbook.sheets
    ]
    content = [workbook.format, sorted(workbook.traits), sheets]
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


def from_json(content: bytes) -> Workbook:
    """The workbook that `to_json` wrote. Raises ValueError on anything else."""
    kind, traits, sheets = json.loads(content)
    return Workbook("", "", tuple(_sheet(*sheet) for sheet in sheets), kind, frozenset(traits))


def _sheet(
    name: str,
    rows: list[list[Any]],  # Any: what JSON holds
    merges: list[list[int]],
    hidden: bool,
    hidden_rows: list[int],
    hidden_cols: list[int],
) -> Sheet:
    cells = {(row[0], row[1]): Cell(*row) for row in rows}
    ranges = tuple(Range(*merge) for merge in merges)
    return Sheet(name, cells, ranges, hidden, frozenset(hidden_rows), frozenset(hidden_cols))
