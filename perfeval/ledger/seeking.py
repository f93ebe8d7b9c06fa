"""Which submissions a question is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from perfeval.ledger.books import rounds, submissions


@dataclass(frozen=True, slots=True)
class Sought:
    """Which submissions are meant; names by a part of them, None and "" for all.

    `open_only`: with errors or warnings, or unreadable. `late`: open, and on this day the reply-by
    date is over, or there is none. `returned_twice`: open in the second round or a later one.
    """

    submission: int | None = None
    year: int | None = None
    department: str = ""
    unit: str = ""
    project: str = ""
    open_only: bool = False
    late: date | None = None
    returned_twice: bool = False

    def clauses(self) -> list[sa.ColumnElement[bool]]:
        """For a view that holds submissions and rounds."""
        made: list[sa.ColumnElement[bool]] = []
        if self.submission is not None:
            made.append(submissions.c.id == self.submission)
        if self.year is not None:
            made.append(submissions.c.year == self.year)
        made += (
            submissions.c[name].contains(text, autoescape=True)
            for name in ("department", "unit", "project")
            if (text := getattr(self, name))
        )
        if self.open_only or self.late or self.returned_twice:
            made.append(rounds.c.status.in_(("error", "warning", "unreadable")))
        if self.late:
            made.append(rounds.c.reply_by.is_(None) | (rounds.c.reply_by < self.late))
        if self.returned_twice:
            made.append(rounds.c.number >= 2)
        return made
