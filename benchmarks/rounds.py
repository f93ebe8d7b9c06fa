"""Interleaved rounds: every contender once a round, in turn, so that a noisy machine is fair."""

from __future__ import annotations

import gc
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over the rounds, in seconds: as a clock sees it, and of the processor."""

    wall: float
    cpu: float


def in_process(contenders: Mapping[str, Work], rounds: int) -> dict[str, Cost]:
    """The cost of each call within this process, after one call that is not counted."""
    for work in contenders.values():
        work()
    return _measured(contenders, rounds, time.process_time)


def whole_processes(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """The cost of each command as a process of its own, after one run that is not counted.

    Raises CalledProcessError for an exit code above 1: findings are no failure.
    """

    def run(command: Sequence[str]) -> None:
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if done.returncode > 1:
            raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr)

    works = {name: lambda command=command: run(command) for name, command in commands.items()}
    for work in works.values():
        work()
    return _measured(works, rounds, _time_of_children)


def table(costs: Mapping[str, Cost], peer: str, per: int = 1) -> str:
    """A Markdown table: each in milliseconds (divided by `per`), and over the `peer`."""
    lines = ["| what | wall ms | processor ms | of the peer |", "|---|--:|--:|--:|"]
    for name, cost in costs.items():
        wall, cpu = (1000 * seconds / per for seconds in (cost.wall, cost.cpu))
        ratio = cost.cpu / costs[peer].cpu
        lines.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {ratio:.3f} |")
    return "\n".join(lines)


def machine() -> str:
    """Processor, number of cores, system, Python, and how busy the machine is."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}, load {load:.1f}"
    )


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def perfeval(*arguments: str) -> list[str]:
    return module("perfeval", *arguments)


def _measured(
    works: Mapping[str, Work], rounds: int, processor: Callable[[], float]
) -> dict[str, Cost]:
    walls: dict[str, list[float]] = {name: [] for name in works}
    cpus: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            wall, cpu = time.perf_counter(), processor()
            work()
            walls[name].append(time.perf_counter() - wall)
            cpus[name].append(processor() - cpu)
    return {name: Cost(median(walls[name]), median(cpus[name])) for name in works}


def _time_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
