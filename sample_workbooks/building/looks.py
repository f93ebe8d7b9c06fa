"""How the cells look: fonts, borders and number formats as finance offices use them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any  # properties of XlsxWriter's formats

from .page import Entry, Formula, Page

_BOX = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
_PLAIN = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"},
    "centre-plain": {**_PLAIN, "align": "center"},
    "note": {**_PLAIN, "align": "left", "font_size": 9},
    "label": {**_BOX, "align": "center"},
    "text": {**_BOX, "align": "center"},
    "left": {**_BOX, "align": "left"},
    "money": {**_BOX, "align": "right", "num_format": "#,##0.00"},
    "money-plain": {**_BOX, "align": "center", "num_format": "General"},
    "percent": {**_BOX, "align": "center", "num_format": "0.00%"},
    "percent-whole": {**_BOX, "align": "center", "num_format": "0%"},
    "points": {**_BOX, "align": "center", "num_format": "General"},
    "points-2": {**_BOX, "align": "center", "num_format": "0.00"},
    "typed": {**_BOX, "align": "center", "num_format": "@"},
    "date": {**_BOX, "align": "center", "num_format": 'yyyy"年"m"月"d"日"'},
    "big-label": {**_BOX, "align": "center", "bold": True, "bg_color": "#F2F2F2"},
}


def shown(entry: Entry) -> str:
    """What the cell shows, for the text formats."""
    value = entry.value.result if isinstance(entry.value, Formula) else entry.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    number_format = STYLES[entry.style].get("num_format", "General")
    if number_format == "#,##0.00":
        return f"{value:,.2f}"
    if number_format == "0.00%":
        return f"{value * 100:.2f}%"
    if number_format == "0%":
        return f"{value * 100:.0f}%"
    return f"{value:.10g}"


def row_heights(page: Page) -> dict[int, float]:
    """Heights at which no text is cut off, for every row from the first to the last."""
    last = max(row for row, _ in page.cells)
    heights = {row: page.heights.get(row, 22.0) for row in range(1, last + 1)}
    for (row, column), entry in page.cells.items():
        if entry.rows == 1:
            width = sum(page.widths[column - 1 : column - 1 + entry.columns])
            lines = sum(-(-_columns(line) // int(width)) for line in shown(entry).split("\n"))
            heights[row] = max(heights[row], 14.0 * lines + 4)
    return heights


def _columns(text: str) -> int:
    """How wide a text is, in the widths of a digit."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide
