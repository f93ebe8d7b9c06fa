"""Rows of the indicator tables: what stands in each column of a row, and what belongs together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from perfeval.extract.draft import ABSENT, FormDraft
from perfeval.extract.fields import number_of, number_text, text_state
from perfeval.extract.levels import LevelRow, Levels, first_class, levels, second_class
from perfeval.extract.measure import Measure, parse_measure
from perfeval.extract.number import Number
from perfeval.extract.text import clean_text, is_placeholder, points_in_label
from perfeval.layout import Column, IndicatorBlock, Lexicon, Place
from perfeval.layout.grid import Grid
from perfeval.model import Cell, State

_OWN = ("level3", "target", "adjusted", "actual", "points", "score")
_BARE = re.compile(r"\s*\d{1,3}(?:\.\d{1,4})?\s*分?\s*")
_PART = re.compile(r"[★☆*▲●\s]*其中")
_NO_OPERATOR = frozenset(
    {"定性", "定量", "定性指标", "定量指标", "正向", "反向", "正向指标", "反向指标"}
)


@dataclass(slots=True)
class Line:
    """One row with an indicator: the place of each field, and what it reads there."""

    row: int
    level: LevelRow
    places: dict[str, Place]
    shared: set[str] = field(default_factory=set)  # fields whose merged cell began in a row above
    joint: set[str] = field(default_factory=set)  # fields whose merged cell goes on in rows below
    displaced: set[str] = field(default_factory=set)
    empty: set[str] = field(
        default_factory=set
    )  # blank, though their place holds another field's value


def indicators(form: FormDraft, words: Lexicon) -> None:
    """Add the indicators of every table of the form."""
    position = 0
    for block in form.layout.indicators:
        lines = _lines(form.grid, block)
        position = _write(form, words, block, lines, position)
        for row in _page_breaks(block, lines):
            place = Place(row, form.grid.items(row)[0].col)
            cell = form.cell(place)
            form.remark("repeated-label", "indicators", cell.text if cell else "", place)


def _page_breaks(block: IndicatorBlock, lines: Sequence[Line]) -> list[int]:
    """Headings printed again in the middle of a class, not where the next class begins."""
    found = []
    for row in block.repeats:
        following = next((line for line in lines if line.row > row), None)
        before = [line.level.text1 for line in lines if line.row < row and line.level.text1]
        if following is not None and following.level.text1 in ("", *before[-1:]):
            found.append(row)
    return found


def _lines(grid: Grid, block: IndicatorBlock) -> list[Line]:
    """Every row of the table, also those with labels only: they carry levels."""
    lines = []
    for row in [n for n in grid.row_numbers if block.head < n <= block.bottom]:
        if row in block.repeats or row in block.skipped:
            continue
        line = _line(grid, block, row)
        if not _is_subtotal(grid, line, row):
            lines.append(line)
    return lines


def _line(grid: Grid, block: IndicatorBlock, row: int) -> Line:
    places: dict[str, Place] = {}
    shared: set[str] = set()
    joint: set[str] = set()
    own = False
    for role, column in block.columns.items():
        if "@" in role:
            continue
        place, cell = _seen(grid, row, column)
        places[role] = place
        if cell is None:
            continue
        if place.row < row:
            shared.add(role)
        else:
            own = own or role in _OWN
            box = grid.merge(place.row, place.col)
            if box is not None and box.bottom > row:
                joint.add(role)
    line = Line(row, _levels_of(grid, block, row, places, shared), places, shared, joint)
    line.level.indicator = own
    if own:
        _straighten(grid, block, line)
    return line


def _seen(grid: Grid, row: int, column: Column) -> tuple[Place, Cell | None]:
    """What a row shows under a heading: the first cell with something in it that begins under it."""
    for col in range(column.left, column.right + 1):
        anchor = grid.anchor(row, col)
        if anchor[1] >= column.left:
            cell = grid.cell(row, col)
            if cell is not None:
                return Place(*anchor), cell
    return Place(*grid.anchor(row, column.left)), None


def _levels_of(
    grid: Grid, block: IndicatorBlock, row: int, places: dict[str, Place], shared: set[str]
) -> LevelRow:
    found: list[tuple[Place | None, str, bool]] = []
    for role in ("level1", "level2"):
        place = places.get(role)
        cell = grid.cell(place.row, place.col) if place is not None else None
        if place is None or cell is None:
            found.append((None, "", False))
        elif role in shared:
            found.append((None, "", True))
        else:
            found.append(
                (place, clean_text(cell.text)[0].replace("\n", "").replace(" ", ""), False)
            )
    (own1, text1, covered1), (own2, text2, covered2) = found
    return LevelRow(own1, own2, text1, text2, covered1, covered2)


def _straighten(grid: Grid, block: IndicatorBlock, line: Line) -> None:
    """Points and score one column too far right: points are blank, and a bare number stands beyond the score."""
    points, score = block.col("points"), block.col("score")
    if points is None or score is None or score.left <= points.right:
        return
    if grid.cell(line.places["points"].row, line.places["points"].col) is not None:
        return
    reason = block.col("reason")
    if score.left != points.right + 1 or (reason is not None and reason.left != score.right + 1):
        return
    beyond = Place(*grid.anchor(line.row, score.right + 1))
    first = grid.cell(line.places["score"].row, line.places["score"].col)
    second = grid.cell(beyond.row, beyond.col)
    if (
        first is None
        or second is None
        or not (_BARE.fullmatch(first.text) and _BARE.fullmatch(second.text))
    ):
        return
    line.places["points"], line.places["score"] = line.places["score"], beyond
    line.displaced |= {"points", "score"}
    if reason is not None:
        after = Place(*grid.anchor(line.row, reason.right + 1))
        line.places["reason"] = after


def _is_subtotal(grid: Grid, line: Line, row: int) -> bool:
    return any(item.label.subtotal for item in grid.items(row)[:2])


def _write(
    form: FormDraft, words: Lexicon, block: IndicatorBlock, lines: Sequence[Line], position: int
) -> int:
    under = levels(words, [line.level for line in lines])
    parent: Line | None = None
    used: set[Place] = set()
    for i, line in enumerate(lines):
        if not line.level.indicator:
            continue
        position += 1
        first, second = under.first[i], under.second[i]
        used |= {level.place for level in (first, second) if level.place is not None}
        part = _is_part(form, block, line, parent)
        if not part:
            parent = line
        _indicator(
            form,
            words,
            line,
            position,
            (first.text, first.place),
            (second.text, second.place),
            part,
        )
    _note_unused(form, under, used)
    for kind, text, place in under.oddities:
        form.remark(kind, "indicators", text, place)
    return position


def _note_unused(form: FormDraft, under: Levels, used: set[Place]) -> None:
    """Labels of classes that the form leaves empty are cells without a row: position 0."""
    for name, labels in (("level1", under.first), ("level2", under.second)):
        for label in labels:
            if label.place is not None and label.place not in used:
                used.add(label.place)
                row_id = form.draft.new_id()
                form.note(row_id, "indicators", 0, name, label.place, label.text)


def _is_part(form: FormDraft, block: IndicatorBlock, line: Line, parent: Line | None) -> bool:
    """A row that divides the one above it: 其中…, or values under a heading row that has the points."""
    if block.col("points") is None and block.col("score") is None:
        return False
    if any(form.cell(line.places.get(role)) is not None for role in ("points", "score")):
        return False
    name = form.cell(line.places["level3"])
    if name is not None and _PART.match(name.text):
        return True
    if parent is None or form.cell(line.places.get("target")) is None:
        return False
    scored = any(form.cell(parent.places.get(role)) is not None for role in ("points", "score"))
    bare = all(form.cell(parent.places.get(role)) is None for role in ("target", "actual"))
    same = line.level.own2 is None or line.level.covered2
    return scored and bare and same


def _indicator(
    form: FormDraft,
    words: Lexicon,
    line: Line,
    position: int,
    first: tuple[str, Place | None],
    second: tuple[str, Place | None],
    part: bool,
) -> None:
    row_id = form.draft.new_id()
    for name, (text, place) in (("level1", first), ("level2", second)):
        if place is not None:
            form.note(row_id, "indicators", position, name, place, text)
    level3 = _text(form, row_id, position, line, "level3")
    target, target_measure = _target(form, row_id, position, line)
    actual = _text(form, row_id, position, line, "actual")
    unit = _plain(form, line, "unit")
    actual_measure = parse_measure(actual, unit=unit)
    points = _number(form, row_id, position, line, "points")
    score = _number(form, row_id, position, line, "score")
    reason, reason_state = _reason(form, row_id, position, line)
    form.draft.add(
        "indicators", row_id, form.form_id, position,
        first[0], second[0], level3,
        first_class(words, first[0], second[0]), second_class(words, first[0], second[0]),
        points_in_label(first[0]),
        part, _placeholder(form, line, level3),
        target, *_measured(target_measure),
        actual, *_measured(actual_measure),
        points.scaled, points.state.value,
        score.scaled, score.step, score.state.value,
        reason, reason_state,
    )  # fmt: skip


def _measured(measure: Measure) -> tuple[str, str, int | None, int | None, str]:
    return measure.kind, measure.op, measure.value_e6, measure.high_e6, measure.unit


def _placeholder(form: FormDraft, line: Line, level3: str) -> bool:
    if level3 and not is_placeholder(level3):
        return False
    return all(form.cell(line.places.get(role)) is None for role in ("target", "actual", "score"))


def _text(form: FormDraft, row_id: int, position: int, line: Line, role: str) -> str:
    place = line.places.get(role)
    if place is None:
        return ""
    cell = form.cell(place)
    text, marks = clean_text(cell.text) if cell is not None else ("", ())
    if role in line.displaced:
        marks = (*marks, "displaced")
    form.note(row_id, "indicators", position, role, place, text, marks=marks)
    return text


def _plain(form: FormDraft, line: Line, role: str) -> str:
    cell = form.cell(line.places.get(role))
    return clean_text(cell.text)[0] if cell is not None else ""


def _target(form: FormDraft, row_id: int, position: int, line: Line) -> tuple[str, Measure]:
    """The target, put together where operator, value and unit have columns of their own."""
    place = line.places.get("target")
    if place is None:
        return "", parse_measure("")
    adjusted = line.places.get("adjusted")
    if adjusted is not None and form.cell(adjusted) is not None:
        place = adjusted
    cell = form.cell(place)
    text, marks = clean_text(cell.text) if cell is not None else ("", ())
    operator, unit = _plain(form, line, "operator"), _plain(form, line, "unit")
    if operator in _NO_OPERATOR:
        operator = ""
    whole = text
    if text:
        whole = text if unit and text.endswith(unit) else text + unit
        whole = whole if not operator or text.startswith(operator) else operator + whole
    form.note(row_id, "indicators", position, "target", place, whole, marks=marks)
    return whole, parse_measure(text, op=operator, unit=unit)


def _number(form: FormDraft, row_id: int, position: int, line: Line, role: str) -> Number:
    place = line.places.get(role)
    if place is None:
        return ABSENT
    marks = ("displaced",) if role in line.displaced else ()
    cell = form.cell(place)
    if role in line.shared:
        # counts on the first of its rows
        form.note(row_id, "indicators", position, role, place, "", marks=("shared",))
        return Number(State.SHARED)
    number = number_of(cell, role)
    if role in line.joint and not ({"points", "score"} & line.places.keys() <= line.joint):
        number = Number(State.SHARED, number.scaled, number.step, number.decimals, number.marks)
    if role in line.joint:
        marks = (*marks, "shared")
    value = number_text(number, role, cell)
    form.note(row_id, "indicators", position, role, place, value, number=number, marks=marks)
    return number


def _reason(form: FormDraft, row_id: int, position: int, line: Line) -> tuple[str, str]:
    rows = form.layout.reason_rows
    if "reason" not in line.places and rows:
        # one row below the total gives the reasons of all
        cell = form.cell(rows[0])
        text, marks = clean_text(cell.text) if cell is not None else ("", ())
        form.note(row_id, "indicators", position, "reason", rows[0], text, marks=(*marks, "shared"))
        return text, text_state(text).value
    if "reason" not in line.places:
        return "", State.ABSENT.value
    text = _text(form, row_id, position, line, "reason")
    return text, text_state(text).value
