"""Whatever stands in a sheet, reading it ends, and the tables fit their schema."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfeval import schema
from perfeval.layout import lexicon
from perfeval.model import Cell, Range, Sheet, Workbook
from tests.layout.forms_to_read import CASES, printed, read

LABELS = sorted({text for section in lexicon().same.values() for text in section})
ODD = [
    "",
    "10",
    "100%",
    "≥5",
    "无",
    "（50分）",
    "：",
    "其中：",
    "甲：乙：丙",
    "=1",
    "0",
    "……",
    "(((",
    "９",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(CASES)), st.randoms(use_true_random=False))
def test_scrambled_forms(name: str, chance: random.Random) -> None:
    """Cells taken out, moved, overwritten with other labels, merged over anything."""
    form = printed(name)[0].sheets[0]
    cells, last = dict(form.cells), max(form.cells)
    for key in chance.sample(sorted(cells), min(len(cells), chance.randint(1, 20))):
        text = chance.choice(chance.choice([LABELS, ODD]))
        to = chance.choice([key, (chance.randint(1, last[0] + 2), chance.randint(1, 14))])
        cells.pop(key)
        cells[to] = Cell(*to, text, text, formula=chance.choice([None, None, "SUM(A1:C9)", "A1"]))
    merges = list(form.merges)
    for _ in range(chance.randint(0, 5)):
        top, left = chance.randint(1, last[0]), chance.randint(1, 12)
        height, width = chance.choice([0, 1, 5, 1_000_000]), chance.choice([0, 1, 5, 16_000])
        merges.append(Range(top, left, min(top + height, 1_048_576), min(left + width, 16_384)))
    sheet = Sheet("s", cells, tuple(merges), hidden_rows=frozenset({chance.randint(1, last[0])}))
    tables = read(Workbook("a.xlsx", "0" * 64, (sheet,)))
    for table in schema.SCHEMAS:
        schema.check(getattr(tables, table), table)
    ids = [
        row for table in schema.SCHEMAS if table != "cells" for row in getattr(tables, table).row_id
    ]
    assert len(ids) == len(set(ids))
