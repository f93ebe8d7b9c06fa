"""From the rows of a sheet to its forms: where each begins and ends, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from perfeval.layout.families import of_family
from perfeval.layout.features import features
from perfeval.layout.goals import goal_rows
from perfeval.layout.grid import Grid, Item
from perfeval.layout.heading import Heading, heading, value_place
from perfeval.layout.headings import Kind, kind, mark
from perfeval.layout.indicators import indicator_block
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.money import money_block
from perfeval.layout.money_rows import unit_in
from perfeval.layout.parts import Goal, IndicatorBlock, Layout, MoneyBlock, Place, TotalPlaces

_STATED = re.compile(
    r"单位[:(](亿元|百万元|万元|千元|元)(?![\w/])|[:(](?:金额)?单位[:]?(亿元|万元|千元|元)"
)


@dataclass(slots=True)
class Found:
    """The blocks of one form, as they are met from top to bottom."""

    money: list[MoneyBlock] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    indicators: list[IndicatorBlock] = field(default_factory=list)
    total: TotalPlaces | None = None
    reasons: list[Place] = field(default_factory=list)
    others: list[int] = field(default_factory=list)  # rows of no block
    order: list[str] = field(default_factory=list)


def forms_on(grid: Grid, words: Lexicon, sheet: int) -> list[Layout]:
    """The forms of one sheet from top to bottom."""
    mark(grid)
    forms = []
    for top, bottom in _stretches(grid):
        found = _blocks(grid, words, top, bottom)
        head = heading(grid, words, found.others)
        form = _layout(grid, found, head, sheet, top, bottom)
        # a table of money alone is a form only where it says so
        if form.indicators or (
            form.money and (form.goals or form.title or "project" in form.heading)
        ):
            forms.append(of_family(form, features(grid, form, found.order, head.has_agency)))
    return forms


def _stretches(grid: Grid) -> list[tuple[int, int]]:
    """Rows of each form: one begins where a project or title is named after a block of another."""
    starts: list[int] = []
    body = False  # the stretch has a block
    opening: int | None = None  # a title or a project's name since the last block
    named = False  # with a name, not only a title printed again on the next page
    for row, labels in grid.labels.items():
        titled = len(labels) <= 2 and labels[0].title == "form"
        if not titled and row not in grid.labelled:
            continue
        row_kind = grid.kinds.get(row)
        if row_kind is not None:
            if row_kind.heads_block:
                if opening is not None and body and (named or row_kind is Kind.MONEY):
                    starts.append(opening)
                opening, named, body = None, False, True
        elif titled:
            opening = opening or row
        elif _names_form(grid.items(row), opening is not None):
            opening, named = opening or row, True
    firsts = [1, *starts]
    return [
        (first, following - 1)
        for first, following in zip(firsts, [*starts, grid.last_row + 1], strict=True)
    ]


def _names_form(items: Sequence[Item], titled: bool) -> bool:
    """Whether a row names a project (or, below a title, a department)."""
    wanted = ("project", "department", "unit", "agency") if titled else ("project",)
    for item in items:  # noqa: SIM110  # a generator costs more than the look-ups
        if item.named.heading in wanted:
            return True
    return False


def _blocks(grid: Grid, words: Lexicon, top: int, bottom: int) -> Found:
    found = Found()
    done = 0
    for row in grid.rows(top, bottom):
        if row <= done:
            continue
        row_kind = kind(grid, grid.items(row))
        if row_kind is Kind.LIST:
            continue
        table = indicator_block(grid, row, bottom) if row_kind is Kind.INDICATORS else None
        if table is not None:
            block, total = table
            found.indicators.append(block)
            found.total = total or found.total
            found.order.append("indicators")
            done = total.row if total else block.bottom
            if total:
                found.others.append(total.row)
            continue
        money = money_block(grid, words, row, bottom)
        if money is not None:
            found.money.append(money)
            found.order.append("money")
            done = money.bottom
            continue
        goals = goal_rows(grid, words, row, bottom)
        if goals is not None:
            found.goals += goals[0]
            found.order.append("goals")
            done = goals[1]
            continue
        found.reasons += [
            value_place(grid, words, item)
            for item in grid.items(row)[:2]
            if item.label.block == "cause" and found.indicators
        ]
        found.others.append(row)
    return found


def _layout(grid: Grid, found: Found, head: Heading, sheet: int, top: int, bottom: int) -> Layout:
    """Of no family yet."""
    total, grade = found.total, head.grade
    if total is not None and total.grade is not None:
        grade = total.grade
    if total is None and head.top is not None:
        total = TotalPlaces(head.top[0], score=head.top[1])
    return Layout(
        grid=grid,
        slug="",
        kind="project",
        sheet=sheet,
        top=top,
        bottom=bottom,
        title=head.title,
        heading=head.fields,
        money_unit=_money_unit(grid, found, top, bottom),
        money=tuple(found.money),
        goals=tuple(_merged(found.goals)),
        indicators=tuple(found.indicators),
        total=total,
        grade=grade,
        reason_rows=tuple(found.reasons),
    )


def _merged(goals: Sequence[Goal]) -> list[Goal]:
    """年度目标 and 完成情况 in two rows are one goal."""
    merged: list[Goal] = []
    for goal in goals:
        last = merged[-1] if merged else None
        if last is not None and last.actual is None and goal.expected is None:
            merged[-1] = last._replace(actual=goal.actual, spilled=last.spilled + goal.spilled)
        else:
            merged.append(goal)
    return merged


def _money_unit(grid: Grid, found: Found, top: int, bottom: int) -> str:
    """元 or 万元 as the money block's labels say, else as the sheet says above or beside it."""
    for block in found.money:
        for row in grid.rows(block.top, block.bottom):
            for item in grid.items(row):
                text = item.label.text
                if (unit := unit_in(text)) and not any(
                    char.isdigit() for char in text.split("(")[0]
                ):
                    return unit
    ends = found.indicators[0].top if found.indicators else bottom
    for row in grid.rows(top, ends):
        for item in grid.items(row):
            text = item.label.text
            if "元" not in text:
                continue
            if item.label.block == "money" and (unit := unit_in(text)):
                return unit
            if stated := _STATED.search(text):
                return stated.group(1) or stated.group(2)
    return ""
