"""The families of forms (data/layouts.toml): which a form is of, and which blocks it must have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any  # TOML values

from perfeval.layout.parts import Layout


@dataclass(frozen=True, slots=True)
class Family:
    """One family, as data/layouts.toml describes it."""

    slug: str
    has: frozenset[str]
    lacks: frozenset[str]
    requires: tuple[str, ...]
    printed: frozenset[str] = field(init=False)  # of `has`, the words that weigh twice: label:…

    def __post_init__(self) -> None:
        object.__setattr__(self, "printed", frozenset(word for word in self.has if ":" in word))

    def fit(self, features: frozenset[str]) -> float:
        """How well a form fits: 1 for all features, a little more the more labels tell it."""
        whole = len(self.has) + len(self.printed)
        printed = len(self.printed & features)
        held = len(self.has & features) + printed
        return (2 * held - whole - 2 * len(self.lacks & features)) / whole + printed / 50


@cache
def families() -> tuple[Family, ...]:
    """All families, in the order of the file. Raises ValueError on an unknown key."""
    found = []
    for slug, table in _data().items():
        if slug in ("blocks", "kinds"):
            continue
        unknown = set(table) - {"has", "lacks", "requires"}
        if unknown:
            raise ValueError(f"layouts.toml: [{slug}] has the unknown keys {sorted(unknown)}")
        found.append(
            Family(
                slug,
                frozenset(table["has"]),
                frozenset(table["lacks"]),
                tuple(table["requires"]),
            )
        )
    return tuple(found)


def of_family(form: Layout, features: frozenset[str]) -> Layout:
    """The form with its family, its kind and, in Chinese, the required blocks that it lacks."""
    family = _best(features)
    present = {
        "funds": bool(form.money),
        "goals": bool(form.goals),
        "indicators": bool(form.indicators),
        "total": form.total is not None,
    }
    scored = not features.isdisjoint(("column.points", "column.score"))
    required = [
        block for block in family.requires if block != "total" or scored or not form.indicators
    ]
    missing = tuple(_block_names()[block] for block in required if not present[block])
    return replace(form, slug=family.slug, kind=_kind(features), missing=missing, features=features)


@lru_cache(maxsize=1024)
def _best(features: frozenset[str]) -> Family:
    return max(families(), key=lambda one: one.fit(features))


def _kind(features: frozenset[str]) -> str:
    for kind, words in _data()["kinds"].items():
        if not features.isdisjoint(words):
            return str(kind)
    return "department" if "agency" in features and "project" not in features else "project"


def _block_names() -> Mapping[str, str]:
    names: Mapping[str, str] = _data()["blocks"]
    return names


@cache
def _data() -> dict[str, Any]:
    source = files("perfeval") / "data" / "layouts.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
