"""No figure that a cell can hold makes a rule crash or answer what it cannot know."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import numpy as np
import pytest

from perfeval import schema
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules import Rule, catalogue
from perfeval.scores import recompute
from perfeval.tables import Tables

RULES = [rule for code, rule in catalogue().items() if code[0] in "FS"]
NUMBERS = (None, 0, 1, -1, 5, 100, 10_000, 80_000, 100_000, 1_000_000, 2**62, 2**63 - 1, -(2**63))
WORDS: dict[str, tuple[str, ...]] = {
    "layout": ("mof10-shanghai", "hubei-20-80", ""),
    "region": ("", "310118", "420000", "130000"),
    "grade": ("优", "良好", "", "？"),
    "money_unit": ("元", "万元", ""),
    "class1": ("output", "benefit", "satisfaction", "cost", "execution", ""),
    "class2": ("quantity", "time", "cost", ""),
    "target_kind": ("number", "rate", "money", "date", "grade", "words", "none", "blank"),
    "actual_kind": ("number", "rate", "money", "date", "grade", "words", "none", "blank"),
    "target_op": (">=", ">", "<=", "<", "=", "range", ""),
    "actual_op": (">=", "<=", "range", ""),
    "target_unit": ("%", "‰", "元", "人", "达成", "年月日", ""),
    "actual_unit": ("%", "‰", "元", "人", "达成", "年月日", ""),
    "target": ("≥95%", "100", "提升", "1" * 40, ""),
    "actual": ("≥95%", "98", "提升", "1.2.3", ""),
}


def _value(random: np.random.Generator, name: str, dtype: str) -> Any:
    if dtype == "bool":
        return bool(random.integers(2))
    if name.endswith("_state"):
        return str(random.choice([*State]))
    if name in WORDS:
        return str(random.choice(WORDS[name]))
    if dtype == "str":
        return str(random.choice(["", "甲", "安全事故"]))
    if name == "level":
        return int(random.integers(3))
    if "_step_" in name:
        return int(random.choice([0, 1, 100, 10_000, 10**15]))
    number = NUMBERS[random.integers(len(NUMBERS))]
    return number if dtype == "Int64" else number or 0


@cache
def _hostile(seed: int, forms: int = 30) -> Tables:
    random = np.random.default_rng(seed)
    rows: dict[str, list[tuple[Any, ...]]] = {}
    row_id = 0
    for table, count in (("forms", 1), ("funds", 4), ("indicators", 8)):
        for number in range(forms * count):
            row = {n: _value(random, n, d) for n, d in schema.SCHEMAS[table].items()}
            row |= {"row_id": row_id, "form_id": number // count, "position": number % count}
            if table == "forms":
                row |= {"file_id": number, "year": int(random.integers(1990, 2040))}
            rows.setdefault(table, []).append(tuple(row[n] for n in schema.SCHEMAS[table]))
            row_id += 1
    return Tables.build(rows)


@pytest.mark.parametrize("seed", range(8))
def test_no_figures_make_the_recomputation_crash(seed: int) -> None:
    """Huge, negative, zero, missing figures, shared cells and stray units: ranges stay ranges."""
    tables = _hostile(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = recompute(tables, Policies.resolve(tables)).indicators.frame()
    known = made[made.low_e4.notna() & made.high_e4.notna()]
    assert (known.low_e4 >= 0).all()
    assert (known.low_e4 <= known.high_e4).all()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_figures_make_a_rule_crash(rule: Rule) -> None:
    """Every rule answers on whatever the tables hold, and on empty tables."""
    for tables in (_hostile(99), Tables.build({})):
        judgement = rule.run(tables, Policies.resolve(tables))
        assert len(judgement.hits) == int(judgement.judged.hit.fillna(False).sum())
