"""Goals and their results, with what spilled out of their cells."""

from __future__ import annotations

from perfeval.extract.draft import FormDraft
from perfeval.extract.fields import text_at, text_state
from perfeval.layout import Goal, Place
from perfeval.model import State


def goals(form: FormDraft) -> None:
    """Add the goals of the form."""
    for position, goal in enumerate(form.layout.goals, 1):
        _goal(form, goal, position)


def _goal(form: FormDraft, goal: Goal, position: int) -> None:
    row_id = form.draft.new_id()
    place, (text, marks) = goal.expected, text_at(form, goal.expected)
    if not text and goal.initial is not None:
        place, (text, marks) = goal.initial, text_at(form, goal.initial)
    actual, actual_marks = text_at(form, goal.actual)
    rest = list(goal.spilled)
    if not text and place is not None and rest:
        # the first text below is the goal that found no room in its cell
        place = rest.pop(0)
        text, marks = text_at(form, place)
    in_cells = (text, actual)  # without what spilled out of them
    more = [text_at(form, spill)[0] for spill in rest]
    if goal.actual is not None:
        actual = "\n".join(part for part in (actual, *more) if part)
    elif more:
        text = "\n".join(part for part in (text, *more) if part)
    for field, where, value, words in (
        ("expected", place, in_cells[0], marks),
        ("actual", goal.actual, in_cells[1], actual_marks),
    ):
        if where is not None:
            form.note(row_id, "goals", position, field, where, form.cell(where), value, marks=words)
    form.draft.add(
        "goals", row_id, form.form_id, position,
        text, _state(place, text), actual, _state(goal.actual, actual),
    )  # fmt: skip
    if goal.points_in is not None:
        form.remark("goal-points", "goals", text_at(form, goal.points_in)[0], goal.points_in)
    if goal.spilled:
        first = goal.spilled[0]
        form.remark("spilled-text", "goals", text_at(form, first)[0], first)


def _state(place: Place | None, text: str) -> str:
    return (State.ABSENT if place is None else text_state(text)).value
