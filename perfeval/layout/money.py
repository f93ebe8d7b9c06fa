"""Blocks of money: a table with headings, "label: amount" pairs, or one column a source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfeval.layout.grid import Grid, Item
from perfeval.layout.headings import columns, is_indicator_head, is_money_head
from perfeval.layout.inline import label_before
from perfeval.layout.lexicon import Label, Lexicon
from perfeval.layout.parts import Column, FundRow, MoneyBlock, Place

FIELDS = ("initial_budget", "budget", "executed", "points", "rate", "score")
_AMOUNTS = ("initial_budget", "budget", "executed")
_UNIT = re.compile(r"[(:,](亿元|百万元|万元|千元|元)(?![\w/])")
_POINTS = re.compile(r"\d+(?:\.\d+)?分")
_STOPS = frozenset({"management", "conclusion", "indicators", "cause", "remedy"})


def unit_in(text: str) -> str:
    """The money unit in a normalised label: 项目资金(万元) → 万元."""
    found = _UNIT.search(text)
    return found.group(1) if found else ""


def money_block(grid: Grid, words: Lexicon, row: int, end: int) -> MoneyBlock | None:
    """The block of money that begins at `row`, if one does; `end` is the form's last row."""
    items = grid.items(row)
    if _is_pairs(grid, words, row):
        return _pairs(grid, words, row, end)
    if is_money_head(items):
        return _table(grid, words, row, end)
    if _is_sources(grid, row, end):
        return _sources(grid, row, end)
    return None


def _table(grid: Grid, words: Lexicon, row: int, end: int) -> MoneyBlock | None:
    corners = _corners(grid, row)
    head = columns(
        [grid.items(row)],
        lambda item: "" if item.col in corners else item.label.money_column,
        grid.last_col,
    )
    fields = {role: head[role] for role in FIELDS if role in head}
    first = min(column.left for column in fields.values())
    rows: list[FundRow] = []
    bottom, splitting = row, False
    for number in _rows_after(grid, row, end):
        items = grid.items(number)
        if any(label_before(words, item).money_split for item in items):
            bottom, splitting = number, True
            continue
        if splitting:
            more = _split_rows(grid, words, items)
            if not more:
                break
            rows += more
            bottom = number
            continue
        label = next((item for item in reversed(items) if item.col < first), None)
        if _stops(items, label):
            break
        if label is None and rows:
            break
        if label is not None and label.label.heading == "other":
            continue  # 行次, 列次
        filled = any(item.col >= first for item in items)
        if label is None or label.label.money_row or label.label.part or filled:
            rows.append(_fund_row(grid, number, label, fields))
            bottom = number
        else:
            break
    score = fields.get("score")
    return MoneyBlock(
        top=row,
        bottom=bottom,
        fields=frozenset(fields),
        rows=_levels(rows),
        percent="%" in fields["rate"].text if "rate" in fields else False,
        points_in=score.place
        if score and "points" not in fields and _POINTS.search(score.text)
        else None,
        header=frozenset(column.text for column in head.values()),
    )


def _corners(grid: Grid, row: int) -> set[int]:
    """Headings over the labels of the rows (年度预算数 over 总额, 其中…), which head no amounts."""
    below = {item.col: item.label for item in grid.below(row)}
    return {item.col for item in grid.items(row) if item.col in below and _is_fund(below[item.col])}


def _fund_row(grid: Grid, row: int, label: Item | None, fields: Mapping[str, Column]) -> FundRow:
    places = {role: _place(grid, row, column) for role, column in fields.items()}
    if label is None:
        return FundRow("", 0, None, places)
    kind = label.label.money_row or "part"
    level = 1 if label.label.part else 0
    return FundRow(kind, level, Place(label.row, label.col), places, unit_in(label.label.text))


def _place(grid: Grid, row: int, column: Column) -> Place:
    """The first cell with something in it under a heading, else the left one."""
    for col in range(column.left, column.right + 1):
        anchor = grid.anchor(row, col)
        if anchor[1] >= column.left and anchor[0] == row and grid.cell(row, col) is not None:
            return Place(*anchor)
    return Place(*grid.anchor(row, column.left))


def _levels(rows: Sequence[FundRow]) -> tuple[FundRow, ...]:
    """Kinds and levels told from the order: one total, its parts, and parts of a part."""
    total = next((i for i, row in enumerate(rows) if row.kind == "total"), None)
    if total is None:
        total = next(
            (i for i, row in enumerate(rows) if row.level == 0 and row.kind in ("", "part")), None
        )
    if total is None and len(rows) == 1:
        total = 0
    found: list[FundRow] = []
    inner = parts = False
    for i, row in enumerate(rows):
        if row.level == 2:
            found.append(row)
        elif i == total:
            found.append(replace(row, kind="total", level=0))
        else:
            kind = row.kind if row.kind not in ("", "total") else "part"
            if kind in ("carry_over", "other"):
                inner = False
            elif row.level == 1 and parts:
                inner = True  # a second 其中 divides the part above it
            parts = parts or row.level == 1
            found.append(replace(row, kind=kind, level=2 if inner else 1))
    return tuple(found)


def _stops(items: Sequence[Item], label: Item | None) -> bool:
    labels = [item.label for item in items]
    if is_indicator_head(items) or is_money_head(items) or any(one.title for one in labels):
        return True
    if any(one.goal and not one.money_row for one in labels):
        return True
    own = label.label if label is not None else items[0].label
    if own.money_row or own.part:
        return False
    return own.block in _STOPS or bool(own.goal) or own.heading not in ("", "other")


