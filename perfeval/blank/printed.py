"""How offices print the form: data/blanks.toml, by region."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Any  # TOML, shaped here

from perfeval.errors import UsageError
from perfeval.model import parse_ref
from perfeval.policy.files import shipped
from perfeval.regions import COUNTRY, ancestors


@dataclass(frozen=True, slots=True)
class Span:
    """Columns from `first` to `last`, from 1."""

    first: int
    last: int

    @property
    def width(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Headed:
    """A label and the columns under (or after) it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with the field beside it."""

    text: str
    field: str
    label: Span
    value: Span


@dataclass(frozen=True, slots=True)
class Printed:
    """A form as its office prints it. `slug` is the family in data/layouts.toml."""

    slug: str
    regions: tuple[str, ...]
    title: str
    widths: tuple[float, ...]
    order: tuple[str, ...]
    heading: tuple[tuple[Pair, ...], ...]
    money_label: Headed
    fund_label: Span
    money: Mapping[str, Headed]
    funds: tuple[tuple[str, str], ...]  # label, kind
    indicators: Mapping[str, Headed]
    total: Headed
    goals: Mapping[str, Headed] = field(default_factory=dict)
    goal_label: Headed | None = None
    indicator_label: Headed | None = None
    group: Headed | None = None
    grade: Span | None = None
    closing: tuple[Pair, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points_in_label: bool = False
    cost: bool = True

    @property
    def width(self) -> int:
        return len(self.widths)


def printed(region: str) -> Printed:
    """The form of a region; that of the country for a policy that is known by name."""
    known = {place: form for form in forms() for place in form.regions}
    chain = ancestors(region) if region.isdigit() else (COUNTRY,)
    return next(known[place] for place in chain if place in known)


def has_own_policy(region: str) -> bool:
    """Whether something holds in a region that does not hold in the whole country."""
    if not region.isdigit():
        return True
    return region == COUNTRY or any(shipped(place) for place in ancestors(region)[:-1])


@cache
def forms() -> tuple[Printed, ...]:
    """All forms, in the order of the file. Raises UsageError naming a wrong entry and key."""
    source = resources.files("perfeval").joinpath("data/blanks.toml")
    return parse(source.read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Printed, ...]:
    """Forms from TOML; `like` takes over what an entry does not say itself."""
    entries: dict[str, dict[str, Any]] = {}
    for slug, entry in tomllib.loads(text).items():
        base = {k: v for k, v in entries.get(entry.pop("like", ""), {}).items() if k != "closing"}
        entries[slug] = {**base, **entry}
    return tuple(_form(slug, entry) for slug, entry in entries.items())


def _form(slug: str, entry: Mapping[str, Any]) -> Printed:
    unknown = sorted(set(entry) - {f.name for f in fields(Printed)})
    if unknown:
        raise UsageError(f"blanks.toml [{slug}]：未知的键 {'、'.join(unknown)}（unknown key）")
    shaped = {name: _SHAPES.get(name, lambda value: value)(value) for name, value in entry.items()}
    try:
        return Printed(slug, **shaped)
    except TypeError as error:
        raise UsageError(f"blanks.toml [{slug}] 缺少键（missing key）：{error}") from error


def span(text: str) -> Span:
    """B:E → columns 2 to 5."""
    first, _, last = text.partition(":")
    return Span(parse_ref(f"{first}1")[1], parse_ref(f"{last or first}1")[1])


def _headed(value: list[str]) -> Headed:
    return Headed(value[0], span(value[1]))


def _columns(value: Mapping[str, list[str]]) -> dict[str, Headed]:
    return {role: _headed(entry) for role, entry in value.items()}


def _pair(value: list[str]) -> Pair:
    return Pair(value[0], value[1], span(value[2]), span(value[3]))


_SHAPES: Mapping[str, Any] = {
    "regions": tuple,
    "widths": tuple,
    "order": tuple,
    "heading": lambda rows: tuple(tuple(_pair(pair) for pair in row) for row in rows),
    "money_label": _headed,
    "fund_label": span,
    "money": _columns,
    "funds": lambda rows: tuple((label, kind) for label, kind in rows),
    "indicators": _columns,
    "total": _headed,
    "goals": _columns,
    "goal_label": _headed,
    "indicator_label": _headed,
    "group": _headed,
    "grade": span,
    "closing": lambda rows: tuple(_pair(pair) for pair in rows),
    "choices": lambda lists: {name: tuple(words) for name, words in lists.items()},
}
