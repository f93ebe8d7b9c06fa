"""Tables in plain text: fields parted by tabs or commas, a line a row."""

from __future__ import annotations

import re

from perfeval.limits import Limits
from perfeval.model import Cell, Sheet, Workbook
from perfeval.ooxml.grid_cells import too_much
from perfeval.ooxml.plain_text import visible

_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_UNNAMED = "文本"


def read_text(text: str, name: str, limits: Limits) -> Workbook:
    """One sheet called `name`; every field stays the text that it is, numbers too.

    A quote opens a quoted field only if it is closed right before the next delimiter, so that a
    text that begins with a quotation does not swallow the lines after it. The `## ` of a heading is
    not content. Raises UnreadableError beyond the limits.
    """
    text = visible(text)
    delimiter = "\t" if "\t" in text else ","
    cells: dict[tuple[int, int], Cell] = {}
    row = col = 1
    for match in _fields(delimiter).finditer(text):
        quoted, plain, end = match.groups()
        content = quoted.replace('""', '"') if quoted is not None else plain
        if col == 1 and plain and plain.startswith("#"):
            content = _HEADING.sub("", plain, count=1)
        if content.strip():
            cells[row, col] = Cell(row, col, content, content)
            if len(cells) > limits.cells or col > limits.columns or row > limits.rows:
                raise too_much("文本的行或列过多", "too many lines or fields")
        row, col = (row + 1, 1) if end == "\n" else (row, col + 1)
    return Workbook("", "", (Sheet(name or _UNNAMED, cells),), "text")


def _fields(delimiter: str) -> re.Pattern[str]:
    return re.compile(
        rf'(?:"((?:[^"]|"")*+)"(?=[{delimiter}\n]|\Z)|([^{delimiter}\n]*))([{delimiter}\n]|\Z)'
    )
