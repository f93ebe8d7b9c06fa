"""Which submission a file belongs to: by what it answers to, by its forms, by its place."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from perfeval.course import LastRound, Round
from perfeval.findings import FileResult
from perfeval.identity import Key, keys_of
from perfeval.ledger.books import forms, rounds, submissions
from perfeval.ledger.packing import memo_of, round_in, storable

Id = TypeVar("Id", int, str)
Several = Callable[[FileResult, Sequence[int]], None]  # told of a file which submissions would fit
_AT_ONCE = 500  # values of one IN: SQLite and PostgreSQL take tens of thousands, plans like fewer


class Known(NamedTuple):
    """A round that is in the ledger."""

    id: int
    submission_id: int
    run_id: int
    number: int
    path: str
    sha256: str
    status: str


@dataclass(frozen=True, slots=True)
class Past:
    """What the ledger knows of some files: rounds by path, and submissions by form and by memo."""

    rounds: Mapping[str, Sequence[Known]]
    submissions: Mapping[Key, frozenset[int]]
    memos: Mapping[str, int] = field(default_factory=dict)

    def delivery(self, file: FileResult) -> Known | None:
        """The round that this very file is: of the same path and content."""
        same = [k for k in self.rounds.get(place(file), ()) if k.sha256 == file.sha256]
        return same[-1] if same else None

    def fitting(self, file: FileResult) -> list[int]:
        """The submissions that have forms of this project, unit and year."""
        return sorted({one for key in keys_of(file) for one in self.submissions.get(key, ())})

    def submission(self, file: FileResult) -> int | None:
        """The one submission that fits, None where several do."""
        found = self.fitting(file)
        return found[0] if len(found) == 1 else None

    def answered(self, file: FileResult, last: LastRound | None) -> int | None:
        """The submission whose next round this is, None where it begins one.

        Without a round before it, what could not be read and now stands at the same path.
        """
        if last is None:
            before = [k for k in self.rounds.get(place(file), ()) if k.status == "unreadable"]
            return before[-1].submission_id if before else None
        return self.memos.get(memo_of(last.round)[0]) or self.submission(file)


def place(file: FileResult) -> str:
    """Where a file lies, however the call named it."""
    return storable(os.path.abspath(file.path))  # noqa: PTH100  # a link stays a link


def past_of(
    connection: sa.Connection,
    files: Sequence[FileResult],
    lasts: Sequence[LastRound | None] = (),
    *,
    before: int | None = None,
) -> Past:
    """What the ledger knows of files; rounds that run `before` or later ones met are not seen
    by their forms.
    """
    by_path: dict[str, list[Known]] = defaultdict(list)
    columns = [rounds.c[name] for name in Known._fields]
    for part in parts({place(file) for file in files}):
        query = sa.select(*columns).where(rounds.c.path.in_(part)).order_by(rounds.c.id)
        for row in connection.execute(query):
            by_path[row.path].append(Known(*row))
    keys = {key for file in files for key in keys_of(file)}
    submissions: dict[Key, set[int]] = defaultdict(set)
    for part in parts({key.who for key in keys}):
        query = (
            sa.select(forms.c.who, forms.c.year, rounds.c.submission_id)
            .join_from(forms, rounds)
            .where(forms.c.who.in_(part))
            .where(sa.true() if before is None else rounds.c.run_id < before)
            .distinct()
        )
        for who, year, submission_id in connection.execute(query):
            submissions[Key(who, year)].add(submission_id)
    memos: dict[str, int] = {}
    for part in parts({memo_of(last.round)[0] for last in lasts if last}):
        query = (
            sa.select(rounds.c.memo_sha256, rounds.c.submission_id)
            .where(rounds.c.memo_sha256.in_(part))
            .order_by(rounds.c.id)
        )
        memos |= {row.memo_sha256: row.submission_id for row in connection.execute(query)}
    return Past(by_path, {key: frozenset(ids) for key, ids in submissions.items()}, memos)


def parts(values: Iterable[Id]) -> Iterable[list[Id]]:
    """Values in groups that one IN takes."""
    ordered = sorted(values)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


def last_rounds(
    connection: sa.Connection,
    files: Sequence[FileResult],
    *,
    before: int | None,
    several: Several,
) -> list[LastRound | None]:
    """For each file the round that it follows; see Ledger.last_rounds."""
    past = past_of(connection, files, before=before)
    owners = [_owner(past, file) for file in files]
    for file, owner in zip(files, owners, strict=True):
        if owner is None and len(fitting := past.fitting(file)) > 1:
            several(file, fitting)
    course: dict[int, list[Known]] = defaultdict(list)
    columns = [rounds.c[name] for name in Known._fields]
    for part in parts({one for one in owners if one is not None}):
        query = (
            sa.select(*columns)
            .where(rounds.c.submission_id.in_(part))
            .where(sa.true() if before is None else rounds.c.run_id < before)
            .order_by(rounds.c.number, rounds.c.id)
        )
        for row in connection.execute(query):
            course[row.submission_id].append(Known(*row))
    followed = [
        _followed(past, file, course.get(owner, ()) if owner else ())
        for file, owner in zip(files, owners, strict=True)
    ]
    memos = _memos(connection, {round_id for round_id in followed if round_id})
    found = [memos.get(round_id) if round_id else None for round_id in followed]
    return [LastRound(done, ()) if done else None for done in found]


def last_of(connection: sa.Connection, submission: int) -> Round | None:
    """The last round of a submission, None where there is no such submission."""
    query = sa.select(submissions.c.latest).where(submissions.c.id == submission)
    latest = connection.execute(query).scalar()
    return _memos(connection, {latest})[latest] if latest is not None else None


def _owner(past: Past, file: FileResult) -> int | None:
    known = past.delivery(file)
    return known.submission_id if known else past.submission(file)


def _followed(past: Past, file: FileResult, course: Sequence[Known]) -> int | None:
    known = past.delivery(file)
    earlier = [one for one in course if known is None or one.id < known.id]
    return earlier[-1].id if earlier else None


def _memos(connection: sa.Connection, ids: Iterable[int]) -> dict[int, Round | None]:
    found: dict[int, Round | None] = {}
    for part in parts(ids):
        query = sa.select(rounds.c.id, rounds.c.memo).where(rounds.c.id.in_(part))
        found |= {round_id: round_in(memo) for round_id, memo in connection.execute(query)}
    return found
