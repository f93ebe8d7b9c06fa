"""Readers of cells, beside perfeval, which also says what each cell is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import python_calamine

from benchmarks.rounds import Cost, in_process
from perfeval.config import Config
from perfeval.pipeline import read_chunk
from perfeval.sources import find

PEER = "openpyxl: load_workbook"


def peers(files: Sequence[Path], rounds: int) -> dict[str, Cost]:
    """Every sheet of every file, cells only; perfeval: the tables of the form."""
    sources = find(files)
    contenders = {
        PEER: lambda: [openpyxl.load_workbook(path) for path in files],
        "pandas.read_excel, openpyxl": lambda: _frames(files, "openpyxl"),
        "pandas.read_excel, calamine": lambda: _frames(files, "calamine"),
        "python-calamine": lambda: [_cells(path) for path in files],
        "perfeval: bytes → tables": lambda: read_chunk(sources, Config()),
    }
    return in_process(contenders, rounds)


def _frames(files: Sequence[Path], engine: str) -> list[object]:
    return [
        pd.read_excel(path, sheet_name=None, header=None, engine=engine)  # type: ignore[call-overload]
        for path in files
    ]


def _cells(path: Path) -> list[object]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
