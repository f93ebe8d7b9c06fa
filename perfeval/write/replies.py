"""What the unit answered in the sheet 审核意见 of a workbook that came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfeval.course import Handled, Reply
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.package import Package
from perfeval.ooxml.workbook import WorkbookPart
from perfeval.texts import Text
from perfeval.write.marks import REVIEW_NAME
from perfeval.write.our_sheets import our_sheet, table_of
from perfeval.write.review import EXPLAINED, HANDLED, ID, REPLIES


def read_replies(package: Package) -> list[Reply]:
    """The replies in the order of the sheet; empty where the workbook does not carry our sheet.

    Columns are found by their headings: rows may have been sorted and columns moved.
    """
    workbook = WorkbookPart.of(Draft(package))
    entry = our_sheet(workbook, REVIEW_NAME)
    if entry is None:
        return []
    return replies_in(table_of(workbook, entry.part))


def replies_in(rows: Sequence[Mapping[int, str]]) -> list[Reply]:
    """As `read_replies`, of the rows of our sheet: texts by column number."""
    header = next((n for n, row in enumerate(rows) if _is_header(row)), None)
    return [] if header is None else _replies(rows[header], rows[header + 1 :])


def _replies(header: Mapping[int, str], rows: Sequence[Mapping[int, str]]) -> list[Reply]:
    id_col, handled, explained = (_column(header, text) for text in (ID, HANDLED, EXPLAINED))
    return [
        Reply(row[id_col], _handled(row.get(handled, "")), row.get(explained, "").strip())
        for row in rows
        if row.get(id_col)
    ]


def _is_header(row: Mapping[int, str]) -> bool:
    return _column(row, ID) > 0 and _column(row, HANDLED) > 0


def _column(row: Mapping[int, str], heading: Text) -> int:
    """The column with a heading in either language; 0 if there is none."""
    words = (heading.zh, heading.en)
    return next((col for col, text in row.items() if text.strip() in words), 0)


def _handled(text: str) -> Handled:
    text = text.strip()
    if not text:
        return Handled.NONE
    states = (Handled.CORRECTED, Handled.EXPLAINED, Handled.DISPUTED)
    for state, word in zip(states, REPLIES, strict=True):
        if text in (word.zh, word.en):
            return state
    return Handled.OTHER
