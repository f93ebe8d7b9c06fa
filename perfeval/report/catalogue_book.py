"""The catalogue of rules as a workbook, for an office that hands its checks out on paper."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.report.sheetbook import SheetBook

_WIDTHS = (8, 30, 46, 10, 22, 60)  # code, name, title, level, fix, basis
_LOOKS = ("center", "text", "text", "center", "text", "text")
_NAME = "规则目录 Rules"


def catalogue_book(rows: Sequence[Sequence[str]]) -> bytes:
    """`rows` as rules.page.catalogue_rows gives them, their headings first."""
    book = SheetBook(_NAME)
    sheet = book.sheet(_NAME, _WIDTHS, freeze="B2", head_row=1)
    head, *rules = rows
    book.row(sheet, head, ["head"] * len(head))
    for rule in rules:
        book.row(sheet, rule, _LOOKS)
    sheet.auto_filter.ref = f"A1:F{len(rows)}"
    return book.save()
