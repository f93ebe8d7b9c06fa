"""The catalogue: every Rule found in this package, by code."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from perfeval.rules.rule import Judgement, Rule, judge, rule

__all__ = ["Judgement", "Rule", "catalogue", "judge", "rule"]


@cache
def catalogue() -> Mapping[str, Rule]:
    """All rules by code, in the order R H F G I S Y."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Rule):
                if found.setdefault(value.code, value) is not value:
                    raise ImportError(f"rule code {value.code} is used twice")
    return {code: found[code] for code in sorted(found, key=lambda c: ("RHFGISY".index(c[0]), c))}
