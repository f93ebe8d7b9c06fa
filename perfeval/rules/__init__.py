"""The catalogue: every Rule found in this package, by code."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache

from perfeval.errors import UsageError
from perfeval.rules.rule import Judgement, Rule, judge, rule

__all__ = ["Judgement", "Rule", "catalogue", "chosen", "judge", "parted", "rule"]

ACROSS = "Y"


@cache
def catalogue() -> Mapping[str, Rule]:
    """All rules by code, in the order R H F G I S Y."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Rule) and found.setdefault(value.code, value) is not value:
                raise ImportError(f"rule code {value.code} is used twice")
    return {code: found[code] for code in sorted(found, key=lambda c: ("RHFGISY".index(c[0]), c))}


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Rule]:
    """The rules whose code or name begins with one of `select` (all if empty), none of `ignore`.

    Raises UsageError for a beginning that fits no rule, naming the nearest.
    """
    rules = list(catalogue().values())
    for word in (*select, *ignore):
        if not any(_fits(rule, word) for rule in rules):
            names = [name for rule in rules for name in (rule.code, rule.name)]
            near = difflib.get_close_matches(word, names, 1)
            hint = f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""
            raise UsageError(f"没有规则 {word}（no such rule）{hint}")
    return [
        rule
        for rule in rules
        if (not select or any(_fits(rule, word) for word in select))
        and not any(_fits(rule, word) for word in ignore)
    ]


def parted(rules: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Rules that judge each form by itself, and those across the forms of a run."""
    across = [rule for rule in rules if rule.family == ACROSS]
    return [rule for rule in rules if rule.family != ACROSS], across


def _fits(rule: Rule, word: str) -> bool:
    return rule.code.startswith(word.upper()) or rule.name == word
