"""Indicators of a form: values read, labels carried down, and what belongs together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfeval.extract.columns import Columns
from perfeval.extract.draft import FormDraft
from perfeval.extract.levels import Level, Levels, first_class, levels, second_class
from perfeval.extract.rows import Lines, lines, page_breaks
from perfeval.extract.text import is_placeholder, points_in_label
from perfeval.layout import Lexicon, Place

_PART = re.compile(r"[★☆*▲●\s]*其中")


def indicators(form: FormDraft, words: Lexicon) -> None:
    """Add the indicators of every table of the form."""
    position = 0
    for block in form.layout.indicators:
        table = lines(form.grid, block)
        under = levels(words, table.levels)
        first = [under.first[n] for n in table.indicators]
        second = [under.second[n] for n in table.indicators]
        if table.indicators:
            _add(form, words, table, first, second, position)
        _note_unused(form, under, {label.place for label in (*first, *second)})
        for kind, text, place in under.oddities:
            form.remark(kind, "indicators", text, place)
        for row in page_breaks(block, table):
            item = form.grid.items(row)[0]
            form.remark("repeated-label", "indicators", item.cell.text, Place(row, item.col))
        position += len(table.indicators)


def _add(
    form: FormDraft,
    words: Lexicon,
    table: Lines,
    first: Sequence[Level],
    second: Sequence[Level],
    position: int,
) -> None:
    """Add the indicators of a table; `position` is that of the last one above them."""
    size = len(table.indicators)
    row_ids, positions = form.draft.new_ids(size), range(position + 1, position + size + 1)
    read = Columns(form, table)
    level1, level2 = read.labels("level1", first), read.labels("level2", second)
    level3 = read.texts("level3")
    targets, target_measures = read.targets()
    actuals, actual_measures = read.actuals()
    points, scores = read.numbers("points"), read.numbers("score")
    reasons, reason_states = read.reasons()
    form.draft.extend(
        "indicators", row_ids, [form.form_id] * size, positions,
        level1, level2, level3, *_classes(words, level1, level2),
        _parts(table), _placeholders(table, level3),
        targets, *zip(*target_measures, strict=True),
        actuals, *zip(*actual_measures, strict=True),
        [number.scaled for number in points], [number.state._value_ for number in points],
        [number.scaled for number in scores], [number.step for number in scores],
        [number.state._value_ for number in scores],
        reasons, reason_states,
    )  # fmt: skip
    form.noted.rows("indicators", row_ids, positions, read.fields)


def _classes(
    words: Lexicon, level1: Sequence[str], level2: Sequence[str]
) -> tuple[Sequence[str], Sequence[str], Sequence[int | None]]:
    """The class of each label, and the points printed in that of the first level."""
    labels = list(zip(level1, level2, strict=True))
    known = {
        (text1, text2): (
            first_class(words, text1, text2), second_class(words, text2), points_in_label(text1)
        )
        for text1, text2 in set(labels)
    }  # fmt: skip
    classes1, classes2, points = zip(*[known[label] for label in labels], strict=True)
    return classes1, classes2, points


def _parts(table: Lines) -> list[bool]:
    """Rows that divide the one above: 其中…, or values below a row that has the points."""
    scored = [
        bool(points or score)
        for points, score in zip(table.cells("points"), table.cells("score"), strict=True)
    ]
    if table.seen.keys().isdisjoint(("points", "score")):
        return scored
    parts = []
    parent: int | None = None
    for n, has_points in enumerate(scored):
        part = not has_points and _is_part(table, n, parent, scored)
        parts.append(part)
        if not part:
            parent = n
    return parts


def _is_part(table: Lines, n: int, parent: int | None, scored: Sequence[bool]) -> bool:
    """Whether a row without points is a part of its parent, the last row that is none."""
    name, targets = table.cells("level3")[n], table.cells("target")
    if name is not None and _PART.match(name.text):
        return True
    if parent is None or targets[n] is None:
        return False
    bare = not (targets[parent] or table.cells("actual")[parent])
    level = table.levels[table.indicators[n]]
    return scored[parent] and bare and (level.own2 is None or level.covered2)


def _placeholders(table: Lines, level3: Sequence[str]) -> list[bool]:
    """Rows that the template came with: no name, or one like 指标2：, and nothing filled in."""
    filled = zip(table.cells("target"), table.cells("actual"), table.cells("score"), strict=True)
    return [
        not any(cells) and (not name or is_placeholder(name))
        for name, cells in zip(level3, filled, strict=True)
    ]


def _note_unused(form: FormDraft, under: Levels, used: set[Place | None]) -> None:
    """Labels of classes that the form leaves empty are cells without a row: position 0."""
    for name, labels in (("level1", under.first), ("level2", under.second)):
        for label in labels:
            place = label.place
            if place is not None and place not in used:
                used.add(place)
                row_id = form.draft.new_id()
                form.note(row_id, "indicators", 0, name, place, form.cell(place), label.text)
