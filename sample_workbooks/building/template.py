"""Templates as data: the columns of a layout, their headings, and the order of its blocks."""

from __future__ import annotations

from dataclasses import dataclass

from .form import Form, Indicator
from .page import Page


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: its heading, the field under it, where it begins and how wide it is."""

    heading: str
    name: str
    at: int
    columns: int = 1
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Template:
    """A layout. `heading` rows hold (label, field, column of the label, value from, value to)."""

    slug: str
    widths: tuple[float, ...]
    heading: tuple[tuple[tuple[str, str, int, int, int], ...], ...]
    money_label: str
    money: tuple[Column, ...]
    fund_columns: tuple[int, int]  # where the label of a money row begins, and how wide it is
    goal_label: str
    goals: tuple[Column, ...]
    indicator_label: str | None
    indicators: tuple[Column, ...]
    total_label: str | None
    group: tuple[str, int, int] | None = None  # a heading over columns: text, first, how many
    order: tuple[str, ...] = ("heading", "money", "goals", "indicators", "total", "notes")
    merge_levels: bool = True

    @property
    def width(self) -> int:
        return len(self.widths)


def write_form(page: Page, form: Form, template: Template, *, top: int = 1) -> int:
    """Write `form` below row `top` - 1 and return the first free row."""
    page.form += 1
    page.widths = page.widths or template.widths
    return write_blocks(page, form, template, _title(page, form, template, top))


def write_blocks(page: Page, form: Form, template: Template, row: int) -> int:
    """Write the blocks of `template.order` from `row` on and return the first free row."""
    blocks = {
        "heading": _heading,
        "money": _money,
        "goals": _goals,
        "indicators": _indicators,
        "total": _total,
        "top-total": _top_total,
        "notes": _notes,
    }
    for block in template.order:
        row = blocks[block](page, form, template, row)
    return row


def _title(page: Page, form: Form, template: Template, row: int) -> int:
    page.put(row, 1, form.title, "title", columns=template.width)
    page.heights[row] = 30
    at = row
    if form.year_line is not None:
        at = row + 1
        page.put(at, 1, form.year_line, "centre-plain", columns=template.width)
    page.mark("forms", 0, "year", at, 1)
    return at + 1


def _heading(page: Page, form: Form, template: Template, row: int) -> int:
    for line in template.heading:
        for label, name, column, first, last in line:
            page.put(row, column, label, "label", columns=first - column)
            page.put(row, first, getattr(form, name), "text", columns=last - first + 1)
            page.mark("forms", 0, name, row, first)
        row += 1
    return row


def _money(page: Page, form: Form, template: Template, row: int) -> int:
    label = template.money_label.format(unit=form.money_unit)
    at, columns = template.fund_columns
    page.put(row, 1, label, "label", rows=len(form.funds) + 1, columns=at - 1)
    page.put(row, at, None, "label", columns=columns)
    for column in template.money:
        page.put(row, column.at, column.heading, "label", columns=column.columns)
    for position, fund in enumerate(form.funds, start=1):
        line = row + position
        page.put(line, at, fund.label, "left", columns=columns)
        page.mark("funds", position, "label", line, at)
        for column in template.money:
            value = getattr(fund, column.name)
            page.put(line, column.at, value, column.style, columns=column.columns)
            page.mark("funds", position, column.name, line, column.at)
    return row + len(form.funds) + 1


def _goals(page: Page, form: Form, template: Template, row: int) -> int:
    page.put(row, 1, template.goal_label, "label", rows=2)
    for column in template.goals:
        page.put(row, column.at, column.heading, "label", columns=column.columns)
        value = form.goal if column.name == "expected" else form.result
        page.put(row + 1, column.at, value, "left", columns=column.columns)
        page.mark("goals", 1, column.name, row + 1, column.at)
    page.heights[row + 1] = 72
    return row + 2


def _indicators(page: Page, form: Form, template: Template, row: int) -> int:
    last = row + (1 if template.group else 0)
    if template.indicator_label:
        rows = len(form.indicators) + last - row + 1
        page.put(row, 1, template.indicator_label, "label", rows=rows)
    _column_headings(page, template, row)
    for position in range(1, len(form.indicators) + 1):
        for column in template.indicators:
            _indicator_cell(page, form, template, column, position, last + position)
    return last + len(form.indicators) + 1


def _column_headings(page: Page, template: Template, row: int) -> None:
    page.heights[row] = 28
    heading, first, columns = template.group or ("", 0, 0)
    if template.group:
        page.put(row, first, heading, "label", columns=columns)
    for column in template.indicators:
        if first <= column.at < first + columns:
            page.put(row + 1, column.at, column.heading, "label")
        else:
            rows = 2 if template.group else 1
            page.put(row, column.at, column.heading, "label", rows=rows, columns=column.columns)


def _indicator_cell(
    page: Page, form: Form, template: Template, column: Column, position: int, line: int
) -> None:
    indicator = form.indicators[position - 1]
    value = getattr(indicator, column.name)
    if column.name in ("level1", "level2") and template.merge_levels:
        if value is None:
            return
        rows = _run(form.indicators[position:], column.name)
        page.put(line, column.at, value, "label", rows=rows, columns=column.columns)
    else:
        page.put(line, column.at, value, column.style, columns=column.columns)
    page.mark("indicators", position, column.name, line, column.at)


def _run(following: tuple[Indicator, ...], name: str) -> int:
    """Over how many rows a level's cell is merged: its own and those that name none."""
    length = 1
    for indicator in following:
        if getattr(indicator, name) is not None:
            break
        length += 1
    return length


def _total(page: Page, form: Form, template: Template, row: int) -> int:
    by_name = {column.name: column for column in template.indicators}
    first = by_name.get("points", by_name.get("score"))
    assert first is not None  # a template without scores has no total block
    page.put(row, 1, template.total_label, "label", columns=first.at - 1)
    values = {"points": form.total_points, "score": form.total_score, "reason": form.grade}
    for name, value in values.items():
        if name in by_name:
            column = by_name[name]
            style = "text" if name == "reason" else "points"
            page.put(row, column.at, value, style, columns=column.columns)
    names = {"points": "total_points", "score": "total_score", "reason": "grade"}
    for name, field in names.items():
        if name in by_name and (name != "reason" or form.grade is not None):
            page.mark("forms", 0, field, row, by_name[name].at)
    return row + 1


def _top_total(page: Page, form: Form, template: Template, row: int) -> int:
    page.put(row, 1, template.total_label, "label", columns=2)
    page.put(row, 3, form.total_score, "points", columns=template.width - 2)
    page.mark("forms", 0, "total_score", row, 3)
    return row + 1


def _notes(page: Page, form: Form, template: Template, row: int) -> int:
    for note in form.notes:
        if isinstance(note, str):
            page.put(row, 1, note, "note", columns=template.width)
        else:
            page.put(row, 1, note[0], "label", columns=2)
            page.put(row, 3, note[1], "left", columns=template.width - 2)
        page.heights[row] = 40
        row += 1
    return row
