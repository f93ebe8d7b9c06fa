"""The rows of the indicator table: classes, their second levels, and what last year hands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perfeval.blank.carried import Row
from perfeval.blank.weights import Class1

_SPLIT = re.compile(r"(≥|≤|＞|＜|>=|<=|>|<|=)?\s*(-?[0-9][0-9,.]*)\s*(.*)", re.DOTALL)
_SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜"}
WORDS = "定性"


@dataclass(frozen=True, slots=True)
class Group:
    """A second level; None is a row to be filled in."""

    label: str
    rows: tuple[Row | None, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A class with its groups."""

    class1: Class1
    groups: tuple[Group, ...]

    @property
    def height(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def given_e4(self) -> int | None:
        """The points that last year hands on, None without any."""
        given = [row.points_e4 for group in self.groups for row in group.rows if row]
        known = [points for points in given if points is not None]
        return sum(known) if known else None


def section(class1: Class1, carried: Sequence[Row], least: int) -> Section:
    """A class with the rows that belong to it, at least `least` rows for each second level."""
    by_label: dict[str, list[Row | None]] = {label: [] for label in class1.seconds.values()}
    for row in carried:
        if row.class1 == class1.name:
            own = row.level2 in class1.choices
            label = row.level2 if own else class1.seconds.get(row.class2, row.level2)
            by_label.setdefault(label, []).append(row)
    groups = (
        Group(label, (*rows, *[None] * (least - len(rows)))) for label, rows in by_label.items()
    )
    return Section(class1, tuple(groups))


def target_parts(target: str) -> dict[str, str]:
    """≥95% for the columns 指标性质, 指标值 and 度量单位; words are 定性."""
    found = _SPLIT.fullmatch(target.strip())
    if not target or found is None:
        return {"operator": WORDS if target else "", "target": target, "unit": ""}
    sign, value, unit = found.groups(default="")
    return {"operator": _SIGNS.get(sign, sign or "="), "target": value, "unit": unit}
