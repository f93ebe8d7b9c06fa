"""How files leave: written beside, then renamed; never over a source, never half.

A process that is killed, at any moment, leaves the old file or the new one, and what was renamed
stays. Only a power cut can undo more, until a file is durable: on the disk itself.

    write_whole, writing    durable when they return
    put                     durable once `settle` was called after it: for the many files of a run,
                            which ends, in its ledger too, only after that
    Part                    as its `put` is asked
    make_durable            durable when it returns, of files that were put: for what a watcher
                            returns, before it archives what came

After a power cut in the midst of a run, some of what it has put may be empty. The next run compares
every output with the hash that it remembers, and writes such a one again. An error of the disk
that comes up no sooner than in `settle` is not told.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PART = re.compile(r"\.[0-9a-f]{12}\.part")
_AT_ONCE = hasattr(os, "sync")  # not on Windows: there every file is durable when it is put
_LEFT = 3600.0  # seconds after which nobody is writing a file any more


def shortened(name: str, longest: int) -> str:
    """The name, or its beginning and a hash of it where it has more than `longest` bytes."""
    encoded = name.encode("utf-8", "surrogateescape")
    if len(encoded) <= longest:
        return name
    digest = hashlib.sha256(encoded).hexdigest()[:8]
    return f"{encoded[: longest - 9].decode(errors='ignore')}~{digest}"


class Part:
    """A file that is filled beside its place, until it is put there or dropped."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, as all of this."""
        folder, self._path = os.path.dirname(path), path  # noqa: PTH120  # for each file of a run
        self._beside = os.path.join(folder, f".{secrets.token_hex(6)}.part")  # noqa: PTH118
        try:
            self.file = open(self._beside, "xb")  # noqa: PTH123, SIM115  # closed when it is put
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file = open(self._beside, "xb")  # noqa: PTH123, SIM115

    def put(self, *, durable: bool) -> None:
        """Have it at its place, whole."""
        if durable:
            self.file.flush()
            os.fsync(self.file.fileno())
        self.file.close()
        os.replace(self._beside, self._path)  # noqa: PTH105

    def drop(self) -> None:
        """Leave nothing of it."""
        with suppress(OSError):  # of what is still to be written
            self.file.close()
        Path(self._beside).unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`: a reader sees the old file or the new one. Raises OSError."""
    _put(path, data, durable=True)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to be filled, which is at `path` once it is whole. Raises OSError."""
    part = Part(path)
    try:
        yield part.file
        part.put(durable=True)
    except BaseException:
        part.drop()
        raise


def put(path: Path, data: bytes) -> None:
    """As write_whole, but durable only after `settle`. Raises OSError."""
    _put(path, data, durable=not _AT_ONCE)


def _put(path: Path, data: bytes, *, durable: bool) -> None:
    part = Part(path)
    try:
        part.file.write(data)
        part.put(durable=durable)
    except BaseException:
        part.drop()
        raise


def settle() -> None:
    """Make all durable that was put, by processes that helped too."""
    if _AT_ONCE:
        os.sync()


def make_durable(paths: Iterable[Path]) -> None:
    """Make some files durable that were put. Raises OSError."""
    for path in paths:
        with path.open("r+b") as file:
            os.fsync(file.fileno())


def sweep(folder: Path) -> None:
    """Remove what killed processes were writing below `folder`. Raises OSError."""
    mark = folder / f".{secrets.token_hex(6)}.part"
    mark.write_bytes(b"")
    now = mark.stat().st_mtime  # by the clock of the disk, which may be another machine's
    mark.unlink()
    for path in folder.rglob(".*.part"):
        if _PART.fullmatch(path.name) and now - path.lstat().st_mtime > _LEFT:
            path.unlink(missing_ok=True)
