"""Moving an original to where it is kept: never over another file, never half."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from perfeval.watch.standing import must_stand


def keep(source: Path, archive: Path, rel: PurePosixPath) -> Path:
    """Move `source` to `rel` below the archive, or beside it under a number; where it went.

    A target that has the same content is the file itself, moved before a kill or sent twice: then
    only the source goes. Raises OSError; FileNotFoundError where there is no source, or no archive.
    """
    must_stand(archive)
    for place in _places(archive / rel):
        if place.is_dir():
            continue
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _move(source, place)
            return place
        if digest(place) == digest(source):
            source.unlink()
            return place
    raise AssertionError("the numbers never end")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _places(target: Path) -> Iterator[Path]:
    yield target
    number = 1
    while True:
        number += 1
        yield target.with_name(f"{target.stem}({number}){target.suffix}")


def _move(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV and getattr(error, "winerror", 0) != 17:  # another device
            raise
        _copy(source, target)
        source.unlink()


def _copy(source: Path, target: Path) -> None:
    beside = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with source.open("rb") as data, beside.open("xb") as out:
            shutil.copyfileobj(data, out)
            out.flush()
            os.fsync(out.fileno())
        with suppress(OSError):  # not every share keeps times
            shutil.copystat(source, beside)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
