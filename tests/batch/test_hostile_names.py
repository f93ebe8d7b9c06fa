"""Names and contents meant to do harm: nothing leaves --out or runs, every file is told of."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from perfeval.batch import check, run
from perfeval.config import Config
from perfeval.report.csv_out import csv_lines
from perfeval.sources import find
from tests.test_cli import CLEAN, SEED

LONG = "长" * 80
NAMES = [
    "../../自评.xlsx",
    "/etc/自评.xlsx",
    "c:\\windows\\自评.xlsx",
    "a.xlsx",
    "A.xlsx",
    "引'号\".xlsx",
    "换\n行.xlsx",
    f"{LONG}.xlsx",
    f"{'字' * 200}.xlsx",
    "<script>alert(1)</script>.xlsx",
    "=cmd|'C calc'!A0.xlsx",
]


def done(source: Path, out: Path, **settings: object) -> list[dict[str, object]]:
    """The entries of results.json of a run."""
    run(find([source], outside=out), out, Config(letters=False).with_options(**settings))
    entries = json.loads((out / "results.json").read_text(encoding="utf-8"))["files"]
    assert isinstance(entries, list)
    return entries


def below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_no_name_in_an_archive_leads_out(tmp_path: Path) -> None:
    """`../`, absolute, odd, equal and long names: an output each, all of them below --out."""
    inbox, out = tmp_path / "in.zip", tmp_path / "deep" / "er" / "out"
    content = CLEAN.read_bytes()
    with zipfile.ZipFile(inbox, "w") as packed, pytest.warns(UserWarning, match="Duplicate"):
        for name in [*NAMES, "a.xlsx"]:
            packed.writestr(name, content)
    entries = done(inbox, out)
    assert len(entries) == len(NAMES) + 1
    outputs = [name for entry in entries for name in entry["outputs"].values()]  # type: ignore[attr-defined]
    assert len({name.casefold() for name in outputs}) == 3 * len(entries)
    assert all((out / name).resolve().is_relative_to(out) for name in outputs)
    assert all((out / name).is_file() for name in outputs)
    assert below(tmp_path) == {inbox} | below(out)


def test_archives_in_archives_and_bombs_are_named(tmp_path: Path) -> None:
    """They are not unpacked: each is one unreadable file, and the good one beside them is done."""
    inbox, inner = tmp_path / "in.zip", io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("自评.xlsx", CLEAN.read_bytes())
    with zipfile.ZipFile(inbox, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("nested.zip", inner.getvalue())
        packed.writestr("bomb.xls", bytes(40 << 20))
        packed.writestr("good.xlsx", CLEAN.read_bytes())
    found = {entry["path"].rpartition("!")[2]: entry for entry in done(inbox, tmp_path / "out")}  # type: ignore[attr-defined]
    assert {name: entry["status"] for name, entry in found.items()} == {
        "bomb.xls": "unreadable", "good.xlsx": "clean", "nested.zip": "unreadable",
    }  # fmt: skip
    assert "压缩" in str(found["bomb.xls"]["reason"]) + str(found["nested.zip"]["reason"])


def test_an_archive_without_a_submission_is_told_of(tmp_path: Path) -> None:
    """It is not passed over: the sender believes to have submitted."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        packed.writestr("readme.md", b"x")
    (entry,) = done(tmp_path / "in.zip", tmp_path / "out")
    assert entry["status"] == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe, a link to nothing and a link that leaves the folder are named, none is read."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    os.mkfifo(inbox / "pipe.xlsx")
    os.mkfifo(inbox / "pipe.zip")
    (inbox / "gone.xlsx").symlink_to(inbox / "nothing.xlsx")
    (tmp_path / "secret.xlsx").write_bytes(SEED.read_bytes())
    (inbox / "link.xlsx").symlink_to(tmp_path / "secret.xlsx")
    entries = done(inbox, tmp_path / "out")
    assert [entry["status"] for entry in entries] == ["unreadable"] * 4
    assert not any(entry["forms"] for entry in entries)


HOSTILE = ["</script><script>alert(1)</script>", "=cmd|'/C calc'!A0", "+1-2", "@SUM(A1)"]


def hostile(name: str) -> bytes:
    """A form whose project and unit are called so."""
    book, content = openpyxl.load_workbook(SEED), io.BytesIO()
    for place in ("B3", "F4"):
        cell = book.active[place]  # type: ignore[index]
        cell.value, cell.data_type = name, "s"
    book.save(content)
    return content.getvalue()


def harmless(out: Path) -> None:
    """No script of theirs is in a page, and no formula in the summary."""
    assert (out / "index.html").read_text(encoding="utf-8").count("<script") == 2
    for page in out.rglob("*_差异报告.html"):
        assert "<script>alert" not in page.read_text(encoding="utf-8")
    summary = openpyxl.load_workbook(out / "summary.xlsx")
    cells = [cell for sheet in summary for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_no_project_is_a_script_or_a_formula(tmp_path: Path) -> None:
    """In pages, the summary, the CSV and letters a hostile name is a text, and nothing else."""
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for number, name in enumerate(HOSTILE):
        (inbox / f"{number}.xlsx").write_bytes(hostile(name))
    entries = done(inbox, out, letters=True)
    found = [form["project"] for entry in entries for form in entry["forms"]]  # type: ignore[attr-defined]
    assert found == ["alert(1)", *HOSTILE[1:]]  # markup is taken off as it is read
    harmless(out)
    files = [outcome.result for outcome in check(find([inbox]), Config(), lambda _: None)]
    lines = csv.reader(io.StringIO(b"".join(csv_lines(files, lang="zh")).decode("utf-8-sig")))
    assert not [value for line in lines for value in line if value.startswith(("=", "+", "-", "@"))]
    letters = sorted(out.rglob("*.docx"))
    assert len(letters) == len(HOSTILE), "one for each unit, all in the folder of results"
    for letter in letters:
        with zipfile.ZipFile(letter) as package:
            assert b"<script" not in package.read("word/document.xml")
