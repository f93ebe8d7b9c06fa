"""Many files, whole processes: two processes against one, and memory as the batch grows."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.rounds import perfeval, python

_LOOP = "for n in range(20_000_000): n * n"


def processes(folder: Path, rounds: int) -> str:
    """A Markdown table: wall time of one process and of two over the same folder, in turn.

    Beside it what two processes are worth on this machine: loops that share nothing.
    """
    walls: dict[tuple[str, int], list[float]] = {}
    works: dict[str, Callable[[int], object]] = {
        "check": lambda jobs: _check(folder, jobs),
        "limit: loops of Python": _loops,
    }
    for _ in range(rounds):
        for name, work in works.items():
            for jobs in (1, 2):
                begun = time.perf_counter()
                work(jobs)
                walls.setdefault((name, jobs), []).append(time.perf_counter() - begun)
    lines = ["| what | one process, wall s | two, wall s | faster |", "|---|--:|--:|--:|"]
    for name in works:
        one, two = median(walls[name, 1]), median(walls[name, 2])
        lines.append(f"| {name} | {one:.1f} | {two:.1f} | {one / two:.2f} |")
    return "\n".join(lines)


def _loops(jobs: int) -> None:
    """Two loops, one after the other or at once."""
    for _ in range(2 // jobs):
        running = [subprocess.Popen(python(_LOOP)) for _ in range(jobs)]
        for process in running:
            process.wait()


def memory(folders: Sequence[tuple[int, Path]]) -> str:
    """A Markdown table: the largest resident size of one process over ever more files."""
    lines = ["| files | MiB |", "|--:|--:|"]
    lines += [f"| {count} | {_check(folder, 1) / 1024:.0f} |" for count, folder in folders]
    return "\n".join(lines)


def _check(folder: Path, jobs: int) -> int:
    """Run it; the largest size of the process in KiB. Raises RuntimeError where it failed."""
    command = perfeval("check", str(folder), "--quiet", "--format", "json", "--jobs", str(jobs))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise RuntimeError(f"perfeval check ended with {process.returncode}")
    return used.ru_maxrss
