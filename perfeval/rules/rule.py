"""What a rule is: a law with its texts, and a function over tables: hit, pass or undecided."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from perfeval.findings import Level, Safety
from perfeval.tables import Tables
from perfeval.texts import Text

if TYPE_CHECKING:
    from perfeval.policy import Policies


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule found.

    `judged`: one row for each row looked at: form_id (-1 for a file-level row) and `hit`, a
    nullable boolean (True hit, False pass, NA undecided). Rules without rows on a form are
    undecided there. `hits`: the rows that hit, with row_id, form_id, field, and every column that
    the texts name.
    """

    judged: pd.DataFrame
    hits: pd.DataFrame


def judge(
    rows: pd.DataFrame,
    hit: pd.Series[Any],
    *,
    field: str,
    found: str = "",
    expected: str = "",
    **more: pd.Series[Any] | Callable[[], pd.Series[Any]],
) -> Judgement:
    """Build a Judgement from `rows` (row_id, form_id, …) and the boolean `hit` on the same index.

    `field` is the field of `row_id` that the finding is about, as in the `cells` table ("score");
    `found` and `expected` are names of columns in `rows` or `more` (or "" for none). The suffix of
    a column tells how it is written for people: _e4 points, _fen money, _e6 a percentage, anything
    else as it is. `more` adds columns, among them the optional `safety` (overrides the rule's),
    `field` (per row), `operands` (a tuple of exact.Operand: the addends of `expected`, which the
    slip finder looks at) and `roots` (those of the rule's `follows`, joined by blanks, that explain
    the hit: putting them right would end it; see roots.py). A column may be a function: it is asked
    only where something hits.
    """
    hit = hit.astype("boolean")
    judged = pd.DataFrame({"form_id": rows.form_id, "hit": hit})
    mask = hit.array.to_numpy(dtype=bool, na_value=False)
    hits = rows[mask] if mask.any() else rows[:0]
    columns: dict[str, Any] = {
        name: (column() if callable(column) else column).array[mask]
        for name, column in more.items()
        if mask.any() or not callable(column)
    }
    if field:
        columns["field"] = field
    return Judgement(judged, hits.assign(**columns, found_column=found, expected_column=expected))


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
    follows: tuple[
        str, ...
    ] = ()  # codes that are the root of this finding when they hit the same row or form

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
) -> Callable[[Run], Rule]:
    """Turn a function into a Rule. Registers nothing: rules/__init__ walks its package."""

    def made(run: Run) -> Rule:
        page = inspect.cleandoc(sys.modules[run.__module__].__doc__ or "")
        return Rule(
            code, name, level, fix, title, message, advice, basis, page, run, derivation, follows
        )

    return made
