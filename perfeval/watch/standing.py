"""Whether --out and the archive are there: a share that goes away leaves an empty folder behind.

Each has a room of ours, which is made at the start only. Without it nothing is written there, and
above all no original is moved there: it would vanish below the share when that is mounted again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from perfeval.limits import MIB
from perfeval.outbox import write_whole
from perfeval.watch.claims import HIDDEN
from perfeval.watch.settings import Settings

_PROBE = 8 * MIB


def found(told: Settings) -> None:
    """Make the rooms. Raises OSError."""
    for folder in _folders(told):
        (folder / HIDDEN).mkdir(parents=True, exist_ok=True)


def stand(told: Settings) -> None:
    """Raises OSError unless both are there."""
    for folder in _folders(told):
        must_stand(folder)


def must_stand(folder: Path) -> None:
    """Raises FileNotFoundError where a folder is not the one of the start."""
    room = folder / HIDDEN
    if not room.is_dir():
        raise FileNotFoundError(2, os.strerror(2), str(room))


def takes(told: Settings) -> bool:
    """Whether both take what a few returns take."""
    try:
        for folder in _folders(told):
            probe(folder)
    except OSError:
        return False
    return True


def probe(folder: Path) -> None:
    """Write what a few returns take, and remove it. Raises OSError."""
    must_stand(folder)
    path = folder / HIDDEN / f"probe-{secrets.token_hex(6)}.part"
    write_whole(path, bytes(_PROBE))
    path.unlink()


def _folders(told: Settings) -> Iterator[Path]:
    yield from dict.fromkeys((told.out, told.archive))
