"""The results of a check, shaped as results.json publishes them (DESIGN section 6).

Lines, of which a form has dozens, are structs of msgspec: results.json has them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

import msgspec

from perfeval.copies import Copy
from perfeval.course import Course, Past, Reply, Standing


class Level(StrEnum):
    """How much a finding weighs: 强制, 核实, 提示."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return {"error": 0, "warning": 1, "info": 2}[self.value]


class Safety(StrEnum):
    """Whether a fix may be written without asking."""

    SAFE = "safe"
    CONFIRM = "confirm"
    MANUAL = "manual"


class Outcome(StrEnum):
    """What a rule answered on a form."""

    HIT = "hit"
    PASS = "pass"
    UNDECIDED = "undecided"
    CRASHED = "crashed"  # 规则出错
    OFF = "off"  # switched off by the policy


@dataclass(frozen=True, slots=True)
class Cause:
    """A simple slip that explains a difference exactly."""

    cause: str
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What the corrected copy would write. `to` is "" where the advice names no value."""

    safety: Safety
    cell: str | None
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency. `cell` is None where the file has no such cell; `root` is the id of the
    finding that it follows from. `course` is empty in the first round; `reply` is the explanation
    that the unit gave.
    """

    id: str
    code: str
    rule: str
    level: Level
    title: str
    sheet: str | None
    cell: str | None
    field: str
    found: str
    expected: str
    message: str
    advice: str
    causes: tuple[Cause, ...] = ()
    basis: tuple[str, ...] = ()
    derivation: str = ""
    fix: Fix | None = None
    root: str | None = None
    state: Standing = Standing.NEW
    course: Course = ()
    reply: Reply | None = None
    trial: bool = False  # 试行: told, but it never decides the exit code


@dataclass(frozen=True, slots=True)
class Total:
    """The total score, in plain decimal text; None where the form has none or nothing can be told.

    `recomputed` is the sum of the listed scores; low and high are its bounds where scores are
    missing; due_low and due_high are the sum of the defensible ranges. `cap` is the highest total
    that the policy allows at the form's execution rate: the grades are those of totals up to it.
    """

    points: str | None
    reported: str | None
    recomputed: str | None
    low: str | None
    high: str | None
    grade_reported: str | None
    grade: str | None
    grade_low: str | None
    grade_high: str | None
    cell: str | None
    due_low: str | None = None
    due_high: str | None = None
    due_grade_low: str | None = None
    due_grade_high: str | None = None
    cap: str | None = None

    @property
    def capped(self) -> str | None:
        """`recomputed`, but no more than `cap`."""
        if self.recomputed is None or self.cap is None:
            return self.recomputed
        return min(self.recomputed, self.cap, key=Decimal)


class FundLine(msgspec.Struct, frozen=True, gc=False):
    """A row of the money block, in 元."""

    kind: str
    label: str
    initial_budget: str | None
    budget: str | None
    executed: str | None
    points: str | None
    rate: str | None
    score: str | None
    recomputed_rate: str | None
    recomputed_score: str | None
    cells: Mapping[str, str]


class GoalLine(msgspec.Struct, frozen=True, gc=False):
    """A goal and its result."""

    expected: str | None
    actual: str | None
    cells: Mapping[str, str]


class IndicatorLine(msgspec.Struct, frozen=True, gc=False):
    """A row of the indicator block; low and high are the defensible range of the score."""

    position: int
    level1: str
    level2: str
    level3: str
    target: str | None
    actual: str | None
    points: str | None
    reported: str | None
    low: str | None
    high: str | None
    due: str
    reason: str | None
    placeholder: bool
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ValueSet:
    """A parameter that the office's own policy file sets."""

    key: str
    value: str
    label: str
    basis: str
    from_year: int


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a policy says of a rule. `off` is the reason, "" where the rule is on."""

    code: str
    off: str
    level: Level | None
    trial: bool
    source: str


@dataclass(frozen=True, slots=True)
class PolicyUsed:
    """By which policy a form was judged.

    `found` holds "region" and "year" where the form itself says them; `files` go from the country
    down; `office` is the office's own among them, which sets `values`.
    """

    region: str
    year: int | None
    found: tuple[str, ...]
    files: tuple[str, ...]
    office: str
    values: tuple[ValueSet, ...]
    rules: tuple[RuleSetting, ...]


@dataclass(frozen=True, slots=True)
class FormResult:
    """One form: what it says, what follows from it, what does not fit."""

    form: str
    sheet: str
    kind: str
    layout: str
    region: str
    year: int | None
    project: str | None
    department: str | None
    unit: str | None
    money_unit: str
    total: Total
    funds: tuple[FundLine, ...] = ()
    goals: tuple[GoalLine, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    policy: PolicyUsed | None = None


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file. `status` is the heaviest level found, clean, or unreadable (see `reason`).

    `copy` is how the annotated workbook was made, None before it is. `past` are findings of earlier
    rounds that are not found now.
    """

    path: str
    sha256: str
    status: str
    reason: str | None = None
    outputs: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    forms: tuple[FormResult, ...] = ()
    copy: Copy | None = None
    round: int = 1
    past: tuple[Past, ...] = ()

    @property
    def closed(self) -> tuple[Past, ...]:
        """Findings of earlier rounds that have been corrected."""
        return tuple(past for past in self.past if not past.is_open)

    def all_findings(self) -> tuple[Finding, ...]:
        """Findings of the file and of its forms."""
        return self.findings + tuple(f for form in self.forms for f in form.findings)


def heaviest(findings: Sequence[Finding], forms: Sequence[FormResult]) -> str:
    """The status of a file: the heaviest level found; clean only where something was checked."""
    levels = [f.level for f in findings] + [f.level for form in forms for f in form.findings]
    if levels:
        return min(levels, key=lambda level: level.rank).value
    return "clean" if forms else Level.ERROR.value


@dataclass(frozen=True, slots=True)
class Patch:
    """A fix to be written: `new` into `cell` of `sheet`. Numbers are plain decimal text."""

    form: str
    sheet: str
    cell: str
    old: str
    new: str
    kind: Literal["number", "text"]
    code: str
    reason: str
    safety: Safety


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A fix that is not written, and why."""

    form: str
    sheet: str
    cell: str | None
    code: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the corrected copy of a file writes and what it leaves."""

    patches: tuple[Patch, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
