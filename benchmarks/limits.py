"""What no program can beat: reading and writing the same bytes, packing the same parts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

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
        "zipfile: the members read and written": lambda: [_copied(book) for book in books],
        "perfeval: the annotated package": lambda: [
            annotate(book, result, lang="zh") for book, result in marked
        ],
    }
    return in_process(contenders, rounds)


def _copied(book: bytes) -> bytes:
    """An ordinary copy of a package: each member inflated, checked and deflated."""
    out = BytesIO()
    with ZipFile(BytesIO(book)) as source, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for info in source.infolist():
            copy.writestr(info, source.read(info))
    return out.getvalue()


def _repacked(book: bytes) -> list[bytes]:
    return [zlib.compress(member.unpack()) for member in read_members(book).values()]
