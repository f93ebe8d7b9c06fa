"""Lay the figures of a form (the shape of tests/forms/*.json) out as its template prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.building.page import Page
from tests.building.styles import Head, Style

_FUND_FIELDS = {
    "initial": "initial_budget",
    "full": "budget",
    "executed": "executed",
    "weight": "points",
    "rate": "rate",
    "score": "score",
}
_FIELDS = {
    "l1": "level1",
    "l2": "level2",
    "l3": "level3",
    "target": "target",
    "val": "target",
    "actual": "actual",
    "weight": "points",
    "score": "score",
    "reason": "reason",
}


def lay_out(form: Mapping[str, Any], style: Style, page: Page | None = None) -> Page:
    """The form on a page (a new one unless given), below what stands there."""
    page = page or Page()
    width = _width(style)
    names = {
        "year": form["year"],
        "unit": form["unit"],
        "project": form["project_name"],
        "department": form["department"],
        "unit_name": form["implementing_unit"],
    }
    for line in style.before:
        page.put(page.row, 1, line.format(**names), width)
        page.row += 1
    title = style.title.format(**names)
    ref = page.put(page.row, 1, title, width)
    if "{year}" in style.title and form["year"]:
        _expect(page, "forms", 1, "year", ref, title)
    page.row += 1
    if style.year:
        page.figure("forms", 1, "year", page.row, 1, style.year.format(**names), width)
        page.row += 1
    if style.top_total:
        page.put(page.row, 1, style.top_total)
        page.figure("forms", 1, "total_score", page.row, 2, form["total"]["score"])
        page.row += 1
    for block in style.order:
        _BLOCKS[block](page, form, style, width)
    for line in style.after:
        _line(page, line, width)
    return page


def _expect(page: Page, table: str, row: int, field: str, ref: str, text: str) -> None:
    from tests.building.page import Expected

    page.expected.append(Expected(table, row, field, ref, text))


def _width(style: Style) -> int:
    label = 1 if style.indicator_label else 0
    indicators = label + sum(width for _, _, width in style.indicator_heads)
    return max(indicators, sum(style.money_label_width) + sum(w for *_, w in style.money_heads))


def _line(page: Page, line: str, width: int) -> None:
    parts = line.split("|")
    if len(parts) == 1:
        page.put(page.row, 1, line, width)
    else:
        page.put(page.row, 1, parts[0], 2)
        for part in parts[1:]:
            if part:
                page.put(page.row, 3, part, width)
    page.row += 1


def _heading(page: Page, form: Mapping[str, Any], style: Style, width: int) -> None:
    values = {
        "project": form["project_name"],
        "department": form["department"],
        "unit": form["implementing_unit"],
    }
    for row in style.heading:
        half = max(width // 2, 3)
        for (label, name), left, right in zip(
            row, (1, half + 1), ((half, width) if len(row) > 1 else (width,)), strict=False
        ):
            page.put(page.row, left, label, left)
            if name in values:
                page.figure("forms", 1, name, page.row, left + 1, values[name], right)
            elif name == "total":
                page.figure(
                    "forms", 1, "total_score", page.row, left + 1, form["total"]["score"], right
                )
            else:
                page.put(page.row, left + 1, name, right)
        page.row += 1


def _money(page: Page, form: Mapping[str, Any], style: Style, width: int) -> None:
    funds = form["funds"]
    if not funds:
        return
    if style.money == "pairs":
        _pairs(page, form, style, width)
        return
    if style.money == "sources":
        _sources(page, form, style)
        return
    if "total_last" in style.extra:
        funds = [*funds[1:], {**funds[0], "label": "合计"}]
    first, second = style.money_label_width
    page.put(page.row, 1, style.money_label.format(unit=form["unit"]), first, page.row + len(funds))
    left = first + second + 1
    spans = _spans(style.money_heads, left, width)
    for (_, text, _), (a, b) in zip(style.money_heads, spans, strict=True):
        page.put(page.row, a, text, b)
    page.put(page.row, first + 1, style.money_corner, first + second)
    page.row += 1
    for number, fund in enumerate(funds, 1):
        page.figure("funds", number, "label", page.row, first + 1, fund["label"], first + second)
        for (name, _, _), (a, b) in zip(style.money_heads, spans, strict=True):
            if name in _FUND_FIELDS:
                page.figure("funds", number, _FUND_FIELDS[name], page.row, a, fund[name], b)
            else:
                page.put(page.row, a, name, b)
        page.row += 1
    if style.money == "split":
        _split(page, form, len(funds), width)
    if style.management:
        _management(page, width)


def _management(page: Page, width: int) -> None:
    """资金管理情况 of transfer payments: nothing in it is a field of the form."""
    half = width // 2
    page.put(page.row, 1, "资金管理情况", 1, page.row + 3)
    page.put(page.row, 2, "", 2)
    page.put(page.row, 3, "情况说明", half)
    page.put(page.row, half + 1, "存在问题和改进措施", width)
    for name in ("分配科学性", "下达及时性", "执行准确性"):
        page.row += 1
        page.put(page.row, 2, name)
        page.put(page.row, 3, "已按规定办理", half)
        page.put(page.row, half + 1, "无", width)
    page.row += 1


def _pairs(page: Page, form: Mapping[str, Any], style: Style, width: int) -> None:
    """预算数：| 100 | 执行数：| 90, and the parts below in the same way."""
    funds = form["funds"]
    half = width // 2
    page.put(page.row, 1, style.money_label.format(unit=form["unit"]), 1, page.row + len(funds) - 1)
    for number, fund in enumerate(funds, 1):
        left = style.money_heads[0][1] if number == 1 else fund["label"]
        right = style.money_heads[1][1] if number == 1 else fund["label"]
        page.figure("funds", number, "label", page.row, 2, left)
        page.figure("funds", number, "budget", page.row, 3, fund["full"], half)
        page.put(page.row, half + 1, right)
        page.figure("funds", number, "executed", page.row, half + 2, fund["executed"], width)
        page.row += 1


def _sources(page: Page, form: Mapping[str, Any], style: Style) -> None:
    """One column a source of money, one row an amount."""
    funds = [*form["funds"][1:], form["funds"][0]]
    page.put(page.row, 1, style.money_label.format(unit=form["unit"]), 1, page.row + 2)
    page.put(page.row, 2, "资金来源")
    for number, fund in enumerate(funds, 1):
        label = "合计" if number == len(funds) else fund["label"]
        page.figure("funds", number, "label", page.row, 2 + number, label)
        for line, (name, _, _) in enumerate(style.money_heads, 1):
            page.figure(
                "funds", number, _FUND_FIELDS[name], page.row + line, 2 + number, fund[name]
            )
    for line, (_, text, _) in enumerate(style.money_heads, 1):
        page.put(page.row + line, 2, text)
    page.row += 1 + len(style.money_heads)


def _split(page: Page, form: Mapping[str, Any], number: int, width: int) -> None:
    """按收入性质分 beside 按支出性质分, each line a text "label:amount"."""
    half = width // 2
    page.put(page.row, 2, "按收入性质分：", half)
    page.put(page.row, half + 1, "按支出性质分：", width)
    page.row += 1
    incomes = form["extra"]["by_income"].split("; ")
    expenses = form["extra"]["by_expense"].split("; ")
    for i in range(max(len(incomes), len(expenses))):
        for texts, left, right in ((incomes, 2, half), (expenses, half + 1, width)):
            if i < len(texts):
                text = ("其中：" if i == 0 else "") + texts[i]
                number += 1
                page.figure("funds", number, "label", page.row, left, text, right)
                if not text.endswith(":"):
                    ref = page.expected[-1].cell
                    _expect(page, "funds", number, "budget", ref, text)
        page.row += 1


def _spans(heads: Sequence[Head], left: int, width: int) -> list[tuple[int, int]]:
    """Columns of each heading; the last one takes what is left of the sheet."""
    spans = []
    for _, _, columns in heads:
        spans.append((left, left + columns - 1))
        left += columns
    spans[-1] = (spans[-1][0], max(spans[-1][1], width))
    return spans


def _goals(page: Page, form: Mapping[str, Any], style: Style, width: int) -> None:
    expected, actual = form["goal_expected"], form["goal_actual"]
    half = max(width // 2, 3)
    if style.goals == "under":
        page.put(page.row, 1, style.goal_label, 1, page.row + 1)
        page.put(page.row, 2, style.goal_heads[0], half)
        page.put(page.row, half + 1, style.goal_heads[1], width)
        page.figure("goals", 1, "expected", page.row + 1, 2, expected, half)
        page.figure("goals", 1, "actual", page.row + 1, half + 1, actual, width)
        page.row += 2
    elif style.goals == "right":
        page.put(page.row, 1, style.goal_heads[0])
        page.figure("goals", 1, "expected", page.row, 2, expected, width)
        page.put(page.row + 1, 1, style.goal_heads[1])
        page.figure("goals", 1, "actual", page.row + 1, 2, actual, width)
        page.row += 2
    elif style.goals == "sichuan":
        page.put(page.row, 1, "项目基本情况", 1, page.row + 2)
        page.put(page.row, 2, "1.项目年度目标完成情况", 2, page.row + 1)
        page.put(page.row, 3, "项目年度目标", half)
        page.put(page.row, half + 1, "年度目标完成情况", width)
        page.figure("goals", 1, "expected", page.row + 1, 3, expected, half)
        page.figure("goals", 1, "actual", page.row + 1, half + 1, actual, width)
        page.put(page.row + 2, 2, "2.项目实施内容及过程概述")
        page.put(page.row + 2, 3, "按月发放", width)
        page.row += 3
    else:
        third = width // 3
        page.put(page.row, 1, "当年绩效目标", 1, page.row + 1)
        page.put(page.row, 2, "年初绩效目标", third)
        page.put(page.row, third + 1, "全年（调整）绩效目标", 2 * third)
        page.put(page.row, 2 * third + 1, "全年目标实际完成情况", width)
        page.put(page.row + 1, 2, "", third)
        page.figure("goals", 1, "expected", page.row + 1, third + 1, expected, 2 * third)
        page.figure("goals", 1, "actual", page.row + 1, 2 * third + 1, actual, width)
        page.row += 2


def _decision(page: Page, form: Mapping[str, Any], style: Style, width: int) -> None:
    """A first table, on how the project was decided and managed."""
    _table(page, form["decision"], style, 0)


def _indicators(page: Page, form: Mapping[str, Any], style: Style, width: int) -> None:
    before = len(form["decision"]) if "decision" in style.order else 0
    if form["indicators"]:
        _table(page, form["indicators"], style, before)


def _table(page: Page, rows: Sequence[Mapping[str, Any]], style: Style, before: int) -> None:
    rows = [{**row, "l1": style.level1.get(row["l1"], row["l1"])} for row in rows]
    width = _width(style)
    left = 2 if style.indicator_label else 1
    spans = _spans(style.indicator_heads, left, width)
    deep = 2 if style.upper else 1
    if style.indicator_label:
        page.put(page.row, 1, style.indicator_label, 1, page.row + deep + len(rows) - 1)
    uppers = {name: text for text, names in style.upper for name in names}
    by_name = dict(zip((name for name, *_ in style.indicator_heads), spans, strict=True))
    for text, names in style.upper:
        page.put(page.row, by_name[names[0]][0], text, by_name[names[-1]][1])
    for (name, text, _), (a, b) in zip(style.indicator_heads, spans, strict=True):
        if style.upper and name not in uppers:
            page.put(page.row, a, text, b, page.row + 1)
        else:
            page.put(page.row + deep - 1, a, text, b)
    page.row += deep
    for index in range(len(rows)):
        for (name, _, _), (a, b) in zip(style.indicator_heads, spans, strict=True):
            _indicator_cell(page, rows, index, name, a, b, before)
        page.row += 1


def _indicator_cell(
    page: Page,
    rows: Sequence[Mapping[str, Any]],
    index: int,
    name: str,
    left: int,
    right: int,
    before: int,
) -> None:
    row = rows[index]
    if name in ("l1", "l2"):
        again = (
            index > 0
            and rows[index - 1][name] == row[name]
            and (name == "l1" or rows[index - 1]["l1"] == row["l1"])
        )
        if again or not row[name]:
            return
        last = index
        while (
            last + 1 < len(rows)
            and rows[last + 1][name] == row[name]
            and rows[last + 1]["l1"] == row["l1"]
        ):
            last += 1
        page.figure(
            "indicators",
            before + index + 1,
            _FIELDS[name],
            page.row,
            left,
            row[name],
            right,
            page.row + last - index,
        )
    elif name in ("op", "unit"):
        page.put(page.row, left, row.get("cols", {}).get(name, ""), right)
    elif name == "val":
        text = row["cols"]["val"] if "cols" in row else row["target"]
        page.figure("indicators", before + index + 1, "target", page.row, left, text, right)
    elif name in _FIELDS:
        page.figure(
            "indicators", before + index + 1, _FIELDS[name], page.row, left, row[name], right
        )
    else:
        page.put(page.row, left, name if row["l3"] else "", right)


def _total(page: Page, form: Mapping[str, Any], style: Style, width: int) -> None:
    if not style.total_label or not form["indicators"]:
        return
    left = 2 if style.indicator_label else 1
    spans = dict(
        zip(
            (name for name, *_ in style.indicator_heads),
            _spans(style.indicator_heads, left, width),
            strict=True,
        )
    )
    if notes := style.extra.get("notes_row"):
        page.put(page.row, 1, notes)
        page.put(page.row, 2, "无", width)
        page.row += 1
    first = min(spans[name][0] for name in ("weight", "score") if name in spans)
    page.put(page.row, 1, style.total_label, first - 1)
    for name in ("weight", "score"):
        if name in spans:
            page.figure(
                "forms",
                1,
                f"total_{_FIELDS[name]}",
                page.row,
                spans[name][0],
                form["total"][name],
                spans[name][1],
            )
    grade = form.get("extra", {}).get("grade", "")
    if grade and style.extra.get("grade") == "in-row":
        page.figure("forms", 1, "grade", page.row, spans["score"][1] + 1, grade)
    page.row += 1


_BLOCKS = {
    "heading": _heading,
    "money": _money,
    "goals": _goals,
    "decision": _decision,
    "indicators": _indicators,
    "total": _total,
}
