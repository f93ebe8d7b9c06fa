"""What no program can beat: reading and writing the same bytes, packing the same parts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.rounds import Cost, in_process
from perfeval.batch import check_all
from perfeval.config import Config
from perfeval.ooxml.rawzip import read_members, write_members
from perfeval.sources import find
from perfeval.write import annotate

LIMIT = "limit: a raw copy of the members"


def limits(files: Sequence[Path], rounds: int, out: Path) -> dict[str, Cost]:
    """The annotated copy beside the work that it cannot do without."""
    books = [path.read_bytes() for path in files]
    outcomes = check_all(find(files), Config(), lambda *_: None)
    marked = [
        (book, outcome.result)
        for book, outcome in zip(books, outcomes, strict=True)
        if outcome.result.status != "unreadable"
    ]
    contenders = {
        LIMIT: lambda: [write_members(read_members(book).values()) for book in books],
        "limit: read and write the bytes": lambda: [
            (out / path.name).write_bytes(path.read_bytes()) for path in files
        ],
        "limit: inflate and deflate every part": lambda: [_repacked(book) for book in books],
        "perfeval: the annotated package": lambda: [
            annotate(book, result, lang="zh") for book, result in marked
        ],
    }
    return in_process(contenders, rounds)


def _repacked(book: bytes) -> list[bytes]:
    return [zlib.compress(member.unpack()) for member in read_members(book).values()]
