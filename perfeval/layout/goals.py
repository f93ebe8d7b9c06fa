"""Goals and results: under their headings or beside their labels; and text that spilled below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfeval.layout.grid import Grid, Item
from perfeval.layout.headings import Kind, kind
from perfeval.layout.inline import pair_in
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.parts import Goal, Place

_OF_BLOCK = re.compile(r"\(\d{1,3}分\)")
_POINTS = re.compile(r"\s*\d{1,3}(?:\.\d{1,2})?分?\s*")


def goal_rows(
    grid: Grid, words: Lexicon, row: int, end: int
) -> tuple[tuple[Goal, ...], int] | None:
    """The goals that begin at `row` and their last row, if any do; `end` is the form's last row."""
    items = grid.items(row)
    if kind(grid, items) is not Kind.NONE:
        return None
    labels = [item for item in items if item.label.goal]
    if not labels:
        return _inside(words, items)
    actual = next((item for item in reversed(labels) if item.label.goal == "actual"), None)
    before = [item for item in labels if actual is None or item.col < actual.col]
    expected = next((item for item in reversed(before) if item.label.goal == "expected"), None)
    adjusted = next((item for item in reversed(before) if item.label.goal == "adjusted"), None)
    if expected is None and adjusted is None and (actual is None or len(labels) > 1):
        # 目标完成情况 twice, or a block's name alone
        actual = labels[-1] if len(labels) > 1 else actual
    if _beside(grid, words, items, expected, actual):
        return _right(grid, expected, actual, row)
    if expected is None and adjusted is None:
        return None
    if actual is None and not _heads(grid, items, expected or adjusted):
        return _right(grid, expected or adjusted, None, row)
    return _under(grid, words, row, end, expected=expected, adjusted=adjusted, actual=actual)


def _inside(words: Lexicon, items: Sequence[Item]) -> tuple[tuple[Goal, ...], int] | None:
    """预期目标：… in one cell with its text."""
    found = {}
    for item in items:
        if item.named.goal in ("expected", "actual"):
            pair = pair_in(words, item.cell.text)
            if pair is not None:
                found[pair.label.goal] = pair.place(item)
    if not found:
        return None
    bottom = max(item.bottom for item in items)
    return (Goal(found.get("expected"), found.get("actual")),), bottom


def _beside(
    grid: Grid, words: Lexicon, items: Sequence[Item], expected: Item | None, actual: Item | None
) -> bool:
    """Whether the values stand to the right of their labels."""
    for label in (expected, actual):
        if label is None:
            continue
        following = next((item for item in items if item.col > label.right), None)
        if following is not None and not following.label.known:
            # points of the block in the right margin are no result
            return not (
                expected is not None and label is actual and _POINTS.fullmatch(following.cell.text)
            )
        if (
            following is None
            and label.right < grid.last_col
            and label is actual
            and expected is None
        ):
            return _blank_beside(grid, label)
    if expected is not None and actual is not None and actual.col > expected.right + 1:
        below = grid.below(expected.bottom)
        return kind(grid, below).heads_block
    return False


def _blank_beside(grid: Grid, label: Item) -> bool:
    below = grid.below(label.bottom)
    return not below or all(item.col <= label.col or item.label.known for item in below)


def _heads(grid: Grid, items: Sequence[Item], label: Item | None) -> bool:
    """A lone 年度目标 is a heading when the text stands under it and not beside it."""
    if label is None:
        return False
    below = grid.below(label.bottom)
    under = [item for item in below if label.col <= item.col <= label.right]
    return bool(under) and not any(item.label.known for item in below) and len(items) <= 2


def _right(
    grid: Grid, expected: Item | None, actual: Item | None, row: int
) -> tuple[tuple[Goal, ...], int]:
    goal = Goal(
        _next_to(grid, expected) if expected else None, _next_to(grid, actual) if actual else None
    )
    bottom = max(item.bottom for item in (expected, actual) if item is not None)
    return (goal,), max(bottom, row)


def _next_to(grid: Grid, label: Item) -> Place:
    following = next((item for item in grid.items(label.row) if item.col > label.right), None)
    if following is not None and not following.label.goal and not following.label.known:
        return Place(following.row, following.col)
    return Place(*grid.anchor(label.row, label.right + 1))


def _under(
    grid: Grid,
    words: Lexicon,
    row: int,
    end: int,
    *,
    expected: Item | None,
    adjusted: Item | None,
    actual: Item | None,
) -> tuple[tuple[Goal, ...], int]:
    heads = [item for item in (expected, adjusted, actual) if item is not None]
    first = max(item.bottom for item in heads) + 1
    lasts = _areas(grid, heads)
    goals: list[Goal] = []
    spilled: list[Place] = []
    bottom = first
    for number in grid.rows(first, end):
        items = grid.items(number)
        if _ends(grid, items):
            break
        own = {head.col: _in(items, head.col, lasts[head.col]) for head in heads}
        inside = [item for item in own.values() if item is not None]
        outside = [item for item in items if item not in inside and item.label.block != "goals"]
        if goals and len(inside) < len(heads):
            # a later row that does not fill every column goes on with what stands above
            spilled += [Place(item.row, item.col) for item in (*inside, *outside)]
        else:
            goals.append(
                _goal(grid, number, own, expected=expected, adjusted=adjusted, actual=actual)
            )
            spilled += [
                Place(item.row, item.col)
                for item in outside
                if item.col < heads[0].col and not item.label.known
            ]
        bottom = max(number, *(item.bottom for item in (*inside, heads[0])))
    if not goals:
        goals.append(_goal(grid, first, {}, expected=expected, adjusted=adjusted, actual=actual))
        bottom = max(first, bottom)
    goals[-1] = goals[-1]._replace(spilled=tuple(spilled))
    goals[0] = goals[0]._replace(points_in=_points_of(grid.items(row), heads))
    return tuple(goals), bottom


def _points_of(items: Sequence[Item], heads: Sequence[Item]) -> Place | None:
    """(20分) in the name of the block, or a number in its right margin."""
    for item in items:
        named = item.label.block == "goals" and _OF_BLOCK.search(item.label.text)
        margin = item.col > heads[-1].right and _POINTS.fullmatch(item.cell.text)
        if item not in heads and (named or margin):
            return Place(item.row, item.col)
    return None


def _goal(
    grid: Grid,
    row: int,
    own: dict[int, Item | None],
    *,
    expected: Item | None,
    adjusted: Item | None,
    actual: Item | None,
) -> Goal:
    def place(head: Item | None) -> Place | None:
        if head is None:
            return None
        item = own.get(head.col)
        return Place(item.row, item.col) if item else Place(*grid.anchor(row, head.col))

    if adjusted is None:
        return Goal(place(expected), place(actual))
    return Goal(place(adjusted), place(actual), initial=place(expected))


def _areas(grid: Grid, heads: Sequence[Item]) -> dict[int, int]:
    """The last column of each heading: up to the next heading, as areas are lost in text files."""
    lasts = {}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        right = following.col - 1 if following is not None else max(head.right, grid.last_col)
        lasts[head.col] = max(right, head.col)
    return lasts


def _in(items: Sequence[Item], left: int, right: int) -> Item | None:
    return next((item for item in items if left <= item.col <= right), None)


def _ends(grid: Grid, items: Sequence[Item]) -> bool:
    if kind(grid, items) is not Kind.NONE:
        return True
    if any(item.label.title for item in items) and len(items) == 1:
        return True
    first = items[0].label
    if first.block in ("indicators", "money", "conclusion", "management"):
        return True
    return items[0].named.block in ("conclusion", "management") or any(
        item.label.goal for item in items[:2]
    )
