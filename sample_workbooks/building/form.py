"""What a form says, as values; a blank cell is None."""

from __future__ import annotations

from dataclasses import dataclass

from .page import Formula, Value

Content = Value | Formula


@dataclass(frozen=True, slots=True)
class Fund:
    """A row of the money block."""

    label: str
    initial_budget: Content = None
    budget: Content = None
    executed: Content = None
    points: Content = None
    rate: Content = None
    score: Content = None
    reason: Content = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the indicator block; a level that is None lies in the merge above."""

    level1: str | None
    level2: str | None
    level3: str
    target: Content
    actual: Content
    points: Content
    score: Content
    reason: Content = None
    operator: Content = None
    measure: Content = None  # the unit, where it has a column of its own


@dataclass(frozen=True, slots=True)
class Form:
    """A 自评表. `year_line` is printed below the title, or None where the title has the year."""

    title: str
    year_line: str | None
    project: str
    department: str
    unit: str
    money_unit: str
    funds: tuple[Fund, ...]
    goal: Content
    result: Content
    indicators: tuple[Indicator, ...]
    total_points: Content = 100
    total_score: Content = None
    grade: Content = None
    leader: Content = None
    category: Content = None
    notes: tuple[str | tuple[str, str], ...] = ()  # a text, or a label and its text
