"""What is measured: reading, writing, starting; perfeval beside openpyxl and limits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import openpyxl

from benchmarks.openpyxl_work import LOADING, NOTING, noted
from benchmarks.rounds import Cost, in_process, perfeval, python, whole_processes
from perfeval.batch import check_all, write_all
from perfeval.config import Config
from perfeval.pipeline import read_chunk
from perfeval.sources import find


def read(files: Sequence[Path], rounds: int) -> dict[str, Cost]:
    """Bytes to tables, in one chunk, in this process."""
    sources = find(files)
    contenders = {
        LOADING: lambda: [openpyxl.load_workbook(path) for path in files],
        "perfeval: bytes → workbook → layout → tables": lambda: read_chunk(sources, Config()),
        "limit: read the bytes": lambda: [path.read_bytes() for path in files],
        "limit: inflate every part": lambda: [_inflated(path) for path in files],
    }
    return in_process(contenders, rounds)


def write(files: Sequence[Path], rounds: int, out: Path) -> dict[str, Cost]:
    """From what was found to the copies and the report on disk, in this process."""
    sources = find(files)
    outcomes = check_all(sources, Config(), _silent)
    (out / "peer").mkdir()

    contenders = {
        NOTING: lambda: [noted(path, out / "peer" / path.name) for path in files],
        "perfeval: annotated, corrected, report": lambda: list(
            write_all(outcomes, out / "write", Config(), _silent)
        ),
        "limit: copy the bytes": lambda: [
            (out / path.name).write_bytes(path.read_bytes()) for path in files
        ],
    }
    return in_process(contenders, rounds)


def start(file: Path, rounds: int) -> dict[str, dict[str, Cost]]:
    """Whole processes, cold: against an empty one, and one file against importing pandas."""
    short = {
        "python -c pass": python("pass"),
        "perfeval --version": perfeval("--version"),
        "perfeval --help": perfeval("--help"),
    }
    one = {
        "python -c 'import pandas'": python("import pandas"),
        "perfeval check one.xlsx": perfeval("check", str(file), "--quiet"),
    }
    return {
        "python -c pass": whole_processes(short, rounds),
        "python -c 'import pandas'": whole_processes(one, rounds),
    }


def _inflated(path: Path) -> None:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            archive.read(name)


def _silent(_: int) -> None:
    """No progress is shown while measuring."""
