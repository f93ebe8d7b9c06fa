"""A sheet of ours in openpyxl: cells with a look, merged, locked or open, with notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any  # openpyxl's cells and sheets carry no types of use here

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.dimensions import RowDimension

from perfeval.blank.printed import Span
from perfeval.model import cell_ref

AUTHOR = "填表说明"  # not perfeval: those notes are taken away when a form comes in
_THIN = Side(style="thin", color="1F2328")
_BOX = Border(top=_THIN, bottom=_THIN, left=_THIN, right=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_OPEN, _LOCKED = Protection(locked=False), Protection(locked=True)
_COMPUTED = PatternFill("solid", "F2F4F7")
_NOTE_WIDTH, _NOTE_LINE, _NOTE_SIGNS = 300, 17, 22  # points, points, Chinese signs a line

_LABEL = {"font": Font("黑体", 10), "alignment": _MIDDLE, "border": _BOX}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font": Font("黑体", 18), "alignment": _MIDDLE},
    "year": {"font": Font("宋体", 11), "alignment": _MIDDLE},
    "label": _LABEL,
    "fund": {**_LABEL, "font": Font("宋体", 10), "alignment": _LEFT},
    "text": {"font": Font("宋体", 10), "alignment": _LEFT, "border": _BOX},
    "centre": {"font": Font("宋体", 10), "alignment": _MIDDLE, "border": _BOX},
    "typed": {"font": Font("宋体", 10), "alignment": _MIDDLE, "border": _BOX, "number_format": "@"},
    "money": {
        "font": Font("宋体", 10), "alignment": Alignment("right", "center"), "border": _BOX,
        "number_format": "#,##0.00####",
    },
    "points": {"font": Font("宋体", 10), "alignment": _MIDDLE, "border": _BOX},
    "percent": {
        "font": Font("宋体", 10), "alignment": _MIDDLE, "border": _BOX, "number_format": "0.00%",
    },
}  # fmt: skip


class _Growing(RowDimension):
    """A height that is no choice of somebody's: programs fit the row to what is typed in."""

    customHeight = False  # noqa: N815  # the name of the attribute in the file


@dataclass(slots=True)
class Page:
    """A sheet being filled from top to bottom. `results` are what formulas give as it stands."""

    sheet: Any
    results: dict[str, str] = field(default_factory=dict)

    def label(self, row: int, span: Span, text: str, look: str = "label", *, rows: int = 1) -> str:
        """A text that stays as it is; answers its cell."""
        return self._put(row, span, text, look, rows, _LOCKED)

    def entry(
        self, row: int, span: Span, value: str | int | float | None, look: str, *, rows: int = 1
    ) -> str:
        """A cell that the unit fills in."""
        return self._put(row, span, value, look, rows, _OPEN)

    def computed(self, row: int, span: Span, formula: str, look: str, result: str = "") -> str:
        """A formula with its result."""
        ref = self._put(row, span, formula, look, 1, _LOCKED)
        self.sheet[ref].fill = _COMPUTED
        self.results[ref] = result
        return ref

    def height(self, row: int, height: float) -> None:
        """A row of a height that stays."""
        self.sheet.row_dimensions[row].height = height

    def growing(self, row: int, height: float) -> None:
        """A row that is that high until its texts need more."""
        self.sheet.row_dimensions[row] = _Growing(self.sheet, index=row, ht=height)

    def note(self, ref: str, text: str) -> None:
        """A note at a cell, large enough to be read."""
        comment = Comment(text, AUTHOR)
        lines = sum(1 + len(line) // _NOTE_SIGNS for line in text.split("\n"))
        comment.width, comment.height = _NOTE_WIDTH, 12 + _NOTE_LINE * lines
        self.sheet[ref].comment = comment

    def _put(
        self, row: int, span: Span, value: Any, look: str, rows: int, protection: Protection
    ) -> str:
        ref = cell_ref(row, span.first)
        for line in range(row, row + rows):
            for col in range(span.first, span.last + 1):
                cell = self.sheet.cell(line, col)
                for name, setting in _LOOKS[look].items():
                    setattr(cell, name, setting)
                cell.protection = protection
        if rows > 1 or span.width > 1:
            self.sheet.merge_cells(
                start_row=row, end_row=row + rows - 1,
                start_column=span.first, end_column=span.last,
            )  # fmt: skip
        cell = self.sheet[ref]
        cell.value = value
        if isinstance(value, str) and protection is _OPEN:
            cell.data_type = "s"  # =100% of last year's form is a text
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        return ref
