"""The families of forms (data/layouts.toml): which one a form is of, and which blocks it must have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from perfeval.layout.parts import Layout


@dataclass(frozen=True, slots=True)
class Family:
    """One family, as data/layouts.toml describes it."""

    slug: str
    kind: str
    has: frozenset[str]
    lacks: frozenset[str]
    requires: tuple[str, ...]

    def fit(self, features: frozenset[str]) -> float:
        """How well a form of these features fits, at most 1."""
        held = len(self.has & features)
        return (2 * held - len(self.has) - 2 * len(self.lacks & features)) / len(self.has)


@cache
def families() -> tuple[Family, ...]:
    """All families, in the order of the file. Raises ValueError on an unknown key."""
    found = []
    for slug, table in _data().items():
        if slug == "blocks":
            continue
        unknown = set(table) - {"kind", "has", "lacks", "requires"}
        if unknown:
            raise ValueError(f"layouts.toml: [{slug}] has the unknown keys {sorted(unknown)}")
        found.append(
            Family(
                slug,
                table["kind"],
                frozenset(table["has"]),
                frozenset(table["lacks"]),
                tuple(table["requires"]),
            )
        )
    return tuple(found)


def of_family(form: Layout) -> Layout:
    """The form with its family, its kind and the required blocks that it lacks (named in Chinese)."""
    family = max(families(), key=lambda one: one.fit(form.features))
    kind = _kind(form, family)
    present = {
        "funds": bool(form.money),
        "goals": bool(form.goals),
        "indicators": bool(form.indicators),
        "total": form.total is not None,
    }
    names = _data()["blocks"]
    missing = tuple(names[block] for block in family.requires if not present[block])
    return replace(form, slug=family.slug, kind=kind, missing=missing)


def _kind(form: Layout, family: Family) -> str:
    """The form's own words go before its family's usual kind."""
    if "project" not in form.features and form.features & {
        "title:部门整体",
        "title:整体支出",
        "agency",
    }:
        return "department"
    if any(
        f"label:{name}" in form.features
        for name in ("中央主管部门", "转移支付(项目)名称", "转移支付名称")
    ):
        return "transfer"
    return "project" if family.kind == "department" and "project" in form.features else family.kind


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    source = files("perfeval") / "data" / "layouts.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
