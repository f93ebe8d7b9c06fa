"""What openpyxl is asked to do beside perfeval, in this process or in one of its own.

    python -m benchmarks.openpyxl_work IN [OUT]

Every workbook in the folder IN is loaded, and with OUT also noted there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

LOADING = "openpyxl: load_workbook"
NOTING = "openpyxl: load, one note, one fill, save"


def noted(path: Path, to: Path) -> None:
    """Load a workbook, write a note and a fill, save it elsewhere."""
    book = openpyxl.load_workbook(path)
    cell = book.worksheets[0]["A1"]
    cell.comment = Comment("note", "peer")
    cell.fill = PatternFill("solid", fgColor="FFFFE0")
    book.save(to)


if __name__ == "__main__":
    _, folder, *out = sys.argv
    for file in sorted(Path(folder).iterdir()):
        if out:
            noted(file, Path(out[0], file.name))
        else:
            openpyxl.load_workbook(file)
