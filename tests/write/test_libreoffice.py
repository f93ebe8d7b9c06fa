"""LibreOffice opens what we write, and shows the cells of the source."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from perfeval.findings import Plan
from perfeval.write import annotate, correct
from tests.ooxml.books import BOOKS
from tests.write.results import some_result

soffice = shutil.which("soffice")


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice is None, reason="needs soffice on the path")
def test_libreoffice_reads_the_same_cells(tmp_path: Path) -> None:
    """The first sheet reads the same in source, annotated and corrected copy."""
    for name, book in BOOKS.items():
        source = book()
        (tmp_path / f"{name}-0.xlsx").write_bytes(source)
        marked = annotate(source, some_result(), lang="zh")
        (tmp_path / f"{name}-1.xlsx").write_bytes(marked)
        copy = correct(source, some_result(), Plan(), lang="zh")
        (tmp_path / f"{name}-2.xlsx").write_bytes(copy)
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [
            str(soffice), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to", form, "--outdir", str(tmp_path / "out"),
            *sorted(str(path) for path in tmp_path.glob("*.xlsx")),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for name in BOOKS:
        rows = [read(tmp_path / "out", f"{name}-{n}") for n in range(3)]
        assert rows[0], name
        assert rows[1] == rows[0], name
        assert rows[2] == rows[0], name


def read(folder: Path, stem: str) -> list[list[str]]:
    """The rows of a converted sheet, blank ends left out."""
    (path,) = folder.glob(f"{stem}*.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [list(row) for row in csv.reader(lines)]
    trimmed = [row[: max((n + 1 for n, text in enumerate(row) if text), default=0)] for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed
