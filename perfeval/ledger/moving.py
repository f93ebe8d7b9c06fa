"""Files that lie elsewhere now: a folder, an archive or a single file that was moved or renamed.

A delivery is known by its path and content, and nothing else tells a file that was moved from the
same content sent again: the first place is empty either way, and on another machine always. So
somebody has to say it. A run that met the files at their new place before it was told has entered
each as a further round: of two rounds of one delivery the earlier one stays.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from perfeval.ledger.books import rounds, submissions
from perfeval.ledger.matching import parts
from perfeval.ledger.packing import storable
from perfeval.ledger.recording import forget

_Delivery = tuple[str, str]  # path, sha256


class Moved(NamedTuple):
    """Rounds that were found below the old place, and rounds that were there twice."""

    rounds: int
    twice: int


def move(connection: sa.Connection, old: str, new: str) -> Moved:
    """What was handed in at `old`, or below it, lies at `new` now."""
    old, new = (storable(os.path.abspath(place)) for place in (old, new))  # noqa: PTH100  # as in matching.place
    columns = (rounds.c.id, rounds.c.submission_id, rounds.c.path, rounds.c.sha256)
    query = sa.select(*columns).where(rounds.c.path.startswith(old, autoescape=True))
    found = [row for row in connection.execute(query) if _is_below(row.path, old)]
    moving = {row.id for row in found}
    there: dict[_Delivery, list[tuple[int, int]]] = {}
    for part in parts({new + row.path[len(old) :] for row in found}):
        for row in connection.execute(sa.select(*columns).where(rounds.c.path.in_(part))):
            if row.id not in moving:
                there.setdefault((row.path, row.sha256), []).append((row.id, row.submission_id))
    paths: dict[int, str] = {}
    gone: dict[int, int] = {}
    for row in found:
        path = new + row.path[len(old) :]
        same = sorted({*there.get((path, row.sha256), ()), (row.id, row.submission_id)})
        paths[same[0][0]] = path
        gone |= dict(same[1:])
    forget(connection, list(gone))
    if paths:
        lies = sa.update(rounds).where(rounds.c.id == sa.bindparam("b_id"))
        values = [{"b_id": round_id, "b_path": path} for round_id, path in paths.items()]
        connection.execute(lies.values(path=sa.bindparam("b_path")), values)
    _brought_to_last(connection, set(gone.values()))
    return Moved(len(found), len(gone))


def _is_below(path: str, old: str) -> bool:
    """Whether a path is that place, in that folder, or a member of that archive."""
    return path[len(old) : len(old) + 1] in ("", os.sep, "!")


def _brought_to_last(connection: sa.Connection, ids: Iterable[int]) -> None:
    """Submissions that have lost a round: by the last one that is left, or gone with it."""
    for submission in sorted(ids):
        own = rounds.c.submission_id == submission
        order = (rounds.c.number.desc(), rounds.c.id.desc())
        last = connection.execute(sa.select(rounds.c.id).where(own).order_by(*order)).scalar()
        this = submissions.c.id == submission
        if last is None:
            connection.execute(sa.delete(submissions).where(this))
        else:
            connection.execute(sa.update(submissions).where(this).values(latest=last))
