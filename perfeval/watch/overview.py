"""index.html, summary.xlsx and results.json of everything that was received, its last rounds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from perfeval.batch import write_overview
from perfeval.config import Config
from perfeval.findings import FileResult
from perfeval.outbox import write_whole
from perfeval.packed import PackedError, Packing
from perfeval.watch.claims import HIDDEN
from perfeval.watch.places import Place, finished, latest

_FILES = Packing(tuple[FileResult, ...])
_DUE = "unlisted"  # there while results stand that no overview has


def put(place: Place, files: tuple[FileResult, ...], out: Path) -> None:
    """Keep the results of a round: from now on it is done. Raises OSError."""
    if not place.folder.is_dir():  # --out went away since it was settled
        raise FileNotFoundError(2, os.strerror(2), str(place.folder))
    write_whole(out / HIDDEN / _DUE, b"")
    write_whole(place.results, _FILES.pack(files))


def files_of(place: Place) -> tuple[FileResult, ...]:
    """The results of a round. Raises OSError; PackedError where another version wrote them."""
    return _FILES.unpack(place.results.read_bytes())


def is_due(out: Path) -> bool:
    """Whether something was received since the overview was written, by whichever watcher."""
    return (out / HIDDEN / _DUE).exists()


def list_all(out: Path, config: Config) -> int:
    """Write the overview; how many files it has. Raises OSError.

    What another watcher finishes meanwhile is looked for again, so the last one to write has all.
    """
    while True:
        count = finished(out)
        files = list(_files(out))
        write_overview(files, out, config)
        if finished(out) == count:
            (out / HIDDEN / _DUE).unlink(missing_ok=True)
            return len(files)


def _files(out: Path) -> Iterator[FileResult]:
    found: list[FileResult] = []
    for place in latest(out):
        with suppress(PackedError):  # of another version: it is in the archive all the same
            found += files_of(place)
    yield from sorted(found, key=lambda file: file.path)
