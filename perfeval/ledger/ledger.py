"""The ledger: what was handed in, found, answered and signed for, over runs, rounds and years.

    with open_ledger("ledger.sqlite") as ledger:
        run = ledger.begin(now, tool=…, rules_hash=…, policy_hash=…, out=…)
        lasts = ledger.last_rounds(files, before=run)   # for files that came without our sheet
        ledger.record(run, files, lasts)                # chunk by chunk, each one transaction
        ledger.end(run, "done")

A delivery is known by its path and content: recorded again, it is replaced, whichever run judged
it. What a run has recorded is not seen by its own look-ups (`before`): its results do not depend
on the order of its chunks.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from perfeval.course import LastRound, Round
from perfeval.findings import FileResult
from perfeval.identity import Key
from perfeval.ledger import opening, recording, saying
from perfeval.ledger.books import runs
from perfeval.ledger.matching import Several, last_of, last_rounds
from perfeval.ledger.moving import Moved, move
from perfeval.ledger.seeking import Sought
from perfeval.ledger.views import VIEWS, Value
from perfeval.waivers import Waiver
from perfeval.years import Said

State = Literal["running", "done", "interrupted", "failed"]


@contextmanager
def open_ledger(where: str | Path, *, create: bool = True) -> Iterator[Ledger]:
    """The ledger at a database URL, in a file, or in a folder (ledger.sqlite).

    It is made, or brought to this version, where need be. Raises, in one line and without the
    password, LedgerError where it cannot be opened now, and UsageError where it is none; with
    `create` off also where it is not there.
    """
    engine = opening.engine_of(opening.address(where), create=create)
    try:
        yield Ledger(engine)
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger. Every method raises LedgerError when the database fails."""

    engine: sa.Engine

    def reach(self) -> None:
        """Nothing but that it can be written now."""
        with opening.writing(self.engine):
            pass

    def begin(
        self, started: datetime, *, tool: str, rules_hash: str, policy_hash: str, out: str
    ) -> int:
        """A new run; earlier ones into the same folder that never ended are interrupted."""
        out = os.path.abspath(out)  # noqa: PTH100  # as in matching.place
        with opening.writing(self.engine) as connection:
            left = (runs.c.out == out) & (runs.c.state == "running")
            connection.execute(sa.update(runs).where(left).values(state="interrupted"))
            run = (connection.execute(sa.select(sa.func.max(runs.c.id))).scalar() or 0) + 1
            connection.execute(
                sa.insert(runs).values(
                    id=run, started=_utc(started), state="running", tool=tool, rules=rules_hash,
                    policy=policy_hash, out=out,
                )
            )  # fmt: skip
        return run

    def record(
        self,
        run: int,
        files: Sequence[FileResult],
        lasts: Sequence[LastRound | None],
        *,
        reply_by: date | None = None,
        waivers: Sequence[Waiver] = (),
        on: date | None = None,
    ) -> None:
        """Write files and the rounds that they answer to, in one transaction.

        `reply_by` is until when the units are to answer; `on` the day of which waivers hold
        (today).
        """
        handed = recording.Handed(run, on or date.today(), reply_by, tuple(waivers))
        with opening.writing(self.engine) as connection:
            recording.record(connection, files, lasts, handed)

    def end(self, run: int, state: State = "done") -> None:
        """Close a run."""
        with opening.writing(self.engine) as connection:
            ended = {"state": state, "ended": _utc(datetime.now(UTC))}
            connection.execute(sa.update(runs).where(runs.c.id == run).values(ended))

    def last_rounds(
        self,
        files: Sequence[FileResult],
        *,
        before: int | None = None,
        several: Several = lambda file, submissions: None,
    ) -> list[LastRound | None]:
        """For each file the round that it follows: of the same year, unit and project.

        None where there is none, or where several submissions would fit: `several` is told of
        those. A file that is in the ledger itself (same path and content) follows the round before
        it, not itself. Without replies: those come with our sheet only.
        """
        with opening.reading(self.engine) as connection:
            return last_rounds(connection, files, before=before, several=several)

    def moved(self, old: str, new: str) -> Moved:
        """What was handed in at a place, or below it, lies elsewhere now (see moving.py)."""
        with opening.writing(self.engine) as connection:
            return move(connection, old, new)

    def said(self, keys: Collection[Key]) -> dict[Key, Said]:
        """What the forms of these projects and years said in their last round (see years.Years)."""
        with opening.reading(self.engine) as connection:
            return saying.said(connection, keys)

    def rows(self, view: str, sought: Sought | None = None) -> Iterator[tuple[Value, ...]]:
        """The rows of a view (see views.VIEWS), one by one; `sought` for those of submissions."""
        with opening.reading(self.engine) as connection:
            yield from VIEWS[view].rows(connection, sought.clauses() if sought else ())

    def last(self, submission: int) -> Round | None:
        """The last round of a submission: its findings with their courses, closed ones too."""
        with opening.reading(self.engine) as connection:
            return last_of(connection, submission)


def _utc(moment: datetime) -> datetime:
    """Without its zone, as databases keep it."""
    return moment.astimezone(UTC).replace(tzinfo=None)
