"""What goes back, file by file in order: made, or left as an earlier run has made it."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from perfeval import stamp, work
from perfeval.config import Config
from perfeval.convert import BATCH
from perfeval.executors import Crew
from perfeval.findings import FileResult
from perfeval.kept import WRITTEN, Kept, Written
from perfeval.pipeline import Destination, Outcome
from perfeval.settled import Settled


@dataclass(frozen=True, slots=True)
class Returned:
    """A file of a run with its final result. `outcome.source` is None for that of the register."""

    outcome: Outcome
    result: FileResult
    reused: bool


@dataclass(frozen=True, slots=True)
class _Turn:
    """A file that waits for its outputs; `before` is what an earlier run has made of the same."""

    settled: Settled
    to: Destination | None
    before: Written | None


def returned(
    files: Iterable[tuple[Settled, Destination | None]],
    of: int,
    config: Config,
    kept: Kept,
    crew: Crew,
) -> Iterator[Returned]:
    """Write the outputs of every file (`of` in all), in order; what cannot be written says why."""
    from perfeval.report.templates import renew  # as in batch.run

    renew()
    returning = stamp.returning(config)
    ahead: deque[list[_Turn]] = deque()
    waiting = iter(files)
    size = max(1, min(BATCH, -(-of // (4 * max(1, crew.size)))))

    def sent(outcome: Outcome) -> Outcome:
        if not crew.is_far or outcome.source is None:
            return outcome
        return replace(outcome, source=outcome.source.loaded(config.limits))

    def parts() -> Iterator[list[work.Job]]:
        while part := list(islice(waiting, size)):
            turns = [_Turn(one, to, _before(one, to, returning, kept)) for one, to in part]
            ahead.append(turns)
            yield [(sent(t.settled.outcome), t.to) for t in turns if t.to and not t.before]

    job = partial(work.write_part, config=config, returning=returning, here=not crew.is_far)
    for made in crew.results(job, parts(), work.made_lost):
        new = iter(made)
        for turn in ahead.popleft():
            yield _done(turn, new, kept)


def _before(
    settled: Settled, to: Destination | None, returning: bytes, kept: Kept
) -> Written | None:
    """What was returned in an earlier run, if it would be the same now, and is still there."""
    if to is None or not settled.again or not kept.has_earlier:
        return None
    of = work.of(settled.outcome, to, returning)
    written = kept.written(settled.key, of)
    if written is None or not all(_stands(to.out, *one) for one in written.hashes.items()):
        return None
    kept.put_written(settled.key, of, WRITTEN.pack(written))
    return written


def _stands(out: Path, name: str, sha256: str) -> bool:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts:
        return False
    try:
        return hashlib.sha256((out / place).read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _done(turn: _Turn, new: Iterator[work.Made], kept: Kept) -> Returned:
    settled, to = turn.settled, turn.to
    if to is None:
        return Returned(settled.outcome, settled.outcome.result, reused=False)
    if turn.before:
        return Returned(settled.outcome, turn.before.onto(settled.outcome.result), reused=True)
    made = next(new)
    written = made.written
    try:
        work.put(to, made.contents)
    except OSError as error:
        written = work.unwritten(error)
    result = written.onto(settled.outcome.result)
    if settled.again and result.status != "unreadable":
        kept.put_written(settled.key, made.of, WRITTEN.pack(written))
    return Returned(settled.outcome, result, reused=False)
