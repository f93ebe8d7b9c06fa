"""Labels that share a cell with their value: 项目名称：X, 单位名称：甲局  填报日期：3月1日."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from perfeval.layout.lexicon import Label, Lexicon
from perfeval.layout.parts import Place

if TYPE_CHECKING:
    from perfeval.layout.grid import Item

_LABEL = re.compile(r"([^\s:：;；,，]{2,16})\s*[:：]")
_LOOKED_AT = 300  # characters; a label stands at the head of a text
_OUTER = " \t\r\n\u3000:：;；"


class Pair(NamedTuple):
    """A label and where in the cell's text its value stands (empty: nothing follows)."""

    label: Label
    start: int
    end: int

    def place(self, item: Item) -> Place:
        return Place(item.row, item.col, (self.start, self.end))


def pairs(words: Lexicon, text: str) -> list[Pair]:
    """The labels in a text with the values after their colons; after the first only known ones."""
    if ":" not in text and "：" not in text:
        return []
    found = [
        (label, match)
        for match in _LABEL.finditer(text, 0, _LOOKED_AT)
        for label in (words.look(match.group(1)),)
        if match.start(1) == _first(text) or label.heading or label.top or label.grade
    ]
    if not found:
        return []
    ends = [match.start(1) for _, match in found[1:]] + [len(text)]
    return [
        Pair(label, *_trimmed(text, match.end(), end))
        for (label, match), end in zip(found, ends, strict=True)
        if label.text != "其中"
    ]


def label_before(words: Lexicon, text: str) -> Label:
    """The label before the first colon if a value follows it; that of the whole text otherwise."""
    first = pair_in(words, text)
    return first.label if first is not None else words.look(text)


def pair_in(words: Lexicon, text: str) -> Pair | None:
    """The first label of a text if its value follows it there."""
    found = pairs(words, text)
    return found[0] if found and found[0].end > found[0].start else None


def last_pair(words: Lexicon, text: str) -> Pair | None:
    """Label and value around the last colon (其中：基本支出：17万元)."""
    at = max(text.rfind(":"), text.rfind("："))
    if at < 0:
        return None
    return Pair(words.look(text[:at]), *_trimmed(text, at + 1, len(text)))


def _first(text: str) -> int:
    return len(text) - len(text.lstrip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _OUTER:
        start += 1
    while end > start and text[end - 1] in _OUTER:
        end -= 1
    return start, end
