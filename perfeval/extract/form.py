"""One form: its heading, its total, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval.extract.draft import FormDraft
from perfeval.extract.fields import text_at, text_of
from perfeval.extract.funds import funds
from perfeval.extract.goals import goals
from perfeval.extract.indicators import indicators
from perfeval.extract.oddities import oddities
from perfeval.extract.text import find_year, is_none
from perfeval.extract.totals import total
from perfeval.layout import Layout, Lexicon
from perfeval.regions import find_region


@dataclass(frozen=True, slots=True)
class Given:
    """What the call says of every form; `region` and `year` win over the form's own."""

    run_year: int | None = None
    region: str | None = None
    year: int | None = None


def read_form(form: FormDraft, words: Lexicon, given: Given, *, file: str, form_name: str) -> None:
    """Add all rows of one form to the draft."""
    layout = form.layout
    row_id = form.draft.new_id()
    named = {name: _heading(form, row_id, name) for name in ("project", "department", "unit")}
    year = given.year if given.year is not None else _year(form, row_id)
    totals = total(form, row_id)
    title, _ = text_at(form, layout.title)
    region = given.region or find_region(
        named["department"], named["unit"], named["project"], title
    )
    form.draft.add(
        "forms", row_id, form.form_id, form.file_id, file, form.sheet.name, form_name,
        layout.kind, layout.slug, region, year, given.run_year,
        named["project"], named["department"], named["unit"], layout.money_unit,
        totals.points.scaled, totals.points.state.value,
        totals.score.scaled, totals.score.step, totals.score.state.value,
        totals.grade,
        *_asked(layout, totals.has_grade),
        "、".join(layout.missing),
    )  # fmt: skip
    funds(form)
    goals(form)
    indicators(form, words)
    oddities(form)
    form.close()


def _heading(form: FormDraft, row_id: int, name: str) -> str:
    place = form.layout.heading.get(name)
    if place is None:
        return ""
    cell = form.cell(place)
    text, marks = text_of(cell, place)
    form.note(row_id, "forms", 1, name, place, cell, text, marks=marks)
    return "" if is_none(text) else text


def _year(form: FormDraft, row_id: int) -> int | None:
    place = form.layout.heading.get("year")
    if place is None:
        return None
    cell = form.cell(place)
    text, marks = text_of(cell, place)
    year = find_year(text)
    form.note(row_id, "forms", 1, "year", place, cell, str(year or ""), marks=marks)
    return year


def _asked(layout: Layout, has_grade: bool) -> tuple[bool, ...]:
    """The has_ columns of the forms table, in its order."""
    money = frozenset[str]().union(*(block.fields for block in layout.money))
    points_in = any(block.points_in is not None for block in layout.money)
    columns = {role for block in layout.indicators for role in block.columns}
    return (
        *(name in layout.heading for name in ("project", "department", "unit")),
        bool(layout.money),
        "rate" in money,
        "points" in money or points_in,
        any(goal.expected is not None for goal in layout.goals),
        any(goal.actual is not None for goal in layout.goals),
        bool(layout.indicators),
        *(role in columns for role in ("target", "actual", "points", "score")),
        "reason" in columns or bool(layout.reason_rows),
        layout.total is not None,
        has_grade,
    )
