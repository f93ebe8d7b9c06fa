"""Many files, whole processes: two processes against one, and memory as the batch grows."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.processes import watched
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


def memory(folders: Sequence[tuple[int, Path]], out: Path) -> str:
    """A Markdown table: the largest resident MiB of each kind of process over ever more files."""
    kinds = ("main", "each of the jobs")
    lines = ["| command | processes | files | main | each process |", "|---|--:|--:|--:|--:|"]
    for what in ("check", "run"):
        for jobs in (1, 2):
            for count, folder in folders:
                peaks = _peaks(what, folder, out, jobs)
                shown = " | ".join(f"{peaks.get(kind, 0) / 1024:.0f}" for kind in kinds)
                lines.append(f"| {what} | {jobs} | {count} | {shown} |")
    return "\n".join(lines)


def _peaks(what: str, folder: Path, out: Path, jobs: int) -> Mapping[str, int]:
    """KiB by kind of process. Raises RuntimeError where it failed."""
    shutil.rmtree(out, ignore_errors=True)
    written = ("--out", str(out)) if what == "run" else ()
    command = perfeval(what, str(folder), "--quiet", "--jobs", str(jobs), *written)
    with tempfile.TemporaryFile() as errors:
        done = watched(command, errors, {})
    if done.code > 1:
        raise RuntimeError(f"perfeval {what} ended with {done.code}")
    return done.cost.peaks


def _check(folder: Path, jobs: int) -> None:
    """Run it. Raises RuntimeError where it failed."""
    command = perfeval("check", str(folder), "--quiet", "--format", "json", "--jobs", str(jobs))
    code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    if code > 1:
        raise RuntimeError(f"perfeval check ended with {code}")
