"""How ours is told from theirs: names, openings and the record that each mark leaves behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from perfeval.findings import Level
from perfeval.texts import Text

AUTHOR = "perfeval"
HEADING = Text("perfeval 审核意见", "perfeval review")
OPENINGS = Text("[审核] ", "[review] ")  # begins what we append to a note of the submitter's

REVIEW_NAME = "perfeval.review"  # defined names that lead to our sheets, whatever they are called
CORRECTIONS_NAME = "perfeval.corrections"
RECORD = "perfeval-round/1 "  # begins the cells of both sheets that remember the round

FILLS: Mapping[Level, str] = {Level.ERROR: "FFC7CE", Level.WARNING: "FFEB9C", Level.INFO: "DDEBF7"}
WORDS: Mapping[Level, Text] = {
    Level.ERROR: Text("强制", "error"),
    Level.WARNING: Text("核实", "warning"),
    Level.INFO: Text("提示", "info"),
}
_quoted = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Mark:
    """What was done to one cell: the fill it got and the fill it had (XML, None for none)."""

    sheet: str
    cell: str
    note: str  # notes.Placed
    rgb: str
    fill: str | None

    def to_json(self) -> str:
        """As it stands in the hidden column of the sheet 审核意见."""
        fill = "null" if self.fill is None else _quoted(self.fill)
        return (
            f'{{"sheet":{_quoted(self.sheet)},"cell":"{self.cell}","note":"{self.note}",'
            f'"rgb":"{self.rgb}","fill":{fill}}}'
        )

    @classmethod
    def from_json(cls, text: str) -> Mark | None:
        """The mark in a hidden cell; None where someone has written something else there."""
        try:
            entry = json.loads(text)
            mark = cls(entry["sheet"], entry["cell"], entry["note"], entry["rgb"], entry["fill"])
        except (ValueError, KeyError, TypeError):
            return None
        words = (mark.sheet, mark.cell, mark.note, mark.rgb)
        sound = all(isinstance(word, str) for word in words)
        return mark if sound and isinstance(mark.fill, str | None) else None


def begins_ours(author: str, text: str) -> int | None:
    """From which letter on the text of a note is ours; None where it is not."""
    if author == AUTHOR or text.startswith((HEADING.zh, HEADING.en)):
        return 0
    starts = [text.find("\n" + opening) for opening in (OPENINGS.zh, OPENINGS.en)]
    found = [start for start in starts if start >= 0]
    return min(found) if found else None
