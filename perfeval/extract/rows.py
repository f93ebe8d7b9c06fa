"""What the rows of an indicator table show under its headings, merged or displaced as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from perfeval.extract.levels import LevelRow
from perfeval.extract.noted import At
from perfeval.extract.text import clean_text
from perfeval.layout import IndicatorBlock, Place
from perfeval.layout.grid import Grid
from perfeval.layout.parts import place_of
from perfeval.model import Cell

_OWN = ("level3", "target", "adjusted", "actual", "points", "score")
_is_subtotal = attrgetter("subtotal")
_BARE = re.compile(r"\s*\d{1,3}(?:\.\d{1,4})?\s*分?\s*")


@dataclass(slots=True)
class Seen:
    """What stands under one heading, row by row: its place, and the cell (None: blank).

    `shared`: rows whose merged cell began in a row above; `joint`: rows whose merged cell goes on
    in rows below. Rows are counted from 0.
    """

    places: list[At]
    cells: list[Cell | None]
    shared: set[int]
    joint: set[int]

    def own(self) -> list[Cell | None]:
        """The cells, without those that began in a row above."""
        if not self.shared:
            return self.cells
        return [None if n in self.shared else cell for n, cell in enumerate(self.cells)]

    def of(self, rows: Sequence[int]) -> Seen:
        """The same in some of the rows."""
        return Seen(
            [self.places[n] for n in rows],
            [self.cells[n] for n in rows],
            {at for at, n in enumerate(rows) if n in self.shared},
            {at for at, n in enumerate(rows) if n in self.joint},
        )


@dataclass(slots=True)
class Lines:
    """The rows of a table: their numbers, their levels, and what the indicators among them show.

    Rows with labels only are none, but carry levels. `displaced`: indicators, counted from 0, whose
    points and score stand beside their columns.
    """

    rows: list[int]
    levels: list[LevelRow]
    indicators: list[int]  # which of the rows
    seen: dict[str, Seen]
    displaced: set[int] = field(default_factory=set)

    def cells(self, role: str) -> Sequence[Cell | None]:
        """What stands in a field of each indicator; blank where there is no such column."""
        seen = self.seen.get(role)
        return seen.cells if seen is not None else [None] * len(self.indicators)


def lines(grid: Grid, block: IndicatorBlock) -> Lines:
    """The rows of a table, but for headings printed again and subtotals."""
    rows = [
        row
        for row in grid.rows(block.head + 1, block.bottom)
        if row not in block.repeats and row not in block.skipped
        if not any(map(_is_subtotal, grid.labels[row][:2]))
    ]
    columns = {role: column for role, column in block.columns.items() if "@" not in role}
    spans = [(column.left, column.right) for column in columns.values()]
    found = zip(*[grid.across(row, spans) for row in rows], strict=True)
    # nothing is found where there are no rows
    seen = {role: _seen(rows, column) for role, column in zip(columns, found, strict=False)}
    own = [seen[role].own() for role in _OWN if role in seen]
    indicators = [n for n, cells in enumerate(zip(*own, strict=True)) if any(cells)]
    levels = _levels(seen, len(rows), indicators)
    if len(indicators) < len(rows):
        seen = {role: column.of(indicators) for role, column in seen.items()}
    table = Lines(rows, levels, indicators, seen)
    _straighten(grid, block, table)
    return table


def page_breaks(block: IndicatorBlock, found: Lines) -> list[int]:
    """Headings printed again in the middle of a class, not where the next class begins."""
    rows = []
    labels = [level.text1 for level in found.levels]
    for row in block.repeats:
        above = sum(number < row for number in found.rows)
        before = [label for label in labels[:above] if label]
        if above < len(labels) and labels[above] in ("", *before[-1:]):
            rows.append(row)
    return rows


def _seen(rows: Sequence[int], found: Sequence[tuple[tuple[int, int], Cell | None, int]]) -> Seen:
    """A column: the places, the cells there, and the last rows of these."""
    places, cells, lasts = zip(*found, strict=True)
    tops = [top for top, _ in places]
    if tops == list(lasts):
        return Seen(list(places), list(cells), set(), set())
    filled = [n for n, cell in enumerate(cells) if cell is not None]
    shared = {n for n in filled if tops[n] < rows[n]}
    joint = {n for n in filled if tops[n] == rows[n] < lasts[n]}
    return Seen(list(places), list(cells), shared, joint)


def _levels(seen: dict[str, Seen], size: int, indicators: Sequence[int]) -> list[LevelRow]:
    first, second = seen.get("level1"), seen.get("level2")
    labels = zip(_labels(first, size), _labels(second, size), strict=True)
    levels = [LevelRow(own1, own2, text1, text2) for (own1, text1), (own2, text2) in labels]
    for n in first.shared if first is not None else ():
        levels[n].covered1 = True
    for n in second.shared if second is not None else ():
        levels[n].covered2 = True
    for n in set(range(size)).difference(indicators):
        levels[n].indicator = False
    return levels


def _labels(column: Seen | None, size: int) -> list[tuple[Place | None, str]]:
    """The label that begins in each row, with its place."""
    if column is None:
        return [(None, "")] * size
    return [
        (None, "") if cell is None else (place_of(*place), _joined(cell))
        for place, cell in zip(column.places, column.own(), strict=True)
    ]


def _joined(cell: Cell) -> str:
    return clean_text(cell.text)[0].replace("\n", "").replace(" ", "")


def _straighten(grid: Grid, block: IndicatorBlock, found: Lines) -> None:
    """Points and score one column too far right: points blank, a bare number beyond the score."""
    points, score, reason = block.col("points"), block.col("score"), block.col("reason")
    if points is None or score is None or score.left != points.right + 1:
        return
    if reason is not None and reason.left != score.right + 1:
        return
    for n, cell in enumerate(found.cells("points")):
        if cell is None:
            _straighten_row(grid, found, n, score.right + 1, reason and reason.right + 1)


def _straighten_row(grid: Grid, found: Lines, n: int, beyond: int, after: int | None) -> None:
    """`beyond` is the column next to the score, `after` that next to the reason if there is one."""
    row = found.rows[found.indicators[n]]
    points, score = found.seen["points"], found.seen["score"]
    place = grid.anchor(row, beyond)
    first, second = score.cells[n], grid.cell(*place)
    if first is None or second is None or score.places[n][0] != row:
        return
    if not (_BARE.fullmatch(first.text) and _BARE.fullmatch(second.text)):
        return
    points.places[n], score.places[n] = score.places[n], place
    points.cells[n], score.cells[n] = first, second
    found.displaced.add(n)
    if after is not None:
        reason = found.seen["reason"]
        place = grid.anchor(row, after)
        reason.places[n], reason.cells[n] = place, grid.cell(*place)
