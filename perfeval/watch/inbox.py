"""What lies in the drop folder, and since when each file has been still.

Time is the watcher's own monotonic clock: neither a wall clock that jumps nor a file's date
matters, only that size and date have not changed while we looked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from perfeval.sources import is_submission

Name = TypeVar("Name")
PATIENCE = 10  # times as long: for a file that is empty, or that somebody has open


@dataclass(frozen=True, slots=True)
class State:
    """A file as one look finds it. `pending`: it is empty, or an office program has it open."""

    size: int
    mtime_ns: int
    pending: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """A state, and the monotonic second since which it has been the same."""

    state: State
    since: float

    def ripe_at(self, still: float) -> float:
        """The monotonic second from which on the file may be taken."""
        return self.since + still * (PATIENCE if self.state.pending else 1)


def look(
    inbox: Path, odd: Callable[[PurePosixPath], None] = lambda rel: None
) -> dict[PurePosixPath, State]:
    """The submissions in the inbox by relative path, without hidden and partial ones.

    `odd` is told of those that are links, pipes and the like: nothing is read through them. Raises
    OSError where the inbox itself cannot be listed; a folder in it that vanishes meanwhile is left
    out.
    """
    found: dict[PurePosixPath, State] = {}
    waiting = [(PurePosixPath(), _listed(inbox))]
    while waiting:
        folder, (entries, names) = waiting.pop()
        for entry in entries:
            rel = folder / entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((rel, _listed(entry.path)))
                elif is_submission(entry.name) and not entry.is_file(follow_symlinks=False):
                    odd(rel)
                elif is_submission(entry.name):
                    found[rel] = _found(entry, names)
            except OSError:  # it was moved or cannot be entered: the next look will tell
                continue
    return found


def observed(
    before: Mapping[Name, Seen], found: Mapping[Name, State], now: float
) -> dict[Name, Seen]:
    """What was seen until `now`: a file that is as it was keeps its time."""
    return {
        name: Seen(state, before[name].since if _is_same(before.get(name), state) else now)
        for name, state in found.items()
    }


def _is_same(before: Seen | None, state: State) -> bool:
    return before is not None and before.state == state


def state_of(path: Path) -> State:
    """A file's state. Raises OSError; FileNotFoundError too for a link or what is no file."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    return State(found.st_size, found.st_mtime_ns, pending=found.st_size == 0)


def _listed(folder: str | Path) -> tuple[list[os.DirEntry[str]], frozenset[str]]:
    """What a folder holds that is not hidden, and the names of all."""
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    names = frozenset(entry.name for entry in listed)
    return [entry for entry in listed if not entry.name.startswith(".")], names


def _found(entry: os.DirEntry[str], beside: frozenset[str]) -> State:
    state = state_of(Path(entry.path))
    is_open = not beside.isdisjoint((f"~${entry.name}", f".~{entry.name}"))  # Office, WPS
    return replace(state, pending=state.pending or is_open)
