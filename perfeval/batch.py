"""Many files: checked in parts, judged together, written, counted; in order at any parallelism.

    1. check      each file by itself, unless it is kept from an earlier run     settled.py
    2. across     the rules across forms, over the briefs of all                 across.py
    3. write      some files at a time: outputs made and written                 written.py
    4. picture    results.json, index.html, summary.xlsx, letters                picture.py

Between the phases files wait on disk (kept.py): memory does not grow with the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from perfeval import outbox, work
from perfeval.booking import booking
from perfeval.config import Config
from perfeval.executors import crew
from perfeval.findings import FileResult
from perfeval.kept import kept_in, kept_nowhere
from perfeval.pipeline import Destination, Outcome
from perfeval.places import destinations as destinations
from perfeval.previous import last_years
from perfeval.settled import Advance, Judging, Rounds, Settled
from perfeval.sources import Source
from perfeval.tally import State, Tally
from perfeval.written import Returned, returned
from perfeval.years import Years

if TYPE_CHECKING:
    from perfeval.report.letters import Letters

Phase = Literal["check", "write"]
Progress = Callable[[Phase, int], None]  # how many files more are through a phase
Each = Callable[[Returned], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run has done, of `of` files. `unreadable` are names with their reasons.

    `checked_before` and `written_before` are how many were left as an earlier run has made them.
    """

    tally: Tally
    of: int
    state: State
    unreadable: tuple[tuple[str, str], ...]
    checked_before: int
    written_before: int
    lost: str = ""  # why the ledger does not hold all of it
    several: tuple[tuple[str, str], ...] = ()  # as Booking has it


def run(
    sources: Sequence[Source],
    out: Path,
    config: Config,
    *,
    progress: Progress = lambda phase, files: None,
    each: Each = lambda done: None,
    fresh: bool = False,
) -> Run:
    """The whole job over `sources`, into `out`. `each` is handed every file when it is done.

    Files and outputs that are as an earlier run left them are not done again, unless `fresh`.
    An interrupt ends it with what is done valid, and `state` says so. Raises UsageError for a
    setting that is wrong.
    """
    from perfeval.picture import picture_in  # what writes takes as long to import as a check
    from perfeval.report.letters import Letters

    years = last_years(config)
    letters = Letters(config.lang)
    state: State = "done"
    before = reused = 0
    unreadable = []
    with (
        picture_in(out, config) as picture,
        kept_in(out, fresh=fresh) as kept,
        booking(out, config) as book,
        crew(config) as hands,
    ):
        judging = Judging(config, kept, hands, [*years, book], book)
        try:
            keys, before = judging.checked(sources, lambda n: progress("check", n))
            files = _placed(judging.settled(sources, keys), sources, out)
            for done in returned(files, len(sources), config, kept, hands):
                picture.add(done.result)
                letters.add(done.result)
                if done.outcome.source:
                    book.add(done.result, done.outcome.last)
                reused += done.reused
                if done.result.status == "unreadable":
                    unreadable.append((done.result.path, done.result.reason or ""))
                each(done)
                progress("write", 1)
        except KeyboardInterrupt:
            state = "interrupted"
        hands.stop()
        if state == "done" or picture.tally.files:
            picture.write(of=len(sources), state=state)
        outbox.settle()
        book.end(state)
    if state == "done" and config.letters:
        _write_letters(letters, out, config)
        outbox.settle()
    doubts = tuple(book.several)
    return Run(
        picture.tally, len(sources), state, tuple(unreadable), before, reused, book.lost, doubts
    )


def check(
    sources: Sequence[Source],
    config: Config,
    advance: Advance,
    *,
    years: Sequence[Years] = (),
    rounds: Rounds | None = None,
) -> Iterator[Outcome]:
    """Check every source, and all of them together, in order; nothing is written.

    `advance` is told of files as they are checked; `years` hold the forms of other years, `rounds`
    those that files without our sheet may follow. Raises UsageError for a wrong setting.
    """
    with kept_nowhere() as kept, crew(config) as hands:
        judging = Judging(config, kept, hands, years, rounds)
        keys, _ = judging.checked(sources, advance)
        for settled in judging.settled(sources, keys):
            yield settled.outcome


def check_all(sources: Sequence[Source], config: Config, advance: Advance) -> list[Outcome]:
    """The same at once, of a few."""
    return list(check(sources, config, advance))


def write_all(
    outcomes: Sequence[Outcome], out: Path, config: Config, advance: Advance
) -> Iterator[FileResult]:
    """Write the outputs of outcomes of check_all, in order, each durable when it is yielded; what
    cannot be written says why.
    """
    sources = [outcome.source for outcome in outcomes if outcome.source]
    with kept_nowhere() as kept, crew(config) as hands:
        files = _placed((Settled(b"", outcome) for outcome in outcomes), sources, out)
        for done in returned(files, len(sources), config, kept, hands):
            advance(1)
            try:
                outbox.make_durable(out / name for name in done.result.outputs.values())
            except OSError as error:
                yield work.unwritten(error).onto(done.outcome.result)
            else:
                yield done.result


def write_overview(files: Iterable[FileResult], out: Path, config: Config) -> None:
    """Write results.json, index.html and summary.xlsx of some files."""
    from perfeval.picture import picture_in  # as in `run`

    with picture_in(out, config) as picture:
        for file in files:
            picture.add(file)
        picture.write(of=picture.tally.files)


def _write_letters(letters: Letters, out: Path, config: Config) -> None:
    """Write them, and take away those of earlier runs to units that have nothing to correct now."""
    from perfeval.report.letters import is_as_written

    made = letters.made(
        reply_by=config.reply_by, dated=config.letter_date, templates=config.templates
    )
    for name, document in made:
        outbox.put(out / name, document)
    for name in letters.settled():
        with suppress(OSError):  # none is there, as a rule
            if is_as_written(name, (out / name).read_bytes()):
                (out / name).unlink()


def _placed(
    files: Iterable[Settled], sources: Sequence[Source], out: Path
) -> Iterator[tuple[Settled, Destination | None]]:
    """Each file with the place of its outputs, if it can have any."""
    places = destinations(sources, out)
    for file in files:
        yield file, next(places) if file.outcome.source else None
