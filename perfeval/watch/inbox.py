"""What lies in the drop folder, and since when each file has been still.

Time is the watcher's own monotonic clock: neither a wall clock that jumps nor a file's date
matters, only that size and date have not changed while we looked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
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
    found = {}
    for entry in _listed(inbox):
        for rel, state in _below(entry, PurePosixPath()):
            if state is None:
                odd(rel)
            else:
                found[rel] = state
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


_Entry = tuple[os.DirEntry[str], frozenset[str]]  # with the names that lie beside it


def _listed(folder: str | Path) -> list[_Entry]:
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    names = frozenset(entry.name for entry in listed)
    return [(entry, names) for entry in listed if not entry.name.startswith(".")]


def _below(found: _Entry, folder: PurePosixPath) -> Iterator[tuple[PurePosixPath, State | None]]:
    """With None for what is no file."""
    entry, beside = found
    rel = folder / entry.name
    try:
        if entry.is_dir(follow_symlinks=False):
            for inner in _listed(entry.path):
                yield from _below(inner, rel)
        elif is_submission(entry.name) and not entry.is_file(follow_symlinks=False):
            yield rel, None
        elif is_submission(entry.name):
            state = state_of(Path(entry.path))
            is_open = not beside.isdisjoint((f"~${entry.name}", f".~{entry.name}"))  # Office, WPS
            yield rel, replace(state, pending=state.pending or is_open)
    except OSError:  # it was moved or cannot be entered: the next look will tell
        return
