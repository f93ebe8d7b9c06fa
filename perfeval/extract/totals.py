"""The total: points, score and grade, in the closing row or beside a label on top."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfeval.extract.draft import ABSENT, FormDraft
from perfeval.extract.fields import number_at, text_of
from perfeval.extract.number import Number
from perfeval.layout import Place, TotalPlaces
from perfeval.model import State

_FIGURE = re.compile(r"\s*\d{1,3}(?:\.\d{1,4})?\s*分?\s*")


@dataclass(frozen=True, slots=True)
class Total:
    """The figures of the total as printed."""

    points: Number = ABSENT
    score: Number = ABSENT
    grade: str = ""
    has_grade: bool = False


def total(form: FormDraft, row_id: int) -> Total:
    """Read the total and note its cells."""
    places = form.layout.total
    grade_place = form.layout.grade
    if places is None:
        return Total(grade=_grade(form, row_id, grade_place), has_grade=grade_place is not None)
    points_place, score_place = places.points, places.score
    displaced: set[str] = set()
    if places.row:
        points_place, score_place, displaced = _in_row(form, places)
        grade_place = grade_place or _grade_in_row(form, places.row)
    return Total(
        _number(form, row_id, "total_points", points_place, displaced),
        _number(form, row_id, "total_score", score_place, displaced),
        _grade(form, row_id, grade_place),
        grade_place is not None,
    )


def _in_row(form: FormDraft, places: TotalPlaces) -> tuple[Place | None, Place | None, set[str]]:
    """Points and score of the closing row: under their columns, else the numbers that are there."""
    points, score = places.points, places.score
    items = [item for item in form.grid.items(places.row) if item.col > places.label.col]
    numbers = [Place(item.row, item.col) for item in items if _FIGURE.fullmatch(item.cell.text)]
    wanted = [place for place in (points, score) if place is not None]
    if all(place in numbers for place in wanted) or not numbers:
        return points, score, set()
    if points is not None and score is not None:
        if len(numbers) == 1:
            if numbers[0] in wanted:
                return points, score, set()
            if points == score:  # one merged cell over both columns
                return None, numbers[0], set()
            column = places.block.col("score") if places.block else None
            if column is not None and numbers[0].col < column.left:
                return numbers[0], score, {"total_points"}
            return points, numbers[0], {"total_score"}
        return (
            numbers[0],
            numbers[1],
            {"total_points", "total_score"} - _right(numbers, points, score),
        )
    if score is None and points is None:
        return (None, numbers[0], set()) if len(numbers) == 1 else (numbers[0], numbers[1], set())
    if score is not None:
        return None, numbers[-1], {"total_score"}
    return numbers[0], (numbers[1] if len(numbers) > 1 else None), {"total_points"}


def _right(numbers: list[Place], points: Place, score: Place) -> set[str]:
    right = set()
    if numbers[0] == points:
        right.add("total_points")
    if numbers[1] == score:
        right.add("total_score")
    return right


def _grade_in_row(form: FormDraft, row: int) -> Place | None:
    """优 after the total, or beside 自评等级."""
    items = form.grid.items(row)
    for item in items[1:]:
        if item.label.grade_word:
            return Place(item.row, item.col)
    for item in items[1:]:
        if item.label.grade:
            return Place(*form.grid.anchor(row, item.right + 1))
    return None


def _number(
    form: FormDraft, row_id: int, field: str, place: Place | None, displaced: set[str]
) -> Number:
    if place is None:
        return ABSENT
    role = field.removeprefix("total_")
    cell = form.cell(place)
    number, value = number_at(cell, place, role)
    marks = ("displaced",) if field in displaced and number.state is State.NUMBER else ()
    form.note(row_id, "forms", 1, field, place, cell, value, number=number, marks=marks)
    return number


def _grade(form: FormDraft, row_id: int, place: Place | None) -> str:
    if place is None:
        return ""
    cell = form.cell(place)
    text, marks = text_of(cell, place)
    form.note(row_id, "forms", 1, "grade", place, cell, text, marks=marks)
    return text
