"""The catalogue: every Rule of this package, of plug-ins, and of an office's policy, by code."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache

from perfeval.errors import PolicyError, UsageError
from perfeval.policy import PolicyFile
from perfeval.policy.entries import hint
from perfeval.rules.codes import order
from perfeval.rules.own import made
from perfeval.rules.plugins import plugged
from perfeval.rules.rule import Judgement, Rule, judge, rule

__all__ = ["Judgement", "Rule", "catalogue", "chosen", "judge", "parted", "published", "rule"]

ACROSS = "Y"


def catalogue(office: PolicyFile | None = None) -> Mapping[str, Rule]:
    """All rules by code, in the order R H F G I S Y, then those of plug-ins and of the office.

    Raises PluginError for a broken plug-in, PolicyError where the office's file declares a code
    that is taken, or speaks of one that is not there.
    """
    return _with_own(_installed(), office) if office else _installed()


@cache
def published() -> Mapping[str, Rule]:
    """The rules of this package by code."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Rule) and found.setdefault(value.code, value) is not value:
                raise ImportError(f"rule code {value.code} is used twice")
    return {code: found[code] for code in sorted(found, key=order)}


@cache
def _installed() -> Mapping[str, Rule]:
    return {**published(), **plugged()}


def _with_own(known: Mapping[str, Rule], office: PolicyFile) -> Mapping[str, Rule]:
    whole = dict(known)
    for said in office.rules:
        if said.code in whole:
            raise PolicyError(
                f"{said.file}：{said.place}.code：代码 {said.code} 已被使用（code is taken）"
            )
        whole[said.code] = made(said)
    for code in office.settings:
        if code not in whole:
            raise PolicyError(
                f"{office.source}：rules.{code}：没有这条规则（no such rule）{hint(code, whole)}"
            )
    return {code: whole[code] for code in sorted(whole, key=order)}


def chosen(
    select: Sequence[str] = (), ignore: Sequence[str] = (), *, office: PolicyFile | None = None
) -> list[Rule]:
    """The rules whose code or name begins with one of `select` (all if empty), none of `ignore`.

    Raises UsageError for a beginning that fits no rule, naming the nearest.
    """
    rules = list(catalogue(office).values())
    for word in (*select, *ignore):
        if not any(_fits(rule, word) for rule in rules):
            names = [name for rule in rules for name in (rule.code, rule.name)]
            near = difflib.get_close_matches(_retyped(word), names, 1)
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


def _retyped(word: str) -> str:
    """A mistyped code with figures for the letters that look like them: S10l → S101."""
    if len(word) != 4 or not word[1].isdigit():
        return word
    return word.upper().translate(str.maketrans("LIO", "110"))


def _fits(rule: Rule, word: str) -> bool:
    return rule.code.startswith(word.upper()) or rule.name == word
