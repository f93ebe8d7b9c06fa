"""Our sheets in a workbook that came back: found by their defined names, read for their records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from perfeval.model import parse_ref
from perfeval.ooxml.celltext import texts
from perfeval.ooxml.package import Package
from perfeval.ooxml.workbook import SheetEntry, WorkbookPart
from perfeval.write.before import before_part
from perfeval.write.marks import CORRECTIONS_NAME, RECORD, REVIEW_NAME, Mark

_SHEET_OF = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'!]+))!")
_HEADINGS = re.compile(rb">perfeval (?:\xe5\xae\xa1\xe6\xa0\xb8|review|<)|<author>perfeval<")
_MARKS = '{"sheet":'  # begins each record in the sheet 审核意见, and none in 更正说明
_NAMES = (REVIEW_NAME, CORRECTIONS_NAME)


def carries_marks(package: Package) -> bool:
    """Whether a package is a copy of ours, or one that was made from it."""
    if before_part(package) is not None:
        return True
    content = package.read(package.workbook_part)
    if any(name.encode() in content for name in _NAMES):
        return True
    # someone has deleted our sheet and a program its name; the notes are still there
    notes, texts = _telling(package.names())
    return any(_HEADINGS.search(package.read(name)) for name in notes) or any(
        RECORD.encode() in package.read(name) for name in texts
    )


@lru_cache(maxsize=128)
def _telling(names: tuple[str, ...]) -> tuple[Sequence[str], Sequence[str]]:
    """The parts with notes, and those with shared strings."""
    folded = [(name, name.lower()) for name in names]
    notes = [name for name, lower in folded if "comments" in lower]
    return notes, [name for name, lower in folded if lower.endswith("sharedstrings.xml")]


def our_sheet(workbook: WorkbookPart, defined_name: str) -> SheetEntry | None:
    """The sheet that a defined name of ours leads to; None if it is gone."""
    found = _SHEET_OF.match(workbook.defined(defined_name) or "")
    if found is not None:
        return workbook.sheet((found[1] or found[2]).replace("''", "'"))
    return _by_record(workbook, of_review=defined_name == REVIEW_NAME)


def _by_record(workbook: WorkbookPart, *, of_review: bool) -> SheetEntry | None:
    """The sheet that remembers a round, where the name that led to it is gone (.xls keeps none)."""
    for entry in workbook.sheets():
        if entry.part and entry.kind == "worksheet":
            texts = {text for row in table_of(workbook, entry.part) for text in row.values()}
            ours = any(text.startswith(RECORD) for text in texts)
            if ours and of_review == any(text.startswith(_MARKS) for text in texts):
                return entry
    return None


def marks_of(workbook: WorkbookPart) -> list[Mark]:
    """The records in the hidden column of the sheet 审核意见, wherever its rows have moved."""
    entry = our_sheet(workbook, REVIEW_NAME)
    if entry is None:
        return []
    found = [
        Mark.from_json(text)
        for row in table_of(workbook, entry.part)
        for text in row.values()
        if text.startswith(_MARKS)
    ]
    return [mark for mark in found if mark is not None]


def table_of(workbook: WorkbookPart, part: str) -> list[Mapping[int, str]]:
    """The rows of a sheet as texts by column number."""
    rows: dict[int, dict[int, str]] = {}
    for ref, text in texts(workbook, part).items():
        row, col = parse_ref(ref)
        rows.setdefault(row, {})[col] = text
    return [rows[number] for number in sorted(rows)]
