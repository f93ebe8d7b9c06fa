"""Rows of the indicator tables: values read, labels carried down, and what belongs together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfeval.extract.draft import ABSENT, FormDraft
from perfeval.extract.fields import number_of, number_text, text_state
from perfeval.extract.levels import Level, Levels, first_class, levels, second_class
from perfeval.extract.measure import Measure, parse_measure
from perfeval.extract.number import Number
from perfeval.extract.rows import Line, lines, page_breaks
from perfeval.extract.text import clean_text, is_placeholder, points_in_label
from perfeval.layout import IndicatorBlock, Lexicon, Place
from perfeval.model import Cell, State

_PART = re.compile(r"[★☆*▲●\s]*其中")
_SHARED = Number(State.SHARED)
_NO_COLUMN = Measure("none")  # this table does not ask for it, another of the form may
_NO_OPERATOR = frozenset(
    {"定性", "定量", "定性指标", "定量指标", "正向", "反向", "正向指标", "反向指标"}
)


def indicators(form: FormDraft, words: Lexicon) -> None:
    """Add the indicators of every table of the form."""
    position = 0
    for block in form.layout.indicators:
        found = lines(form.grid, block)
        position = _write(form, words, block, found, position)
        for row in page_breaks(block, found):
            item = form.grid.items(row)[0]
            form.remark("repeated-label", "indicators", item.cell.text, Place(row, item.col))


def _write(
    form: FormDraft, words: Lexicon, block: IndicatorBlock, found: Sequence[Line], position: int
) -> int:
    under = levels(words, [line.level for line in found])
    scored = block.col("points") is not None or block.col("score") is not None
    parent: Line | None = None
    used: set[Place | None] = set()
    for line, first, second in zip(found, under.first, under.second, strict=True):
        if not line.level.indicator:
            continue
        position += 1
        used.update((first.place, second.place))
        part = scored and _is_part(line, parent)
        if not part:
            parent = line
        _indicator(form, words, line, position, first, second, part=part)
    _note_unused(form, under, used)
    for kind, text, place in under.oddities:
        form.remark(kind, "indicators", text, place)
    return position


def _note_unused(form: FormDraft, under: Levels, used: set[Place | None]) -> None:
    """Labels of classes that the form leaves empty are cells without a row: position 0."""
    for name, labels in (("level1", under.first), ("level2", under.second)):
        for label in labels:
            if label.place is not None and label.place not in used:
                used.add(label.place)
                row_id = form.draft.new_id()
                _note_level(form, row_id, 0, name, label)


def _is_part(line: Line, parent: Line | None) -> bool:
    """A row that divides the one above it: 其中…, or values below a row that has the points."""
    if line.has("points") or line.has("score"):
        return False
    name = line.cells.get("level3")
    if name is not None and _PART.match(name.text):
        return True
    if parent is None or not line.has("target"):
        return False
    scored = parent.has("points") or parent.has("score")
    bare = not (parent.has("target") or parent.has("actual"))
    return scored and bare and (line.level.own2 is None or line.level.covered2)


def _indicator(
    form: FormDraft,
    words: Lexicon,
    line: Line,
    position: int,
    first: Level,
    second: Level,
    *,
    part: bool,
) -> None:
    row_id = form.draft.new_id()
    for name, level in (("level1", first), ("level2", second)):
        _note_level(form, row_id, position, name, level)
    level3 = _text(form, row_id, position, line, "level3")
    target, target_measure = _target(form, row_id, position, line)
    actual = _text(form, row_id, position, line, "actual")
    actual_measure = _NO_COLUMN
    if "actual" in line.places:
        actual_measure = parse_measure(actual, unit=_plain(line, "unit"))
    points = _number(form, row_id, position, line, "points")
    score = _number(form, row_id, position, line, "score")
    reason, reason_state = _reason(form, row_id, position, line)
    form.indicators.append((
        row_id, form.form_id, position,
        first.text, second.text, level3,
        first_class(words, first.text, second.text), second_class(words, second.text),
        points_in_label(first.text),
        part, _placeholder(line, level3),
        target, *target_measure,
        actual, *actual_measure,
        points.scaled, points.state._value_,
        score.scaled, score.step, score.state._value_,
        reason, reason_state,
    ))  # fmt: skip


def _note_level(form: FormDraft, row_id: int, position: int, name: str, level: Level) -> None:
    place = level.place
    if place is not None:
        form.note(row_id, "indicators", position, name, place, form.cell(place), level.text)


def _placeholder(line: Line, level3: str) -> bool:
    """A row that the template came with: no name, or one like 指标2：, and nothing filled in."""
    if line.has("target") or line.has("actual") or line.has("score"):
        return False
    return not level3 or is_placeholder(level3)


def _cleaned(cell: Cell | None) -> tuple[str, tuple[str, ...]]:
    return clean_text(cell.text) if cell is not None else ("", ())


def _plain(line: Line, role: str) -> str:
    cell = line.cells.get(role)
    return clean_text(cell.text)[0] if cell is not None else ""


def _text(form: FormDraft, row_id: int, position: int, line: Line, role: str) -> str:
    place = line.places.get(role)
    if place is None:
        return ""
    cell = line.cells[role]
    if cell is not None:
        text, marks = clean_text(cell.text)
        form.note(row_id, "indicators", position, role, place, cell, text, marks=marks)
        return text
    form.note(row_id, "indicators", position, role, place, form.cell(place), "")
    return ""


def _target(form: FormDraft, row_id: int, position: int, line: Line) -> tuple[str, Measure]:
    """The target, put together where operator, value and unit have columns of their own."""
    role = "adjusted" if line.has("adjusted") else "target"
    place = line.places.get(role)
    if place is None:
        return "", _NO_COLUMN
    cell = line.cells[role]
    text, marks = _cleaned(cell)
    operator, unit = _plain(line, "operator"), _plain(line, "unit")
    if operator in _NO_OPERATOR:
        operator = ""
    whole = text
    if text:
        whole = text if unit and text.endswith(unit) else text + unit
        whole = whole if not operator or text.startswith(operator) else operator + whole
    seen = cell or form.cell(place)
    form.note(row_id, "indicators", position, "target", place, seen, whole, marks=marks)
    return whole, parse_measure(text, op=operator, unit=unit)


def _number(form: FormDraft, row_id: int, position: int, line: Line, role: str) -> Number:
    place = line.places.get(role)
    if place is None:
        return ABSENT
    cell = line.cells[role]
    if role in line.shared:
        # it counts on the first of its rows
        form.note(row_id, "indicators", position, role, place, cell, "", marks=("shared",))
        return _SHARED
    number = number_of(cell, role)
    marks: tuple[str, ...] = ("displaced",) if role in line.displaced else ()
    if role in line.joint:
        marks = (*marks, "shared")
    value = number_text(number, role, cell)
    seen = cell or form.cell(place)
    form.note(row_id, "indicators", position, role, place, seen, value, number=number, marks=marks)
    return number


def _reason(form: FormDraft, row_id: int, position: int, line: Line) -> tuple[str, str]:
    rows = form.layout.reason_rows
    if "reason" not in line.places and rows:
        # one row below the total gives the reasons of all
        cell = form.cell(rows[0])
        text, marks = _cleaned(cell)
        marks = (*marks, "shared")
        form.note(row_id, "indicators", position, "reason", rows[0], cell, text, marks=marks)
        return text, text_state(text)._value_
    if "reason" not in line.places:
        return "", State.ABSENT._value_
    text = _text(form, row_id, position, line, "reason")
    return text, text_state(text)._value_
