"""Judging forms by what was met on them: marks on cells and remarks of the reader."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from perfeval.rules.rule import Judgement
from perfeval.tables import Tables
from perfeval.texts import Text


def among_forms(
    tables: Tables, hits: pd.DataFrame, *, found: str = "", expected: str = ""
) -> Judgement:
    """`hits` (row_id, form_id, field, …) out of all forms: a form without a hit passes."""
    hit = np.repeat([False, True], [len(tables.forms), len(hits)])
    judged = pd.DataFrame(
        {
            "form_id": np.concatenate([tables.forms.form_id, hits.form_id]),
            "hit": pd.arrays.BooleanArray(hit, np.zeros_like(hit)),
        }
    )
    return Judgement(judged, hits.assign(found_column=found, expected_column=expected))


def marked(tables: Tables, *marks: str) -> pd.DataFrame:
    """Cells that carry one of the marks, in the order of the sheet."""
    cells = tables.cells[tables.cells.marks != ""]
    return cells[cells.marks.str.contains(rf"(?:^| )(?:{'|'.join(marks)})(?: |$)")]


def remarked(tables: Tables, *kinds: str) -> pd.DataFrame:
    """Remarks of these kinds; those of a whole file have form_id -1."""
    return tables.remarks[tables.remarks.kind.isin(kinds)]


def worded(
    kinds: pd.Series[str], words: Mapping[str, Text], name: str
) -> dict[str, pd.Series[str]]:
    """Columns `name`_zh and `name`_en: what each of `kinds` is called ("detail" for a sentence)."""
    return {
        f"{name}_zh": kinds.map({kind: text.zh for kind, text in words.items()}),
        f"{name}_en": kinds.map({kind: text.en for kind, text in words.items()}),
    }
