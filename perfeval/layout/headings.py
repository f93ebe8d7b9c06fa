"""Heading rows of tables: which column stands under which heading, of one row or two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from perfeval.layout.grid import Grid, Item
from perfeval.layout.lexicon import Label
from perfeval.layout.parts import Column, place_of

NAMES = frozenset({"level1", "level2", "level3", "name"})
_VALUES = frozenset({"target", "adjusted", "actual", "points", "score"})
_AMOUNTS = frozenset({"initial_budget", "budget", "executed"})


class Kind(StrEnum):
    """What a row is the heading of."""

    NONE = ""
    LIST = "list"  # 序号 / 项目名称 / …, which is no form
    INDICATORS = "indicators"  # 一级指标 … 年度指标值 … 得分
    MONEY = "money"  # 年初预算数 全年预算数 全年执行数 执行率

    @property
    def heads_block(self) -> bool:
        return self is Kind.INDICATORS or self is Kind.MONEY


_NONE = Kind.NONE  # to look up a member takes as long as a call


def mark(grid: Grid) -> None:
    """Enter in the grid of which rows the Kind is not NONE."""
    for row in grid.labelled:
        labels = grid.labels[row]
        if len(labels) > 1:
            found = _kind(labels)
            if found is not _NONE:
                grid.kinds[row] = found


def kind(grid: Grid, items: Sequence[Item]) -> Kind:
    """The Kind of the row of `items`, as it is marked."""
    return grid.kinds.get(items[0].row, _NONE) if items else _NONE


def _kind(labels: Sequence[Label]) -> Kind:
    if _is_list(labels):
        return Kind.LIST
    roles = {label.column for label in labels} - {"", "other"}
    if len(roles) >= 3 and roles & NAMES and roles & _VALUES:
        return Kind.INDICATORS
    amounts = {label.money_column for label in labels if not label.part}
    number = len(amounts & _AMOUNTS)
    return Kind.MONEY if number >= 2 or (number == 1 and "rate" in amounts) else _NONE


def _is_list(labels: Sequence[Label]) -> bool:
    roles = {label.heading for label in labels} - {"", "other"}
    if not roles:
        return False
    texts = {label.text for label in labels}
    if "序号" in texts or "编号" in texts:
        return True
    amounts = {label.money_column for label in labels} & _AMOUNTS
    return len(amounts) > 1 and not roles.isdisjoint(("project", "department", "unit"))


def head_rows(grid: Grid, row: int) -> list[int]:
    """The rows of an indicator heading that begins at `row`: a second row refines the first."""
    rows = [row]
    while True:
        items = grid.below(rows[-1])
        roles = [item.label.column for item in items]
        refining = sum(bool(role) and role != "other" for role in roles)
        if refining < 2 or not all(roles) or items[0].row > rows[-1] + 3:
            return rows
        if kind(grid, items) is Kind.LIST:
            return rows
        if len(rows) == 1 and _repeats(grid.items(row), items):
            return rows
        rows.append(items[0].row)


def columns(
    rows: Iterable[Sequence[Item]], role_of: Callable[[Item], str], last_col: int
) -> dict[str, Column]:
    """The columns under each heading, by role; of two headings with one role the left one counts.

    A heading without a role still takes its columns, so that no neighbour claims them; columns
    under no heading belong to the one on their left (text files lose the areas of merged headings).
    """
    under: dict[int, Item] = {}
    above: dict[tuple[int, int], str] = {}  # role of what a heading is a part of
    for items in rows:
        refined: list[Item] = []
        for item in items:
            for col in range(item.col, min(item.right, last_col) + 1):
                upper = under.setdefault(col, item)
                if upper is not item and (role_of(item) or not role_of(upper)):
                    refined.append(upper)
                    above[item.row, item.col] = role_of(upper)
                    under[col] = item
        if refined:
            # what a heading is divided into takes all of its columns
            under = {col: item for col, item in under.items() if item not in refined}
    found: dict[str, Column] = {}
    for item, left, right in _runs(under):
        role = role_of(item) or "other"
        if above.get((item.row, item.col)) == "actual":
            # 符号 值 单位 under 实际完成值: only the value is one
            role = "actual" if role in ("target", "actual") else "other"
        if role == "other" or role in found:
            role = f"{role}@{left}"
        found[role] = Column(role, left, right, item.label.text, place_of(item.row, item.col))
    return found


def indicator_columns(grid: Grid, rows: Sequence[Sequence[Item]]) -> dict[str, Column]:
    """The columns of an indicator heading; the block's own name on its left is none of them."""
    items = [item for row in rows for item in row]
    levels = [item.col for item in items if item.label.column in ("level1", "level2", "level3")]
    names = [item.col for item in items if item.label.column == "name"]
    first = min(levels) if levels else max(names)
    return columns(rows, lambda item: item.label.column if item.col >= first else "", grid.last_col)


def printed(head: Mapping[str, Column]) -> set[tuple[str, int]]:
    """Text and column of each label of a heading."""
    return {(column.text, column.place.col) for column in head.values()}


def same_head(
    head: Mapping[str, Column], labels: set[tuple[str, int]], items: Sequence[Item]
) -> bool:
    """Whether a row prints the heading again (after a page break), each label in its column.

    `labels` are those `printed` in the heading. A heading with columns that the table has not is
    that of another table.
    """
    again = sum([(item.label.text, item.col) in labels for item in items])
    if again < 3 or again * 2 <= len(items):
        return False
    roles = {role.split("@")[0] for role in head}
    return all(item.label.column in roles for item in items if item.label.column)


def _repeats(items: Sequence[Item], others: Sequence[Item]) -> bool:
    texts = {item.label.text for item in items}
    return sum(item.label.text in texts for item in others) * 2 > len(others)


def _runs(under: Mapping[int, Item]) -> list[tuple[Item, int, int]]:
    runs: list[tuple[Item, int, int]] = []
    for col in sorted(under):
        if runs and runs[-1][0] is under[col]:
            runs[-1] = (under[col], runs[-1][1], col)
        else:
            runs.append((under[col], col, col))
    lefts = [left for _, left, _ in runs[1:]]
    gaps = [left - 1 for left in lefts] + [runs[-1][2]] if runs else []
    return [
        (item, left, max(right, gap)) for (item, left, right), gap in zip(runs, gaps, strict=True)
    ]
