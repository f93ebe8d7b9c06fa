"""Whole processes over many files: what each file costs once everything has been started."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.openpyxl_work import LOADING, NOTING
from benchmarks.rounds import Cost, module, perfeval, whole_processes

_PEER = "benchmarks.openpyxl_work"
Command = Callable[[Path], Sequence[str]]  # for the folder of the submissions


def check(files: Sequence[Path], rounds: int, folder: Path) -> dict[str, Cost]:
    """Read, all rules, results told as JSON."""

    def checking(jobs: int) -> Command:
        return lambda given: perfeval(
            "check", str(given), "--format", "json", "--quiet", "--jobs", str(jobs)
        )

    commands = {
        LOADING: lambda given: module(_PEER, str(given)),
        "perfeval check --jobs 1": checking(1),
        "perfeval check --jobs 2": checking(2),
    }
    return _each(commands, files, rounds, folder)


def run(files: Sequence[Path], rounds: int, folder: Path) -> dict[str, Cost]:
    """The same with copies, reports, letters, overviews and ledger, every time anew."""

    def running(jobs: int) -> Command:
        def command(given: Path) -> Sequence[str]:
            out = folder / f"out of {given.name} {jobs}"
            options = ("--out", str(out), "--fresh", "--quiet", "--jobs", str(jobs))
            return perfeval("run", str(given), *options)

        return command

    (folder / "noted").mkdir()
    commands: dict[str, Command] = {
        NOTING: lambda given: module(_PEER, str(given), str(folder / "noted")),
        "perfeval run --jobs 1": running(1),
        "perfeval run --jobs 2": running(2),
    }
    return _each(commands, files, rounds, folder)


def _each(
    commands: Mapping[str, Command], files: Sequence[Path], rounds: int, folder: Path
) -> dict[str, Cost]:
    """The cost of all `files` less that of one of them, which is that of starting."""
    one = folder / "one"
    one.mkdir()
    shutil.copy2(files[0], one)
    started = {name: command(one) for name, command in commands.items()}
    full = {f"{name}, all": command(files[0].parent) for name, command in commands.items()}
    costs = whole_processes(started | full, rounds)
    left = {}
    for name in commands:
        every, start = costs[f"{name}, all"], costs[name]
        left[name] = Cost(every.wall - start.wall, every.cpu - start.cpu)
    return left
