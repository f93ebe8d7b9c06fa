"""What a rule is: a law with its texts, and a function over tables: hit, pass or undecided."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any  # columns mix types by nature

import numpy as np

from perfeval.exact import FlagArray, Flags, Ints, holds, open_where
from perfeval.findings import Level, Safety
from perfeval.rows import Column, Rows, as_array
from perfeval.tables import Tables
from perfeval.texts import Text

if TYPE_CHECKING:
    import pandas as pd

    from perfeval.policy import Policies


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule found.

    `form_ids` and `hit`: one entry for each row looked at: its form (-1 for a file-level row) and
    whether it hit (True), passed (False) or is undecided (NA). Rules without rows on a form are
    undecided there. `rows`: those that hit, with row_id, form_id, field, and every column that
    the texts name; `found` and `expected` are names of such columns, or "".
    """

    form_ids: Ints
    hit: FlagArray
    rows: Rows
    found: str = ""
    expected: str = ""

    @classmethod
    def nothing(cls) -> Judgement:
        """No row was looked at: every form is undecided."""
        none = np.zeros(0, dtype=np.int64)
        return cls(none, np.zeros(0, dtype=bool), Rows.made(0))

    @property
    def judged(self) -> pd.DataFrame:
        """form_id and hit of each row looked at."""
        hit = open_where(self.hit, _nowhere(self.hit))
        return Rows.made(len(hit), form_id=self.form_ids, hit=hit).frame()

    @property
    def hits(self) -> pd.DataFrame:
        """The rows that hit, and the names of the columns found and expected."""
        names = {"found_column": self.found, "expected_column": self.expected}
        return self.rows.assign(**names).frame()


def judge(
    rows: Rows | pd.DataFrame,
    hit: FlagArray | Flags | pd.Series[Any],
    *,
    field: str,
    undecided: Flags | None = None,
    found: str = "",
    expected: str = "",
    **more: Column | Callable[[], Column],
) -> Judgement:
    """Build a Judgement from `rows` (row_id, form_id, …) and whether each of them hits.

    `undecided` tells where nothing can be said, besides where `hit` is NA. `field` is the field of
    `row_id` that the finding is about, as in the `cells` table ("score"); `found` and `expected`
    are names of columns in `rows` or `more` (or "" for none). The suffix of a column tells how it
    is written for people: _e4 points, _fen money, _e6 a percentage, anything else as it is. `more`
    adds columns, among them the optional `safety` (overrides the rule's), `field` (per row),
    `operands` (a tuple of exact.Operand: the addends of `expected`, which the slip finder looks at)
    and `roots` (those of the rule's `follows`, joined by blanks, that explain the hit: putting them
    right would end it; see roots.py). A column may be a function: it is asked only where something
    hits. Rows may also be a frame, and the others Series on its index.
    """
    table = rows if isinstance(rows, Rows) else Rows.of(rows)
    hit = as_array(hit)
    hit = open_where(hit, _nowhere(hit) if undecided is None else np.asarray(undecided))
    mask = holds(hit)
    if not mask.any():
        return Judgement(table.form_id, hit, table[mask], found, expected)
    columns: dict[str, Column] = {
        name: as_array(column() if callable(column) else column)[mask]
        for name, column in more.items()
    }
    if field:
        columns["field"] = field
    return Judgement(table.form_id, hit, table[mask].assign(**columns), found, expected)


def _nowhere(hit: FlagArray | Flags) -> Flags:
    return np.zeros(len(hit), dtype=bool)


Run = Callable[[Tables, "Policies"], Judgement]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue. `page` is the docstring of its module: 查什么, 不查, 怎样算."""

    code: str
    name: str
    level: Level
    fix: Safety
    title: Text
    message: Text  # placeholders are columns of Judgement.hits, and {found}, {expected}
    advice: Text
    basis: tuple[str, ...]  # keys of data/regulations.toml
    page: str
    run: Run = field(repr=False)
    derivation: Text | None = None  # how `expected` is computed; placeholders as in `message`
    # codes that are the root of this finding when they hit the same row or form
    follows: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # tables; where one is empty the rule is undecided and not asked

    @property
    def family(self) -> str:
        return self.code[0]


def rule(
    code: str,
    name: str,
    *,
    level: Level,
    fix: Safety,
    title: Text,
    message: Text,
    advice: Text,
    basis: tuple[str, ...] = (),
    derivation: Text | None = None,
    follows: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
) -> Callable[[Run], Rule]:
    """Turn a function into a Rule. Registers nothing: rules/__init__ walks its package."""

    def made(run: Run) -> Rule:
        page = inspect.cleandoc(sys.modules[run.__module__].__doc__ or "")
        return Rule(
            code, name, level, fix, title, message, advice, basis, page, run, derivation, follows,
            needs,
        )  # fmt: skip

    return made
