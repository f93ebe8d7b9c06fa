"""What a return letter says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form as the letter lists it. Numbers are text, "—" where there is none."""

    number: int
    project: str
    file: str
    sheet: str
    reported: str
    recomputed: str
    verdict: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the letter: a finding, or several of one rule with the same to be done, at `cell`
    one after the other. `place` is as much of file, sheet and cell as is needed.
    """

    number: int
    level: str
    code: str
    file: str
    sheet: str
    cell: str
    place: str
    what: str
    basis: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; these are the names that a template may use.

    `year`, `reply_by` and `date` are "" where the office fills them in; `more` is how many
    findings are not listed: rows that the table has no room for.
    """

    unit: str
    year: str
    submissions: tuple[Submitted, ...]
    findings: tuple[Item, ...]
    errors: int
    warnings: int
    more: int
    enclosures: tuple[str, ...]
    reply_by: str
    date: str
