"""The policy of one region, year and layout: the values that hold, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple  # values of a policy are of many types

from perfeval.errors import PolicyError
from perfeval.findings import Level, PolicyUsed, RuleSetting, ValueSet
from perfeval.policy import files
from perfeval.policy.files import NATION, PolicyFile, Setting, Value

FIRST, LATEST = 2015, 9999  # an older form is judged by the first values that there are


class Shown(NamedTuple):
    """A line of `perfeval policy show`."""

    key: str
    value: str
    label: str
    source: str
    from_year: int
    basis: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for forms of a region and year. `name` tells which files it comes from."""

    region: str
    year: int | None
    name: str
    values: Mapping[str, Value]
    settings: Mapping[str, Setting]
    files: tuple[str, ...] = ()
    office: str = ""  # the office's own file among them

    def __getitem__(self, key: str) -> Any:
        """The value of a parameter in the unit of its column; None where it is left open."""
        return self.values[key].value

    def is_stated(self, key: str) -> bool:
        """Whether a text says so, and not merely the practice seen in forms."""
        return self.values[key].basis not in ("observed", "house")

    def level(self, code: str, default: Level) -> Level:
        setting = self.settings.get(code)
        if setting and setting.trial:
            return Level.INFO
        return setting.level if setting and setting.level else default

    def off_reason(self, code: str) -> str:
        """Why a rule is switched off, "" where it is not."""
        setting = self.settings.get(code)
        return setting.off if setting else ""

    def is_trial(self, code: str) -> bool:
        """Whether a rule is only tried out: it is a note that stops nobody."""
        setting = self.settings.get(code)
        return setting is not None and setting.trial

    def used(self, *, found: tuple[str, ...] = ()) -> PolicyUsed:
        """What a result says of it; `found` are "region" and "year" as the form has them."""
        values = tuple(
            ValueSet(v.key, v.written, v.label, v.basis, v.from_year)
            for v in self.values.values()
            if self.office and v.source == self.office
        )
        rules = tuple(
            RuleSetting(code, s.off, s.level, s.trial, s.source)
            for code, s in sorted(self.settings.items())
        )
        return PolicyUsed(self.region, self.year, found, self.files, self.office, values, rules)

    def sources(self) -> tuple[Shown, ...]:
        """Every value with where it came from."""
        return tuple(_shown(value) for value in self.values.values())


def load(
    region: str = "", year: int | None = None, *, layout: str = "", own: PolicyFile | None = None
) -> Policy:
    """The policy of a region (GB/T 2260 code, or a name under data/policies; "" the national one).

    Without a year the latest values hold. Raises PolicyError where the region is no code and no
    name.

    >>> policy = load("310118", 2021)
    >>> policy.region, policy.is_stated("execution_points")
    ('310118', True)
    """
    return _shipped(region, year, layout) if own is None else _made(region, year, layout, own)


@lru_cache(256)
def _shipped(region: str, year: int | None, layout: str) -> Policy:
    """The same: forms of a batch are of few places, years and layouts."""
    return _made(region, year, layout, None)


def _made(region: str, year: int | None, layout: str, own: PolicyFile | None) -> Policy:
    stack = _stack(region, own)
    at = _at(year)
    values = {
        value.key: value for _, value in sorted(_applying(stack, at, layout), key=lambda w: w[0])
    }
    settings = {
        code: setting
        for file in stack
        for code, setting in file.settings.items()
        if setting.from_year <= at
    }
    name = " → ".join(file.name or file.code for file in stack)
    sources = tuple(file.source for file in stack)
    office = own.source if own else ""
    return Policy(region or NATION, year, name, values, settings, sources, office)


def show(region: str, year: int | None = None, *, own: PolicyFile | None = None) -> list[Shown]:
    """Every value of a region and year with its source, those of single layouts after it; then what
    is said of rules.
    """
    shown = []
    policy = load(region, year, own=own)
    stack = _stack(region, own)
    for value in policy.sources():
        shown.append(value)
        for file in stack:
            shown += [
                _shown(v, f"（{'、'.join(sorted(v.layouts))}）")
                for v in file.values
                if v.key == value.key and v.layouts and v.from_year <= _at(year)
            ]
    return shown + [_said(code, setting) for code, setting in sorted(policy.settings.items())]


def _said(code: str, setting: Setting) -> Shown:
    """A line of a rule: off with its reason, else its level and whether it is on trial."""
    if setting.off:
        return Shown(f"rules.{code}", "off", setting.off, setting.source, setting.from_year, "")
    level = setting.level.value if setting.level else ""
    value = "trial" if setting.trial else level
    words = "试行" if setting.trial else "级别"
    return Shown(f"rules.{code}", value, words, setting.source, setting.from_year, "")


def _shown(value: Value, layouts: str = "") -> Shown:
    label = value.label + layouts
    return Shown(value.key, value.written, label, value.source, value.from_year, value.basis)


def _applying(
    stack: tuple[PolicyFile, ...], at: int, layout: str
) -> Iterator[tuple[tuple[bool, int, int], Value]]:
    """Values that hold, by weight: what the form prints, then the place, then the year."""
    for depth, file in enumerate(stack):
        for value in file.values:
            if value.from_year <= at and (not value.layouts or layout in value.layouts):
                yield (bool(value.layouts), depth, value.from_year), value


def _at(year: int | None) -> int:
    return LATEST if year is None else max(year, FIRST)


def _stack(region: str, own: PolicyFile | None) -> tuple[PolicyFile, ...]:
    """The files that apply, from the country down to the office's own."""
    if own is None:
        return _shipped_stack(region or NATION)
    return (*_shipped_stack(own.inherits or region or NATION), own)


@cache
def _shipped_stack(region: str) -> tuple[PolicyFile, ...]:
    if len(region) == 6 and region.isascii() and region.isdigit():
        codes = dict.fromkeys((NATION, f"{region[:2]}0000", f"{region[:4]}00", region))
        found = (files.shipped(code) for code in codes)
        return tuple(file for file in found if file is not None)
    named = files.shipped(region) if region.isidentifier() else None
    if named is None:
        known = "、".join(code for code in files.shipped_codes() if not code.isdigit())
        raise PolicyError(
            f"没有地区或政策 {region}：应为六位行政区划代码，或 {known}（no such region or policy）"
        )
    return (*_shipped_stack(named.inherits or NATION), named)
