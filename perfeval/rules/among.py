"""Judging forms by what was met on them: marks on cells and remarks of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from perfeval.exact import Flags, Texts, one_of
from perfeval.masked import Masked
from perfeval.rows import Rows, texts
from perfeval.rules.rule import Judgement
from perfeval.tables import Tables
from perfeval.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd


def among_forms(
    tables: Tables, hits: Rows | pd.DataFrame, *, found: str = "", expected: str = ""
) -> Judgement:
    """`hits` (row_id, form_id, field, …) out of all forms: a form without a hit passes."""
    rows = hits if isinstance(hits, Rows) else Rows.of(hits)
    hit = np.repeat([False, True], [len(tables.rows("forms")), len(rows)])
    flags = Masked(hit, np.zeros_like(hit))
    form_ids = np.concatenate([tables.rows("forms").form_id, rows.form_id])
    return Judgement(form_ids, flags, rows, found, expected)


def marked(tables: Tables, *marks: str) -> Rows:
    """Cells that carry one of the marks, in the order of the sheet."""
    cells = tables.marked()
    return cells[carrying(cells, *marks)]


def carrying(cells: Rows, *marks: str) -> Flags:
    """Which cells carry one of the marks."""
    wanted = frozenset(marks)
    return np.array([not wanted.isdisjoint(m.split(" ")) for m in cells.marks], dtype=bool)


def remarked(tables: Tables, *kinds: str) -> Rows:
    """Remarks of these kinds; those of a whole file have form_id -1."""
    remarks = tables.rows("remarks")
    return remarks[one_of(remarks.kind, *kinds)]


def first_of_each(rows: Rows, *names: str) -> Rows:
    """The first row of each combination of the columns `names`."""
    return rows[~repeated(rows, *names)]


def repeated(rows: Rows, *names: str) -> Flags:
    """Which rows have the same in the columns `names` as an earlier one."""
    listed = list(rows.values(*names))
    flags = np.zeros(len(rows), dtype=bool)
    if len(set(listed)) < len(listed):
        seen: set[tuple[object, ...]] = set()
        for place, values in enumerate(listed):
            flags[place] = values in seen
            seen.add(values)
    return flags


def worded(kinds: Texts, words: Mapping[str, Text], name: str) -> dict[str, Texts]:
    """Columns `name`_zh and `name`_en: what each of `kinds` is called ("detail" for a sentence)."""
    return {key: told() for key, told in worded_if_hit(kinds, words, name).items()}


def worded_if_hit(
    kinds: Texts, words: Mapping[str, Text], name: str
) -> dict[str, Callable[[], Texts]]:
    """The same as functions, for `judge`: asked only where something hits."""
    return {f"{name}_{lang}": partial(_named, kinds, words, lang) for lang in LANGS}


def _named(kinds: Texts, words: Mapping[str, Text], lang: Lang) -> Texts:
    known = {kind: text(lang) for kind, text in words.items()}
    return texts(known.get(kind, "") for kind in kinds.tolist())


LANGS: tuple[Lang, Lang] = ("zh", "en")
