"""How files leave: written beside, then renamed; never over a source, never half."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_PART = re.compile(r"\.[0-9a-f]{12}\.part")
_LEFT = 3600.0  # seconds after which nobody is writing a file any more


def shortened(name: str, longest: int) -> str:
    """The name, or its beginning and a hash of it where it has more than `longest` bytes."""
    encoded = name.encode("utf-8", "surrogateescape")
    if len(encoded) <= longest:
        return name
    digest = hashlib.sha256(encoded).hexdigest()[:8]
    return f"{encoded[: longest - 9].decode(errors='ignore')}~{digest}"


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`: a reader sees the old file or the new one. Raises OSError."""
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to be filled, which is at `path` once it is whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove what killed processes were writing below `folder`. Raises OSError."""
    mark = folder / f".{secrets.token_hex(6)}.part"
    mark.write_bytes(b"")
    now = mark.stat().st_mtime  # by the clock of the disk, which may be another machine's
    mark.unlink()
    for path in folder.rglob(".*.part"):
        if _PART.fullmatch(path.name) and now - path.lstat().st_mtime > _LEFT:
            path.unlink(missing_ok=True)
