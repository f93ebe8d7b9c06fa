"""Many files: chunks through an executor, results in the order of the files at any parallelism."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from perfeval import policy, rules, stamp
from perfeval.across import check_across
from perfeval.config import Config
from perfeval.convert import BATCH, ENDINGS
from perfeval.errors import PerfevalError, UsageError
from perfeval.findings import FileResult, Plan
from perfeval.outbox import write_whole
from perfeval.pipeline import (
    Chunk,
    Destination,
    Outcome,
    check_chunk,
    checked_bytes,
    is_returned,
    write_outputs,
)
from perfeval.sources import Source
from perfeval.tables import Tables
from perfeval.together import brief
from perfeval.waivers import signed, waive

CHUNK = 512  # files whose tables are in memory at once; a check costs much the same for one
LONGEST_NAME = 200  # bytes of a stem: file systems take 255 with our endings

In = TypeVar("In")
Out = TypeVar("Out")
Progress = Callable[[int], None]


def check_all(sources: Sequence[Source], config: Config, progress: Progress) -> list[Outcome]:
    """Check every source, and all of them together, in order.

    `progress` is told the files of each chunk. Raises UsageError for a setting that is wrong.
    """
    office = policy.own(config.policy)
    _, across = rules.parted(rules.chosen(config.select, config.ignore, office=office))
    waivers = signed(config, codes=rules.catalogue(office))
    size = max(1, min(CHUNK, -(-len(sources) // config.jobs)))
    parts = [sources[start : start + size] for start in range(0, len(sources), size)]
    outcomes: list[Outcome] = []
    briefs: list[Tables] = []
    for chunks in _mapped(partial(_checked, config=config), parts, config.jobs):
        for chunk in chunks:
            progress(len(chunk.outcomes))
            outcomes += chunk.outcomes
            briefs.append(chunk.brief)
    lasts = [outcome.last for outcome in outcomes]
    files = check_across(
        [outcome.result for outcome in outcomes], briefs, across, config, lasts=lasts
    )
    files = [waive(file, waivers, on=date.today(), lang=config.lang) for file in files]
    made = [replace(o, result=file) for o, file in zip(outcomes, files, strict=False)]
    return made + [Outcome(None, file, Plan()) for file in files[len(made) :]]


def write_all(
    outcomes: Sequence[Outcome], out: Path, config: Config, progress: Progress
) -> Iterator[FileResult]:
    """Write the outputs of every outcome, in order; what cannot be written says why."""
    places = iter(destinations([o.source for o in outcomes if o.source], out))
    work = [(o, next(places) if o.source else None) for o in outcomes]
    size = max(1, min(BATCH, -(-len(work) // config.jobs)))
    parts = [work[start : start + size] for start in range(0, len(work), size)]
    for written in _mapped(partial(_written_together, config=config), parts, config.jobs):
        progress(len(written))
        yield from written


def write_overview(files: Sequence[FileResult], out: Path, config: Config) -> None:
    """Write results.json, index.html and summary.xlsx of a run."""
    from perfeval.report.index import index_html  # as in pipeline.write_outputs
    from perfeval.report.results_json import results
    from perfeval.report.summary import summary_xlsx

    document = results(files, tool=stamp.tool(), rules_hash=stamp.rules_hash())
    write_whole(out / "results.json", document)
    page = index_html(files, lang=config.lang, tool=stamp.tool(), templates=config.templates)
    write_whole(out / "index.html", page.encode())
    write_whole(out / "summary.xlsx", summary_xlsx(files, lang=config.lang))


def destinations(sources: Sequence[Source], out: Path) -> list[Destination]:
    """A place for each source, at its own relative path, that is no other's on any file system."""
    taken: set[str] = set()
    found = []
    for source in sources:
        folder = source.rel.parent
        candidates = (_short(source.rel.stem), _short(source.rel.name))
        numbered = (f"{candidates[1]}({number})" for number in range(2, len(sources) + 2))
        for stem in (*candidates, *numbered):
            key = str(PurePosixPath(folder, stem)).casefold()
            if key not in taken:
                taken.add(key)
                found.append(Destination(out, folder, stem))
                break
    return found


def _short(name: str) -> str:
    """The name, or its beginning and a hash of it where the file system would refuse it."""
    encoded = name.encode()
    if len(encoded) <= LONGEST_NAME:
        return name
    return (
        encoded[: LONGEST_NAME - 9].decode(errors="ignore")
        + "~"
        + hashlib.sha256(encoded).hexdigest()[:8]
    )


def _mapped(work: Callable[[In], Out], items: Sequence[In], jobs: int) -> Iterator[Out]:
    if jobs == 1 or len(items) < 2:
        yield from map(work, items)
        return
    with ProcessPoolExecutor(min(jobs, len(items))) as pool:
        yield from pool.map(work, items)


def _checked(sources: Sequence[Source], config: Config) -> list[Chunk]:
    """A chunk; if something unforeseen breaks it, each file alone: only the guilty one is lost."""
    try:
        return [check_chunk(sources, config)]
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001  # the border at which one bad file must not stop the rest
        if len(sources) == 1:
            name = sources[0].name
            outcome = Outcome(sources[0], _failed(name, error), Plan())
            row = (0, 0, name, "unreadable", "", "")
            return [Chunk((outcome,), brief(Tables.build({"files": [row]})))]
        return [chunk for source in sources for chunk in _checked([source], config)]


def _failed(name: str, error: Exception) -> FileResult:
    reason = f"程序内部错误，请连同文件反馈（internal failure）：{type(error).__name__}: {error}"
    return FileResult(name, "", "unreadable", reason)


def _written_together(
    work: Sequence[tuple[Outcome, Destination | None]], config: Config
) -> list[FileResult]:
    """Some files: those that have to be converted are converted in one call."""
    from perfeval.returning import conversions

    alien = [o for o, _ in work if o.format in ENDINGS and is_returned(o)]
    books = conversions([(_bytes(o), o.format) for o in alien], config.passwords)
    made = {id(outcome): book for outcome, book in zip(alien, books, strict=True)}
    return [_written(outcome, to, made.get(id(outcome)), config) for outcome, to in work]


def _bytes(outcome: Outcome) -> bytes:
    """The file; nothing where it cannot be read any more, which writing will say."""
    try:
        return checked_bytes(outcome)
    except (PerfevalError, OSError):
        return b""


def _written(
    outcome: Outcome, destination: Destination | None, converted: bytes | None, config: Config
) -> FileResult:
    if destination is None:
        return outcome.result
    try:
        return write_outputs(outcome, destination, config, converted=converted)
    except UsageError:
        raise
    except (PerfevalError, OSError) as error:
        return replace(outcome.result, status="unreadable", reason=str(error))
    except Exception as error:  # noqa: BLE001  # as in _checked
        return _failed(outcome.result.path, error)
