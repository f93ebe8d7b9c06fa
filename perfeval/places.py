"""Where the outputs of each file go: at its own path, and no other's on any file system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from perfeval.outbox import shortened
from perfeval.pipeline import Destination
from perfeval.sources import Source

LONGEST_NAME = 200  # bytes of a stem: file systems take 255 with our endings


def destinations(sources: Iterable[Source], out: Path) -> Iterator[Destination]:
    """A place for each source, in order."""
    taken: set[str] = set()
    for source in sources:
        folder = PurePosixPath(source.rel).parent
        stem = next(stem for stem in _stems(source) if f"{folder}/{stem}".casefold() not in taken)
        taken.add(f"{folder}/{stem}".casefold())
        yield Destination(out, folder, stem)


def _stems(source: Source) -> Iterator[str]:
    """a, a.xls, a.xls(2), a.xls(3), …"""
    rel = PurePosixPath(source.rel)
    name = shortened(rel.name, LONGEST_NAME)
    yield shortened(rel.stem, LONGEST_NAME)
    yield name
    number = 2
    while True:
        yield f"{name}({number})"
        number += 1
