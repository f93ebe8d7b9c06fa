"""What a Layout is made of: where each part of a form stands. No values, only places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perfeval.layout.grid import Grid


class Place(NamedTuple):
    """Where one field stands: the top left cell of its area.

    `span`: the value is only this part of the cell's text, which begins with its label.
    """

    row: int
    col: int
    span: tuple[int, int] | None = None


place_of = lru_cache(maxsize=4096)(Place)  # forms have their cells at the same places


class Column(NamedTuple):
    """A heading of a table and the columns under it, inclusive. `text`: the normalised heading."""

    role: str
    left: int
    right: int
    text: str
    place: Place


class FundRow(NamedTuple):
    """One kind of money: its label, and the cell of each field that the block has for it.

    `kind` and `level` as in the funds table. `unit` is a money unit named in this row's label.
    """

    kind: str
    level: int
    label: Place | None
    fields: Mapping[str, Place]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MoneyBlock:
    """The money of a form. `fields`: what it asks for; `points_in`: 得分(20分*执行率)."""

    top: int
    bottom: int
    fields: frozenset[str]
    rows: tuple[FundRow, ...]
    percent: bool = False  # the heading of the rate has the %
    points_in: Place | None = None
    header: frozenset[str] = frozenset()  # normalised headings


class Goal(NamedTuple):
    """A goal and its result. `spilled`: texts below that belong to it or to its result.

    `points_in`: where the form gives the goal points of its own.
    """

    expected: Place | None
    actual: Place | None
    initial: Place | None = None  # stands in where an adjusted goal is blank
    spilled: tuple[Place, ...] = ()
    points_in: Place | None = None


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """A table of indicators: `top`–`head` are its heading rows, `head`+1–`bottom` its rows."""

    top: int
    head: int
    bottom: int
    columns: Mapping[str, Column]
    repeats: tuple[int, ...] = ()  # rows with the heading printed again
    skipped: frozenset[int] = frozenset()  # rows inside of it that are none of its own

    def col(self, role: str) -> Column | None:
        return self.columns.get(role)


@dataclass(frozen=True, slots=True)
class TotalPlaces:
    """Where the total stands: the row that closes the indicators, or beside a label on top."""

    label: Place
    points: Place | None = None
    score: Place | None = None
    grade: Place | None = None  # below or beside a label of its own in the total row
    row: int = 0  # 0: beside a label
    block: IndicatorBlock | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One form on a sheet: which family it is of, and where its parts stand."""

    grid: Grid = field(repr=False, compare=False)  # the sheet as it was looked at
    slug: str
    kind: str  # project, department, transfer
    sheet: int  # index in the workbook
    top: int
    bottom: int
    title: Place | None
    heading: Mapping[str, Place]  # project department unit year
    money_unit: str
    money: tuple[MoneyBlock, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[IndicatorBlock, ...] = ()
    total: TotalPlaces | None = None
    grade: Place | None = None
    reason_rows: tuple[Place, ...] = ()  # 偏差大或目标未完成原因分析 as a row
    missing: tuple[str, ...] = ()  # blocks that the family requires
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """Why no form was found, which family is nearest, and the labels that it misses."""

    reason_zh: str
    reason_en: str
    nearest: str
    missing: tuple[str, ...]
