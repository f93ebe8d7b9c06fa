"""Many files, whole processes: two processes against one, and memory as the batch grows."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.rounds import perfeval


def processes(folder: Path, rounds: int) -> str:
    """A Markdown table: wall time of one process and of two over the same folder, in turn."""
    walls: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for jobs, taken in walls.items():
            begun = time.perf_counter()
            _check(folder, jobs)
            taken.append(time.perf_counter() - begun)
    one, two = median(walls[1]), median(walls[2])
    lines = ["| processes | wall s | faster |", "|--:|--:|--:|", f"| 1 | {one:.1f} | 1 |"]
    return "\n".join([*lines, f"| 2 | {two:.1f} | {one / two:.2f} |"])


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
