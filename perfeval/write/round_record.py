"""The round as the returned workbook remembers it: in a hidden column of our sheets, in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfeval.course import Round, from_json, to_json
from perfeval.findings import FileResult
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.package import Package
from perfeval.ooxml.workbook import WorkbookPart
from perfeval.rounds import round_of
from perfeval.write.marks import CORRECTIONS_NAME, RECORD, REVIEW_NAME
from perfeval.write.our_sheets import our_sheet, table_of

_PIECE = 30_000  # letters; a cell takes 32,767
_HEAD = re.compile(rf"{RECORD}(\d{{1,4}})/(\d{{1,4}}) ")


def record(result: FileResult) -> tuple[str, ...]:
    """The texts of the cells that remember this round."""
    text = to_json(round_of(result))
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    return tuple(f"{RECORD}{n}/{len(pieces)} {p}" for n, p in enumerate(pieces, 1))


def read_round(package: Package) -> Round | None:
    """The round that a workbook of ours remembers, wherever its cells have moved; else None."""
    workbook = WorkbookPart.of(Draft(package))
    for name in (REVIEW_NAME, CORRECTIONS_NAME):
        entry = our_sheet(workbook, name)
        if entry is not None:
            rows = table_of(workbook, entry.part)
            found = round_in(text for row in rows for text in row.values())
            if found is not None:
                return found
    return None


def round_in(texts: Iterable[str]) -> Round | None:
    """The round that the texts of a sheet remember; None where it is not ours, or damaged."""
    pieces: dict[int, str] = {}
    count = 0
    for text in texts:
        head = _HEAD.match(text)
        if head:
            pieces[int(head[1])], count = text[head.end() :], int(head[2])
    if not count or set(pieces) != set(range(1, count + 1)):
        return None
    return from_json("".join(pieces[n] for n in range(1, count + 1)))
