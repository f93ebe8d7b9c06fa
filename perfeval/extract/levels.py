"""Levels of indicators: which first and second level label each row stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perfeval.layout import Lexicon, Place

_POINTS = re.compile(r"[(（]?\d{1,3}(?:\.\d+)?分?[)）]?")


@dataclass(slots=True)
class LevelRow:
    """One row of the table as its level columns show it; None where no label begins in this row.

    `covered1`: a merged first-level label covers this row, so that it is surely under it.
    """

    own1: Place | None
    own2: Place | None
    text1: str
    text2: str
    covered1: bool = False
    covered2: bool = False
    indicator: bool = True  # it has a third level name or values


@dataclass(slots=True)
class Level:
    """A label as it applies to a row: its text, and the cell it was taken from."""

    text: str = ""
    place: Place | None = None


_NO_LABEL = Level()


@dataclass(slots=True)
class Levels:
    """Labels of every row, and what was odd about them: (kind of remark, text, place)."""

    first: list[Level]
    second: list[Level]
    oddities: list[tuple[str, str, Place]] = field(default_factory=list)


def levels(words: Lexicon, rows: Sequence[LevelRow]) -> Levels:
    """Carry each label down to the rows below it; take back what a late label belongs to."""
    found = Levels([_NO_LABEL] * len(rows), [_NO_LABEL] * len(rows))
    _join_cut(words, rows, found)
    _carry(words, rows, found)
    _late_first(words, rows, found)
    _late_second(rows, found)
    _repeated(rows, found)
    return found


def first_class(words: Lexicon, text1: str, text2: str) -> str:
    """The class of the first level: of its label, else of the second level's usual parent."""
    named = words.look(text1).level1
    if named:
        return named
    parents = words.parents.get(second_class(words, text2), ())
    return parents[0] if parents else ""


def second_class(words: Lexicon, text2: str) -> str:
    """The canonical class of the second level, "" where its label is unknown."""
    return words.look(text2).level2


def _carry(words: Lexicon, rows: Sequence[LevelRow], found: Levels) -> None:
    first, second = _NO_LABEL, _NO_LABEL
    for i, row in enumerate(rows):
        if row.own1 is not None and row.text1:
            again = _plain(words, row.text1) == _plain(words, first.text)
            first = Level(row.text1, row.own1)
            if not again and not row.covered2:
                second = _NO_LABEL
        if row.own2 is not None and row.text2:
            second = Level(row.text2, row.own2)
        found.first[i], found.second[i] = first, second


def _join_cut(words: Lexicon, rows: Sequence[LevelRow], found: Levels) -> None:
    """满意度指 … 标 are one label, cut by a page break; so are 产出指标 and （50分） below."""
    for level in (1, 2):
        owners = [row for row in rows if (row.own1 if level == 1 else row.own2) is not None]
        for row, following in pairwise(owners):
            if level == 1:
                head, tail, place = row.text1, following.text1, following.own1
            else:
                head, tail, place = row.text2, following.text2, following.own2
            points = _POINTS.fullmatch(tail) is not None and bool(_class(words, head, level))
            if place is None or not (points or _is_cut(words, head, tail, level)):
                continue
            if not points:
                found.oddities.append(("cut-label", head + tail, place))
            if level == 1:
                row.text1, following.text1, following.own1 = head + tail, "", None
            else:
                row.text2, following.text2, following.own2 = head + tail, "", None


def _is_cut(words: Lexicon, head: str, tail: str, level: int) -> bool:
    """Whether the pieces make a known label, and the second alone is none."""
    if not head or not tail or len(tail) > 6 or _class(words, tail, level):
        return False
    if not _class(words, head + tail, level):
        return False
    return not _class(words, head, level) or _plain(words, tail) in ("指标", "标")


def _late_first(words: Lexicon, rows: Sequence[LevelRow], found: Levels) -> None:
    """A first-level label after its first rows: their second level tells that they are its."""
    told: set[Place] = set()
    for i in range(len(rows) - 1, -1, -1):
        row = rows[i]
        if row.own1 is not None or row.covered1:
            continue
        following = found.first[i + 1] if i + 1 < len(rows) else _NO_LABEL
        if following.place is None or following.place == found.first[i].place:
            continue
        parents = words.parents.get(words.look(found.second[i].text).level2, ())
        own = words.look(found.first[i].text).level1
        later = words.look(following.text).level1
        fits = later in parents and own not in parents
        unlabelled = not found.first[i].text and (not parents or later in parents or not later)
        if not (fits or unlabelled):
            continue
        found.first[i] = following
        if row.indicator and following.place not in told:
            told.add(following.place)
            found.oddities.append(("late-label", following.text, following.place))


def _late_second(rows: Sequence[LevelRow], found: Levels) -> None:
    """Rows of a first level that come before its first second-level label are under that label."""
    told: set[Place] = set()
    for i in range(len(rows) - 2, -1, -1):
        if found.second[i].text or rows[i].covered2:
            continue
        following = found.second[i + 1]
        if following.place is None or found.first[i + 1].place != found.first[i].place:
            continue
        if not rows[i].indicator:
            continue
        found.second[i] = following
        if following.place not in told:
            told.add(following.place)
            found.oddities.append(("late-label", following.text, following.place))


def _repeated(rows: Sequence[LevelRow], found: Levels) -> None:
    """A label printed again (after a page break); not where every row has its own."""
    owners = [row for row in rows if row.own1 is not None and row.text1]
    if len(owners) * 2 > len(rows):
        return
    for row, following in pairwise(owners):
        if row.text1 == following.text1 and following.own1 is not None:
            found.oddities.append(("repeated-label", following.text1, following.own1))


def _class(words: Lexicon, text: str, level: int) -> str:
    label = words.look(text)
    return label.level1 if level == 1 else label.level2


def _plain(words: Lexicon, text: str) -> str:
    return words.look(text).text or text
