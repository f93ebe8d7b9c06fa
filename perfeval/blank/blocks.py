"""The blocks of a form, each written from a row on; the answer is the first row below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perfeval.blank import formulas
from perfeval.blank.draft import Draft, Rows
from perfeval.blank.printed import Pair, Span
from perfeval.blank.sections import Group, Section, target_parts
from perfeval.model import cell_ref
from perfeval.texts import points_text

_AMOUNTS = ("initial_budget", "budget", "executed")
_NOT_ASKED = "—"
_GOAL, _CLOSING, _LINE = 84, 40, 24


def write_blocks(draft: Draft) -> int:
    """The whole form; answers its last row."""
    row = _title(draft)
    for name in draft.printed.order:
        row = _BLOCKS[name](draft, row)
    return row - 1


def _title(draft: Draft) -> int:
    whole = Span(1, draft.printed.width)
    draft.page.label(1, whole, draft.printed.title, "title")
    draft.page.label(2, whole, f"（{draft.year}年度）", "year")
    draft.page.height(1, 34)
    draft.page.height(2, 20)
    return 3


def _heading(draft: Draft, row: int) -> int:
    known = {name: getattr(draft.last, name) for name in ("project", "department", "unit")}
    for pairs in draft.printed.heading:
        for pair in pairs:
            _pair(draft, row, pair, known.get(pair.field, ""), "centre")
        draft.page.height(row, _LINE)
        row += 1
    return row


def _pair(draft: Draft, row: int, pair: Pair, value: str, look: str) -> None:
    draft.noted(draft.page.label(row, pair.label, pair.text), pair.field)
    draft.page.entry(row, pair.value, value or None, look)


def _money(draft: Draft, row: int) -> int:
    printed, page = draft.printed, draft.page
    funds = printed.funds
    draft.funds = (row + 1, row + len(funds))
    label = draft.text(printed.money_label.text)
    page.label(row, printed.money_label.span, label, rows=len(funds) + 1)
    page.label(row, printed.fund_label, "")
    names = {"points": "execution_points", "score": "execution_score"}
    for role, headed in printed.money.items():
        ref = page.label(row, headed.span, draft.text(headed.text))
        draft.noted(ref, names.get(role, role))
    draft.page.height(row, _LINE + 4)
    for line, (text, _) in enumerate(funds, row + 1):
        page.label(line, printed.fund_label, text, "fund")
        for role, headed in printed.money.items():
            _fund(draft, line, role, headed.span)
        draft.page.height(line, _LINE)
    return row + len(funds) + 1


def _fund(draft: Draft, row: int, role: str, span: Span) -> None:
    page, (top, bottom) = draft.page, draft.funds
    is_total = row == top
    if role in _AMOUNTS:
        if is_total and bottom > top:
            parts = f"{cell_ref(top + 1, span.first)}:{cell_ref(bottom, span.first)}"
            page.computed(row, span, formulas.parts_sum(parts), "money")
        else:
            page.entry(row, span, None, "money")
    elif role == "rate":
        of = draft.money("executed", row), draft.money("budget", row)
        page.computed(row, span, formulas.rate(*of, draft.policy), "percent")
    elif role not in ("points", "score"):
        page.entry(row, span, None, "text")
    elif not is_total:
        page.label(row, span, _NOT_ASKED, "centre")
    elif role == "score":
        score = formulas.execution_score(draft.money("rate"), _points(draft), draft.policy)
        page.computed(row, span, score, "points")
    else:
        page.entry(row, span, None, "points")
        if draft.weights.execution_e4 is not None:
            page.label(row, span, "", "points")
            page.sheet[cell_ref(row, span.first)] = _number(draft.weights.execution_e4)


def _points(draft: Draft) -> str:
    """The points of budget execution: their cell, or the figure where the form has no column."""
    if "points" in draft.printed.money:
        return draft.money("points")
    return points_text(draft.weights.execution_e4 or 0)


def _goals(draft: Draft, row: int) -> int:
    printed, page = draft.printed, draft.page
    if printed.goal_label:
        page.label(row, printed.goal_label.span, printed.goal_label.text, rows=2)
    for role, headed in printed.goals.items():
        ref = page.label(row, headed.span, headed.text)
        draft.noted(ref, "result" if role == "actual" else role)
        page.entry(row + 1, headed.span, None, "text")
    draft.page.height(row, _LINE)
    draft.page.height(row + 1, _GOAL)
    return row + 2


def _indicators(draft: Draft, row: int) -> int:
    printed, page = draft.printed, draft.page
    top = row
    last = row + (1 if printed.group else 0)
    draft.head = (row, last)
    _column_heads(draft, row)
    row = last + 1
    for section in draft.sections:
        row = _section(draft, section, row)
    if printed.indicator_label:
        label = draft.text(printed.indicator_label.text)
        page.label(top, printed.indicator_label.span, label, rows=row - top)
    return row


def _column_heads(draft: Draft, row: int) -> None:
    printed, page = draft.printed, draft.page
    group = printed.group
    if group:
        page.label(row, group.span, group.text)
        draft.page.height(row + 1, _LINE)
    for role, headed in printed.indicators.items():
        below = group and group.span.first <= headed.span.first <= group.span.last
        rows = 2 if group and not below else 1
        ref = page.label(row + 1 if below else row, headed.span, headed.text, rows=rows)
        draft.noted(ref, "unit_of" if role == "unit" else role)
    draft.page.height(row, _LINE + 6)


def _section(draft: Draft, section: Section, row: int) -> int:
    page, printed = draft.page, draft.printed
    rows = Rows(section, row, row + section.height - 1)
    draft.rows.append(rows)
    level1 = printed.indicators["level1"].span
    page.entry(row, level1, level1_label(draft, section), "centre", rows=section.height)
    for group in section.groups:
        row = _group(draft, group, row)
    _subtotal(draft, rows)
    return row + 1


def level1_label(draft: Draft, section: Section) -> str:
    """产出指标, or 产出指标（50分） where the form prints the points of its classes."""
    class1 = section.class1
    if not draft.printed.points_in_label or class1.points_e4 is None:
        return class1.label
    return f"{class1.label}（{points_text(class1.points_e4)}分）"


def _group(draft: Draft, group: Group, row: int) -> int:
    page, columns = draft.page, draft.printed.indicators
    page.entry(row, columns["level2"].span, group.label or None, "centre", rows=len(group.rows))
    for known in group.rows:
        values: dict[str, str | float | None] = {}
        if known is not None:
            parts = target_parts(known.target) if "operator" in columns else {}
            values = {"level3": known.level3, "target": known.target, **parts}
            values["points"] = None if known.points_e4 is None else _number(known.points_e4)
        for role, headed in columns.items():
            if role not in ("level1", "level2"):
                page.entry(row, headed.span, values.get(role) or None, _look(role))
        page.growing(row, _LINE)
        row += 1
    return row


def _look(role: str) -> str:
    if role in ("points", "score"):
        return "points"
    return "typed" if role in ("target", "actual", "operator", "unit") else "text"


def _subtotal(draft: Draft, rows: Rows) -> None:
    """小计 of points and scores; the label says what the points must add to."""
    page, row = draft.page, rows.subtotal
    due = rows.section.class1.points_e4
    must = f"（应为 {points_text(due)} 分）" if due is not None else ""
    must = must if "points" in draft.printed.indicators else ""
    start = draft.printed.indicators[draft.scored()].span.first
    page.label(row, Span(draft.printed.indicators["level1"].span.first, start - 1), f"小计{must}")
    for role, headed in draft.right_of(start):
        if role in ("points", "score"):
            sum_of = formulas.subtotal(draft.cells(role, rows))
            given = rows.section.given_e4 if role == "points" else None
            page.computed(row, headed.span, sum_of, "points", _text(given))
        else:
            page.label(row, headed.span, "")
    draft.page.height(row, _LINE - 4)


def _total(draft: Draft, row: int) -> int:
    page, printed = draft.page, draft.printed
    draft.total = row
    draft.noted(page.label(row, printed.total.span, printed.total.text), "total")
    for role, headed in draft.right_of(printed.total.span.last + 1):
        if role == "points":
            made = formulas.total_points(_sums(draft, "points"))
            page.computed(row, headed.span, made, "points", _text(_all_given(draft)))
        elif role == "score":
            page.computed(row, headed.span, _total_score(draft), "points")
        elif printed.grade == headed.span:
            score = printed.indicators["score"].span.first
            made = formulas.grade(cell_ref(row, score), draft.policy["grades"])
            draft.noted(page.computed(row, headed.span, made, "centre"), "grade")
        else:
            page.label(row, headed.span, "")
    draft.page.height(row, _LINE)
    return row + 1


def _sums(draft: Draft, role: str) -> list[str]:
    """The cells that add up to a total: of execution, then the subtotals."""
    span = draft.printed.indicators[role].span
    return [draft.money(role), *(cell_ref(rows.subtotal, span.first) for rows in draft.rows)]


def _all_given(draft: Draft) -> int | None:
    """The total of the points as the form is handed out, None where no class has any."""
    given = [rows.section.given_e4 for rows in draft.rows]
    known = [points for points in given if points is not None]
    return sum(known) + (draft.weights.execution_e4 or 0) if known else None


def _total_score(draft: Draft) -> str:
    used = "points" if "points" in draft.printed.indicators else "level3"
    asked = [(draft.cells(used, rows), draft.cells("score", rows)) for rows in draft.rows]
    return formulas.total_score(_sums(draft, "score"), asked, draft.money("rate"), draft.policy)


def _closing(draft: Draft, row: int) -> int:
    for pair in draft.printed.closing:
        _pair(draft, row, pair, "", "text")
        draft.page.height(row, _CLOSING)
        row += 1
    return row


def _text(e4: int | None) -> str:
    return "" if e4 is None else points_text(e4)


def _number(e4: int) -> int | float:
    """Points as a cell holds them."""
    return e4 // 10_000 if e4 % 10_000 == 0 else e4 / 10_000


_BLOCKS: Mapping[str, Callable[[Draft, int], int]] = {
    "heading": _heading,
    "money": _money,
    "goals": _goals,
    "indicators": _indicators,
    "total": _total,
    "closing": _closing,
}
