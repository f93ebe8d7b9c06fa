"""Tables of indicators: their heading, their rows, and the row with the total that closes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfeval.layout.grid import Grid, Item
from perfeval.layout.headings import (
    NAMES,
    head_rows,
    indicator_columns,
    kind,
    printed,
    same_head,
)
from perfeval.layout.lexicon import Label
from perfeval.layout.parts import Column, IndicatorBlock, Place, TotalPlaces

_LEVELS = ("level1", "level2", "level3")
_LOOKED_AT = 12  # rows below a heading that tell what stands in its columns
_REMARK_ROWS = 4  # rows of remarks that may stand above the total
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|填报说明|附注)(?:[:：\d一(]|$)")


def indicator_block(
    grid: Grid, row: int, end: int
) -> tuple[IndicatorBlock, TotalPlaces | None] | None:
    """The table whose heading `row` is, if it can be one, and the total below it."""
    heads = head_rows(grid, row)
    found = indicator_columns(grid, [grid.items(n) for n in heads])
    if not NAMES & found.keys():
        return None
    labels = printed(found)
    named = _levels(grid, _chosen(found), heads[-1])
    left = _deepest(named)
    repeats: list[int] = []
    skipped: list[int] = []
    bottom = heads[-1]
    total: Item | None = None
    # headings without a role are labels that no row is known by
    by_known = sum([not label.known for n in heads for label in grid.labels[n]]) < 3
    for number in grid.rows(heads[-1] + 1, end):
        if by_known and number not in grid.labelled and not _may_close(grid.labels[number][0]):
            bottom = number
            continue
        items = grid.items(number)
        if same_head(found, labels, items):
            repeats.append(number)
            continue
        if kind(grid, items).heads_block:
            break
        if _closes(items[0]):
            if not _total_follows(grid, number, end, left):
                break
            skipped.append(number)  # 其他需要说明事项 above the total
            continue
        again = len(heads) > 1 and bool(repeats) and repeats[-1] >= number - 2
        if again and all(item.label.column for item in items):
            repeats.append(number)  # the second row of a heading printed again
            continue
        total = _total_label(items, left)
        if total is not None:
            break
        bottom = max(number, bottom)
    block = IndicatorBlock(row, heads[-1], bottom, named, tuple(repeats), frozenset(skipped))
    return block, _total(grid, block, total) if total else None


def _chosen(found: Mapping[str, Column]) -> dict[str, Column]:
    """One column a role: what an operator column is depends on which of them the table has."""
    named = {role: column for role, column in found.items() if "@" not in role}
    if "operator" not in named and "nature" in named:
        named["operator"] = named.pop("nature")
    if "score" not in named and "weighted" in named:
        named["score"] = named.pop("weighted")
    elif "weighted" in named:
        named["score"] = named.pop("weighted")  # 单项得分 × 权重 = 折算得分 is what counts
    if "reason" not in named and "measures" in named:
        named["reason"] = named.pop("measures")
    if "target" not in named and "adjusted" in named:
        named["target"] = named.pop("adjusted")
    return named


def _levels(grid: Grid, named: dict[str, Column], head: int) -> dict[str, Column]:
    """level1–level3 of a table, also where only the names of the indicators have a heading."""
    if any(role in named for role in _LEVELS):
        deepest = next(role for role in reversed(_LEVELS) if role in named)
        name = named.pop("name", None)
        if name is not None and deepest != "level3" and name.left > named[deepest].left:
            named["level3"] = name
        elif deepest != "level3":
            named["level3"] = named.pop(deepest)
        return named
    name = named.pop("name")
    starts = _label_columns(grid, name, head)
    roles = _LEVELS[: len(starts)] if len(starts) < 3 else _LEVELS[:2]
    lefts = [*starts[: len(roles)], max(name.left, starts[-1] + 1 if starts else 0)]
    for role, left, following in zip(roles, lefts, lefts[1:], strict=False):
        named[role] = name._replace(role=role, left=left, right=following - 1)
    named["level3"] = name._replace(role="level3", left=lefts[-1], right=max(name.right, lefts[-1]))
    return named


def _label_columns(grid: Grid, name: Column, head: int) -> list[int]:
    """Columns left of the names, or under the left part of their heading, with labels of levels."""
    found: dict[int, set[str]] = {}
    for number in grid.rows(head + 1, grid.last_row)[:_LOOKED_AT]:
        for item in grid.items(number):
            within = item.col < max(name.right, name.left + 1)
            if within and (item.label.level1 or item.label.level2):
                found.setdefault(item.col, set()).add(item.label.text)
    return sorted(
        col
        for col, texts in found.items()
        if len(texts) > 1 and (col != name.left or name.right > name.left)
    )


def _deepest(named: Mapping[str, Column]) -> int:
    return named["level3"].right


def _may_close(first: Label) -> bool:
    """Whether a row without any known label may close the table all the same."""
    return bool(first.title) or _NOTE.match(first.text) is not None


def _closes(first: Item) -> bool:
    label = first.label
    if label.title or label.heading in ("project", "department"):
        return True
    if label.level1 or label.level2:
        return False
    if label.grade and not label.column:
        return True
    return label.block in ("conclusion", "cause", "remedy") or bool(_NOTE.match(label.text))


def _total_follows(grid: Grid, row: int, end: int, right: int) -> bool:
    for number in grid.rows(row + 1, min(row + _REMARK_ROWS, end)):
        items = grid.items(number)
        if _total_label(items, right) is not None:
            return True
        if not _closes(items[0]):
            return False
    return False


def _total_label(items: list[Item], right: int) -> Item | None:
    """总分 at the head of a row, or after the name of the block."""
    for item in items[:2]:
        if item.col <= right and item.label.bottom:
            return item
    return None


def _total(grid: Grid, block: IndicatorBlock, label: Item) -> TotalPlaces:
    places = _named_figures(grid, label)
    if not places:
        for role in ("points", "score"):
            column = block.col(role)
            if column is not None:
                places[role] = Place(*grid.anchor(label.row, column.left))
    return TotalPlaces(
        Place(label.row, label.col),
        points=places.get("points"),
        score=places.get("score"),
        grade=places.get("grade"),
        row=label.row,
        block=block,
    )


def _named_figures(grid: Grid, total: Item) -> dict[str, Place]:
    """总分值, 总得分, 自评等级 as labels in the total row: each figure beside or below its own."""
    items = [item for item in grid.items(total.row) if item.col > total.col]
    labels = {role: item for item in reversed(items) if (role := _figure_of(item))}
    below = {item.col for item in grid.below(total.row)}
    beside = any(not (item.label.known or item.label.bottom) for item in items)
    if not beside and not any(item.col in below for item in labels.values()):
        return {}
    return {
        role: Place(*grid.anchor(item.row, item.right + 1))
        if beside
        else Place(*grid.anchor(item.bottom + 1, item.col))
        for role, item in labels.items()
    }


def _figure_of(item: Item) -> str:
    if item.label.column in ("points", "score"):
        return item.label.column
    if item.label.grade:
        return "grade"
    return "score" if item.label.bottom else ""