def _rows_after(grid: Grid, row: int, end: int) -> list[int]:
    numbers = grid.row_numbers
    return [number for number in numbers if row < number <= end]


# "label: amount" texts side by side, under 按收入性质分 / 按支出性质分


def _split_rows(grid: Grid, words: Lexicon, items: Sequence[Item]) -> list[FundRow]:
    rows = []
    for item in items:
        label = label_before(words, item, last=True)
        if not (label.money_row or label.part):
            continue
        text = item.cell.text.rstrip()
        inline = not text.endswith((":", "："))
        right = Place(*grid.anchor(item.row, item.right + 1))
        value = Place(item.row, item.col, inline=True) if inline else right
        if not inline and grid.cell(right.row, right.col) is None:
            value = Place(item.row, item.col, inline=True)
        where = Place(item.row, item.col, inline=True)
        rows.append(FundRow(label.money_row or "part", 2, where, {"budget": value}))
    return rows


# 预算数： | 100 | 执行数： | 90


def _is_pairs(grid: Grid, words: Lexicon, row: int) -> bool:
    items = grid.items(row)
    heads = [item for item in items if _amount(words, item)]
    if len({_amount(words, item) for item in heads}) < 2 or is_indicator_head(items):
        return False
    for left, right in zip(heads, heads[1:], strict=False):
        between = [item for item in items if left.right < item.col < right.col]
        inline = label_before(words, left) is not left.label
        if inline or (between and all(_numeric(item) for item in between)):
            return True
        below = {item.col: item.label for item in grid.below(row)}
        twice = [below[head.col] for head in (left, right) if head.col in below]
        if right.col > left.right + 1 and len(twice) == 2 and all(_is_fund(one) for one in twice):
            return True
    return False


def _pairs(grid: Grid, words: Lexicon, row: int, end: int) -> MoneyBlock | None:
    heads = {item.col: _role(words, item) for item in grid.items(row) if _role(words, item)}
    rows: list[FundRow] = []
    bottom = row
    for number in [row, *_rows_after(grid, row, end)]:
        items = {item.col: item for item in grid.items(number) if item.col in heads}
        labels = [label_before(words, item) for item in items.values()]
        if number != row and not any(_is_fund(label) for label in labels):
            break
        fields = {}
        for col, item in items.items():
            inline = label_before(words, item) is not item.label
            place = Place(number, col, inline=True) if inline else _beside(grid, item, heads)
            fields[heads[col]] = place
        first = next(iter(items.values()))
        label = label_before(words, first)
        kind = "total" if number == row else label.money_row or "part"
        rows.append(
            FundRow(
                kind,
                int(number != row),
                Place(number, first.col),
                fields,
                unit_in(first.label.text),
            )
        )
        bottom = number
    return MoneyBlock(row, bottom, frozenset(heads.values()), _levels(rows))


def _beside(grid: Grid, label: Item, heads: Mapping[int, str]) -> Place:
    """The amount to the right of its label, also past a blank column."""
    beside = Place(*grid.anchor(label.row, label.right + 1))
    if grid.cell(beside.row, beside.col) is None:
        following = next((item for item in grid.items(label.row) if item.col > label.right), None)
        if following is not None and following.col not in heads:
            return Place(following.row, following.col)
    return beside


def _is_fund(label: Label) -> bool:
    return bool(label.money_row or label.part) and not label.goal


def _role(words: Lexicon, item: Item) -> str:
    role = label_before(words, item).money_column
    return role if role in FIELDS else ""


def _amount(words: Lexicon, item: Item) -> str:
    role = label_before(words, item).money_column
    return role if role in _AMOUNTS else ""


def _numeric(item: Item) -> bool:
    return any(char.isdigit() for char in item.cell.text) and not item.label.known


# one column a source, one row an amount


def _is_sources(grid: Grid, row: int, end: int) -> bool:
    kinds = _source_heads(grid, row)
    if len(kinds) < 3:
        return False
    below = _rows_after(grid, row, end)[:2]
    return any(_row_role(grid.items(number), kinds[0].col) for number in below)


def _source_heads(grid: Grid, row: int) -> list[Item]:
    labels = [(item, item.label) for item in grid.items(row)]
    return [
        item
        for item, label in labels
        if label.money_row and not label.money_column and label.block != "money"
    ]


def _sources(grid: Grid, row: int, end: int) -> MoneyBlock | None:
    kinds = _source_heads(grid, row)
    lines: dict[str, int] = {}
    bottom = row
    for number in _rows_after(grid, row, end):
        role = _row_role(grid.items(number), kinds[0].col)
        if not role or role in lines:
            break
        lines[role] = number
        bottom = number
    rows = [
        FundRow(
            item.label.money_row,
            0,
            Place(item.row, item.col),
            {role: Place(*grid.anchor(number, item.col)) for role, number in lines.items()},
        )
        for item in kinds
    ]
    return MoneyBlock(row, bottom, frozenset(lines), _levels(rows))


def _row_role(items: Sequence[Item], first: int) -> str:
    for item in reversed(items):
        if item.col < first and item.label.money_column in FIELDS:
            return item.label.money_column
    return ""
