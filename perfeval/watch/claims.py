"""Who works on what: a file is taken by renaming it into the watcher's own folder in the inbox.

    INBOX/.perfeval/<watcher>/alive                 beats while the watcher lives
    INBOX/.perfeval/<watcher>/<claim>/claim.json    which file it is, written before the rename
    INBOX/.perfeval/<watcher>/<claim>/original.xlsx

A rename is atomic on SMB and NFS too, so of two watchers one gets the file and the other finds it
gone. The claims of a watcher that died are taken over in the same way, folder by folder.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any  # JSON

from perfeval.sources import is_submission
from perfeval.watch.inbox import State, state_of

HIDDEN = ".perfeval"
STALE = 600.0  # seconds without a beat after which a watcher elsewhere counts as dead
_ALIVE, _CLAIM = "alive", "claim.json"


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours. `at` is when it was received, in local time with its offset."""

    folder: Path
    rel: PurePosixPath
    state: State
    at: datetime

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def file(self) -> Path:
        return self.folder / f"original{self.rel.suffix.lower()}"

    def end(self) -> None:
        """The file is where it belongs: nothing is left to do."""
        _clear(self.folder)


@dataclass(slots=True)
class Room:
    """A watcher's folder in the inbox, and what it has seen of the others."""

    inbox: Path
    name: str
    _beats: int = 0
    _others: dict[str, tuple[bytes, float]] = field(default_factory=dict)  # last beat, seen when

    @classmethod
    def at(cls, inbox: Path) -> Room:
        host = "".join(c if c.isalnum() else "-" for c in socket.gethostname())
        return cls(inbox, f"{host[:40]}_{os.getpid()}_{secrets.token_hex(4)}")

    @property
    def folder(self) -> Path:
        return self.inbox / HIDDEN / self.name

    def beat(self) -> None:
        """Say that we live. Raises OSError where the inbox is gone or cannot be written."""
        self.folder.parent.mkdir(exist_ok=True)  # never the inbox: a share may be mounted there
        self.folder.mkdir(exist_ok=True)
        self._beats += 1
        (self.folder / _ALIVE).write_bytes(b"%d" % self._beats)

    def claim(self, rel: PurePosixPath, state: State) -> Claim | None:
        """Take a file; None where it is gone, or somebody holds it open.

        Raises OSError where the inbox cannot be written, or we have not beaten in it.
        """
        claim = Claim(self.folder / secrets.token_hex(8), rel, state, datetime.now().astimezone())
        claim.folder.mkdir()
        with (claim.folder / _CLAIM).open("xb") as told:
            told.write(_written(claim))
            told.flush()
            os.fsync(told.fileno())
        try:
            (self.inbox / rel).rename(claim.file)
        except OSError:
            claim.end()
            return None
        return claim

    def claims(self) -> list[Claim]:
        """What is ours, in the order in which it came; what is no claim of a file is cleared."""
        found = []
        for folder in _folders(self.folder):
            if claim := _read(folder):
                found.append(claim)
            else:
                _clear(folder)
        return sorted(found, key=lambda claim: (claim.at, claim.rel))

    def take_over(self, now: float) -> int:
        """Take the claims of watchers that died; how many. `now` is monotonic seconds."""
        taken = 0
        for other in _folders(self.inbox / HIDDEN):
            if other.name == self.name or not self._is_dead(other, now):
                continue
            for folder in _folders(other):
                with suppress(OSError):  # another watcher was quicker, or a file in it is open
                    folder.rename(self.folder / folder.name)
                    taken += 1
            _clear(other)
        return taken

    def leave(self) -> None:
        """Claims that are left stay: the next watcher sees at once that we are gone."""
        (self.folder / _ALIVE).unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()
            self.folder.parent.rmdir()

    def _is_dead(self, other: Path, now: float) -> bool:
        host, pid = (*other.name.rsplit("_", 2), "")[:2]
        if host == self.name.rsplit("_", 2)[0] and _has_ended(pid):
            return True
        try:
            beat = (other / _ALIVE).read_bytes()
        except FileNotFoundError:
            beat = b""
        except OSError:
            return False
        last, seen = self._others.get(other.name, (None, now))
        self._others[other.name] = (beat, seen if last == beat else now)
        return last == beat and now - seen > STALE


def _has_ended(pid: str) -> bool:
    """Whether a process of this machine is over; only what is certain."""
    if os.name != "posix" or not pid.isdecimal():  # elsewhere signal 0 is a real one
        return False
    if int(pid) == os.getpid():
        return True  # an earlier process of the same number
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _folders(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(e.name for e in entries if e.is_dir(follow_symlinks=False))
    except OSError:
        return
    for name in found:
        yield folder / name


def _written(claim: Claim) -> bytes:
    document = {
        "rel": str(claim.rel),
        "size": claim.state.size,
        "mtime_ns": claim.state.mtime_ns,
        "at": claim.at.isoformat(),
    }
    return json.dumps(document).encode()


def _read(folder: Path) -> Claim | None:
    """The claim of a file that is there.

    The inbox is open to others, so nothing that it says is believed unseen: a claim that is
    damaged, or leads elsewhere, is a file of the claim's own name.
    """
    try:
        told: Any = json.loads((folder / _CLAIM).read_bytes())
        rel, at = PurePosixPath(told["rel"]), datetime.fromisoformat(told["at"]).astimezone()
        claim = Claim(folder, rel, State(int(told["size"]), int(told["mtime_ns"])), at)
        if _is_inside(rel):
            return claim if _is_there(claim.file) else None
    except FileNotFoundError:
        unnamed = _unnamed(folder)
        return None if (folder / _CLAIM).exists() else unnamed  # only the share was away
    except (ValueError, KeyError, TypeError, OverflowError, IsADirectoryError):
        pass
    return _unnamed(folder)


def _unnamed(folder: Path) -> Claim | None:
    for file in sorted(folder.glob("original.*")):
        with suppress(FileNotFoundError):
            rel = PurePosixPath(folder.name + file.suffix)
            return Claim(folder, rel, state_of(file), datetime.now().astimezone())
    return None


def _is_there(file: Path) -> bool:
    try:
        state_of(file)
    except FileNotFoundError:
        return False
    except OSError:  # of a file that cannot be read whoever answers it is told
        return True
    return True


def _is_inside(rel: PurePosixPath) -> bool:
    """Whether a path leads to a submission below the folder that it is joined to."""
    root = Path("inbox").absolute()
    return (
        is_submission(rel.name)
        and "\0" not in str(rel)
        and Path(os.path.normpath(root / rel)).is_relative_to(root)
        and ".." not in rel.parts
    )


def _clear(folder: Path) -> None:
    """Remove a folder that holds no file of anybody's; one that does stays as it is."""
    with suppress(OSError):
        paths = list(folder.iterdir())
        if all(path.name in (_CLAIM, _ALIVE) for path in paths):
            for path in paths:
                path.unlink(missing_ok=True)
            folder.rmdir()
