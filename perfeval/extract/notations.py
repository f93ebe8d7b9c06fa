"""The words, signs and units of data/notations.toml, read once and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any  # TOML is untyped by nature

from perfeval.errors import UsageError

_KEYS = {
    "text": {"none", "dashes", "numbered", "placeholder_signs", "tags", "line_tags"},
    "operators": {
        "before",
        "after",
        "lead_in",
        "tail",
        "approximate_before",
        "approximate_after",
        "range",
        "date_tail",
        "named",
    },
    "scales": {"names"},
    "units": {"base", "kind", "names"},
    "counting": {"nouns", "plain", "ordinal", "not_units"},
    "grades": {"scale", "ranks", "whole"},
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A spelling of a unit: its value times `numerator` / `denominator` is in `base`."""

    base: str
    kind: str  # number, rate, money, duration
    numerator: int = 1
    denominator: int = 1
    takes_noun: bool = False  # 30个村: the noun may follow


@dataclass(frozen=True, slots=True)
class Notations:
    """All word lists; what is looked for at the start or end of a text stands longest first."""

    none: frozenset[str]
    dashes: frozenset[str]
    numbered: tuple[str, ...]
    placeholder_signs: str
    tags: tuple[str, ...]
    line_tags: frozenset[str]
    before: Mapping[str, str]  # word → operator
    after: Mapping[str, str]
    before_pattern: re.Pattern[str]  # the longest word of `before`
    lead_in: tuple[str, ...]
    tail: tuple[str, ...]
    approximate_before: tuple[str, ...]
    approximate_after: tuple[str, ...]
    range: tuple[str, ...]
    date_tail: tuple[str, ...]
    name_pattern: re.Pattern[str]  # the name of an indicator in front of its value
    ordinal: frozenset[str]
    not_units: frozenset[str]
    scales: tuple[tuple[str, int], ...]
    units: Mapping[str, Unit]
    grades: Mapping[
        str, tuple[str, int | None]
    ]  # word → (scale, rank from 1, None for the scale itself)


@cache
def notations() -> Notations:
    """The notations that ship with perfeval. Raises UsageError naming the key that is not known."""
    source = resources.files("perfeval").joinpath("data/notations.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    _check(data)
    text, operators = data["text"], data["operators"]
    return Notations(
        none=frozenset(text["none"]),
        dashes=frozenset(text["dashes"]),
        numbered=_longest(text["numbered"]),
        placeholder_signs=text["placeholder_signs"],
        tags=_longest(text["tags"]),
        line_tags=frozenset(text["line_tags"]),
        before=_operators(operators["before"]),
        after=_operators(operators["after"]),
        before_pattern=re.compile("|".join(map(re.escape, _operators(operators["before"])))),
        lead_in=_longest(operators["lead_in"]),
        tail=_longest(operators["tail"]),
        approximate_before=_longest(operators["approximate_before"]),
        approximate_after=_longest(operators["approximate_after"]),
        range=tuple(operators["range"]),
        date_tail=_longest(operators["date_tail"]),
        name_pattern=_name_pattern(operators),
        ordinal=frozenset(data["counting"]["ordinal"]),
        not_units=frozenset(data["counting"]["not_units"]),
        scales=tuple(sorted(map(tuple, data["scales"]["names"]), key=lambda s: -len(s[0]))),
        units=dict(_units(data)),
        grades=dict(_grades(data["grades"])),
    )


def _check(data: Mapping[str, Any]) -> None:
    for section, entries in data.items():
        if section not in _KEYS:
            raise UsageError(f"notations.toml：没有 [{section}] 一节（unknown section）")
        for entry in entries if isinstance(entries, list) else [entries]:
            if odd := set(entry) ^ _KEYS[section]:
                raise UsageError(f"notations.toml [{section}]：{sorted(odd)} 有误（wrong keys）")


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _operators(groups: Iterable[tuple[str, list[str]]]) -> Mapping[str, str]:
    operators = {word: operator for operator, words in groups for word in words}
    return {word: operators[word] for word in _longest(operators)}


def _name_pattern(operators: Mapping[str, Any]) -> re.Pattern[str]:
    """合格率 before 100%, ≥98%, 达到100% or 不低于95%."""
    following = [*_operators(operators["before"]), *operators["lead_in"]]
    after = "|".join(map(re.escape, following))
    return re.compile(
        rf"[\u4e00-\u9fff]{{0,12}}(?:{'|'.join(operators['named'])})(?=[0-9]|{after})"
    )


def _units(data: Mapping[str, Any]) -> Iterable[tuple[str, Unit]]:
    for word in data["counting"]["plain"]:
        yield word, Unit(word, "number")
    for word in data["counting"]["nouns"]:
        yield word, Unit(word, "number", takes_noun=True)
    for entry in data["units"]:
        for name, factor in entry["names"]:
            top, bottom = Decimal(str(factor)).as_integer_ratio()
            yield name, Unit(entry["base"], entry["kind"], top, bottom)


def _grades(entries: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, tuple[str, int | None]]]:
    for entry in entries:
        for word in entry["whole"]:
            yield word, (entry["scale"], None)
        for rank, words in enumerate(entry["ranks"], start=1):
            for word in words:
                yield word, (entry["scale"], rank)
