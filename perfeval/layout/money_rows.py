"""Rows of a block of money: what may be one, and which is the total and which are its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfeval.layout.lexicon import Label
from perfeval.layout.parts import FundRow

FIELDS = ("initial_budget", "budget", "executed", "points", "rate", "score")
_UNIT = re.compile(r"[(:,](亿元|百万元|万元|千元|元)(?![\w/])")


def unit_in(text: str) -> str:
    """The money unit in a normalised label: 项目资金(万元) → 万元."""
    found = _UNIT.search(text) if "元" in text else None
    return found.group(1) if found else ""


def is_fund(label: Label) -> bool:
    """Whether a label names a kind of money."""
    return bool(label.money_row or label.part) and not (label.goal or label.heading)


def levelled(rows: Sequence[FundRow]) -> tuple[FundRow, ...]:
    """Kinds and levels told from the order: one total, its parts, and parts of a part."""
    total = next((i for i, row in enumerate(rows) if row.kind == "total"), None)
    if total is None:
        total = next(
            (i for i, row in enumerate(rows) if row.level == 0 and row.kind in ("", "part")), None
        )
    if total is None and len(rows) == 1:
        total = 0
    found: list[FundRow] = []
    inner = parts = False
    for i, row in enumerate(rows):
        if row.level == 2:
            found.append(row)
        elif i == total:
            found.append(FundRow("total", 0, row.label, row.fields, row.unit))
        else:
            kind = row.kind if row.kind not in ("", "total") else "part"
            if kind in ("carry_over", "other"):
                inner = False
            elif row.level == 1 and parts:
                inner = True  # a second 其中 divides the part above it
            parts = parts or row.level == 1
            found.append(FundRow(kind, 2 if inner else 1, row.label, row.fields, row.unit))
    return tuple(found)
