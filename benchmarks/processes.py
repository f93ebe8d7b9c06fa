"""What a command costs with all processes that it starts, seen in /proc while it runs (Linux)."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_BREATH = 0.1  # seconds between two looks
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of the processor; the largest resident KiB by kind of process."""

    wall: float
    processor: float
    peaks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Watched:
    """How a command ended, and what it cost."""

    code: int
    cost: Cost


def watched(command: Sequence[str], errors: IO[bytes], others: Mapping[str, int]) -> Watched:
    """Run a command to its end. `others` are processes by name that work for it."""
    before = sum(map(_spent, others.values()))
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
    peaks: dict[str, int] = {}
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)  # its maxrss counts what forked it
        if ended:
            break
        looked = {"main": process.pid, **others}
        for name, pid in (*looked.items(), *_below(process.pid), *_all_below(others)):
            peaks[name] = max(peaks.get(name, 0), _largest(pid))
        time.sleep(_BREATH)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    spent = used.ru_utime + used.ru_stime + sum(map(_spent, others.values())) - before
    return Watched(process.returncode, Cost(wall, spent, peaks))


def _all_below(others: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for pid in others.values():
        yield from _below(pid)


def _below(pid: int) -> Iterator[tuple[str, int]]:
    """All descendants of a process, with what they are."""
    with suppress(OSError):
        for task in (_PROC / str(pid) / "task").iterdir():
            for child in map(int, (task / "children").read_text(encoding="ascii").split()):
                yield _kind(child), child
                yield from _below(child)


def _kind(pid: int) -> str:
    """A forked process has the command line of its parent."""
    with suppress(OSError):
        line = (_PROC / str(pid) / "cmdline").read_bytes()
        if b"perfeval.read.worker" in line:
            return "reader"
        if b"soffice" in line or b"oosplash" in line:
            return "LibreOffice"
        if b"resource_tracker" in line:
            return "tracker"
    return "each of the jobs"


def _largest(pid: int) -> int:
    """KiB; 0 where it is gone."""
    with suppress(OSError, IndexError):
        status = (_PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0])
    return 0


def _spent(pid: int) -> float:
    """Seconds of the processor, with children that have ended."""
    with suppress(OSError, ValueError):
        fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS
    return 0.0
