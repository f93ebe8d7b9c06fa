"""Rows of the money block."""

from __future__ import annotations

from typing import Any  # values of a row

from perfeval.extract.draft import ABSENT, FormDraft
from perfeval.extract.fields import number_at, text_of
from perfeval.extract.number import Number
from perfeval.extract.text import points_in_label
from perfeval.layout import FundRow, MoneyBlock, Place
from perfeval.model import State
from perfeval.texts import points_text

_FIELDS = ("initial_budget", "budget", "executed", "points", "rate", "score")


def funds(form: FormDraft) -> None:
    """Add the rows of every money block of the form."""
    position = 0
    for block in form.layout.money:
        for row in block.rows:
            position += 1
            _fund(form, block, row, position)


def _fund(form: FormDraft, block: MoneyBlock, row: FundRow, position: int) -> None:
    row_id = form.draft.new_id()
    unit = row.unit or form.layout.money_unit
    label = _label(form, row_id, row, position)
    values: list[Any] = [row_id, form.form_id, position, row.kind, row.level, label]
    for field in _FIELDS:
        place = row.fields.get(field)
        number = ABSENT
        if place is not None:
            cell = form.cell(place)
            number, value = number_at(cell, place, field, unit=unit, percent=block.percent)
            form.note(row_id, "funds", position, field, place, cell, value, number=number)
        elif field == "points" and row.kind == "total" and block.points_in is not None:
            number = _points_in_heading(form, row_id, block.points_in, position)
        if field == "points":
            values += (number.scaled, number.state._value_)
        else:
            values += (number.scaled, number.step, number.state._value_)
    form.draft.add("funds", *values)


def _label(form: FormDraft, row_id: int, row: FundRow, position: int) -> str:
    cell = form.cell(row.label)
    if cell is None or row.label is None:
        return ""
    label, marks = text_of(cell, row.label)
    label = label.strip().rstrip(":：")
    form.note(row_id, "funds", position, "label", row.label, cell, label, marks=marks)
    return label


def _points_in_heading(form: FormDraft, row_id: int, place: Place, position: int) -> Number:
    """得分(20分*执行率) states the points of budget execution in the heading."""
    cell = form.cell(place)
    points = points_in_label(cell.text) if cell is not None else None
    if points is None:
        return ABSENT
    number = Number(State.NUMBER, points, 10_000, 0)
    form.note(row_id, "funds", position, "points", place, cell, points_text(points))
    return number
