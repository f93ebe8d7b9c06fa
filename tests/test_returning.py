"""What goes back for files that are no plain .xlsx: a conversion, a rebuilt book, a locked one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from perfeval import convert
from perfeval.copies import REMARKS, Copy
from perfeval.ooxml.package import Package
from perfeval.read import read_bytes
from perfeval.read.locks import locked, unlocked
from tests.test_cli import CLEAN, SEED, call

soffice = convert.converter()


def saved_as(ending: str, folder: Path) -> Path:
    """The seed as LibreOffice saves it in an older or another format."""
    subprocess.run(
        [str(soffice), "--headless", f"-env:UserInstallation={(folder / 'me').as_uri()}",
         "--convert-to", ending, "--outdir", str(folder / "in"), str(SEED)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "in" / f"{SEED.stem}.{ending.partition(':')[0]}"


def outputs(out: Path) -> dict[str, str]:
    """The file's entry in results.json."""
    entry: dict[str, str] = json.loads((out / "results.json").read_text(encoding="utf-8"))["files"][
        0
    ]
    return entry


@pytest.mark.parametrize("ending", ["xls", "ods", "fods"])
@pytest.mark.libreoffice
@pytest.mark.skipif(soffice is None, reason="needs soffice on the path")
def test_other_formats_go_back_converted(ending: str, tmp_path: Path) -> None:
    """Annotated and corrected as .xlsx; sheet and report say that it is a conversion."""
    source = saved_as(ending, tmp_path)
    _, said = call("run", source, "--out", tmp_path / "out")
    entry = outputs(tmp_path / "out")
    assert entry["copy"] == "converted"
    remark = REMARKS[Copy.CONVERTED].zh
    annotated = openpyxl.load_workbook(tmp_path / "out" / entry["outputs"]["annotated"])
    assert remark in [row[0] for row in annotated["审核意见"].values]
    assert (tmp_path / "out" / entry["outputs"]["corrected"]).exists()
    report = tmp_path / "out" / entry["outputs"]["variance"]
    assert remark in report.read_text(encoding="utf-8")
    assert "LibreOffice" in said


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice is None, reason="needs soffice on the path")
def test_without_libreoffice_the_contents_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workbooks of ours with the contents, and it is said."""
    source = saved_as("ods", tmp_path)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    _, said = call("run", source, "--out", tmp_path / "out")
    entry = outputs(tmp_path / "out")
    assert entry["copy"] == "rebuilt"
    assert set(entry["outputs"]) == {"annotated", "corrected", "variance"}
    assert "另制的工作簿" in said


def test_a_report_in_markdown_stands_beside_the_page(tmp_path: Path) -> None:
    """Only where it is asked for, by option or setting; it is remade after it was not."""
    out, settings = tmp_path / "out", tmp_path / "perfeval.toml"
    settings.write_text("markdown = true\n", encoding="utf-8")
    asked: list[tuple[str, ...]] = [(), ("--markdown",), (), ("--config", str(settings))]
    for options in asked:
        call("run", SEED, "--out", out, *options)
        named = outputs(out)["outputs"]
        assert ("markdown" in named) is bool(options)
        if options:
            report = out / named["markdown"]
            assert report.name == f"{SEED.stem}_差异报告.md"
            assert "| 92 | 92.996 | +0.996 |" in report.read_text(encoding="utf-8")
            report.unlink()


def test_text_goes_back_rebuilt(tmp_path: Path) -> None:
    """A .csv has nothing to be patched."""
    source = next(SEED.parent.glob("*.csv"))
    call("run", source, "--out", tmp_path)
    assert outputs(tmp_path)["copy"] == "rebuilt"


def test_an_encrypted_workbook_goes_back_encrypted(tmp_path: Path) -> None:
    """With --password-file it is patched, and locked again with the same password."""
    (tmp_path / "in.xlsx").write_bytes(locked(SEED.read_bytes(), "密码1"))
    (tmp_path / "words.txt").write_text("另一个\n密码1\n", encoding="utf-8")
    call("run", tmp_path / "in.xlsx", "--out", tmp_path / "out",
         "--password-file", tmp_path / "words.txt")  # fmt: skip
    entry = outputs(tmp_path / "out")
    assert entry["copy"] == "patched"
    for name in ("annotated", "corrected"):
        data = (tmp_path / "out" / entry["outputs"][name]).read_bytes()
        assert not data.startswith(b"PK")
        opened, password = unlocked(data, ["密码1"])
        assert password == "密码1"
        assert len(openpyxl.load_workbook(BytesIO(opened)).sheetnames) == 2


def test_a_workbook_with_macros_keeps_its_ending(tmp_path: Path) -> None:
    """Excel opens a workbook with macros under no other name than .xlsm."""
    package = Package.open(SEED.read_bytes())
    types = package.read("[Content_Types].xml").replace(
        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        b"vnd.ms-excel.sheet.macroEnabled.main",
    )
    (tmp_path / "a.xlsm").write_bytes(package.with_parts({"[Content_Types].xml": types}))
    call("run", tmp_path / "a.xlsm", "--out", tmp_path / "out")
    assert outputs(tmp_path / "out")["outputs"]["annotated"] == "a_审核意见.xlsm"


def test_macros_keep_their_ending_under_a_password(tmp_path: Path) -> None:
    """An encrypted workbook with macros goes back encrypted, and as .xlsm."""
    types = (
        Package.open(SEED.read_bytes())
        .read("[Content_Types].xml")
        .replace(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"vnd.ms-excel.sheet.macroEnabled.main",
        )
    )
    book = Package.open(SEED.read_bytes()).with_parts({"[Content_Types].xml": types})
    (tmp_path / "a.xlsm").write_bytes(locked(book, "密码1"))
    (tmp_path / "words.txt").write_text("密码1\n", encoding="utf-8")
    call("run", tmp_path / "a.xlsm", "--out", tmp_path / "out",
         "--password-file", tmp_path / "words.txt")  # fmt: skip
    assert outputs(tmp_path / "out")["outputs"]["annotated"] == "a_审核意见.xlsm"


def test_a_conversion_with_another_value_is_refused() -> None:
    """One number, one text or one sheet that differs is enough."""
    source = SEED.read_bytes()
    assert convert.same_values(source, source)
    for change in ("number", "text", "sheet"):
        book = openpyxl.load_workbook(BytesIO(source))
        sheet = book.worksheets[0]
        if change == "sheet":
            sheet.title = "别的"
        cells = [cell for row in sheet for cell in row if cell.value is not None]
        if change == "number":
            next(cell for cell in cells if isinstance(cell.value, int)).value += 1
        if change == "text":
            cells[0].value = "别的"
        out = BytesIO()
        book.save(out)
        assert not convert.same_values(source, out.getvalue()), change


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script for a program")
def test_a_call_that_hangs_is_halved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file on which LibreOffice hangs costs only itself."""
    script = tmp_path / "soffice"
    script.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --outdir ]; do shift; done; out=$2; shift 2; mkdir -p "$out"\n'
        'for f in "$@"; do if grep -q HANG "$f"; then sleep 60; fi\n'
        'n=$(basename "$f" .xls); cp "$f" "$out/$n.xlsx"; done\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(convert, "_START", 1.0)
    monkeypatch.setattr(convert, "_EACH", 0.0)
    good = CLEAN.read_bytes()
    made = convert.to_packages([(good, "xls"), (b"HANG", "xls"), (good, "xls")])
    assert [book is not None for book in made] == [True, False, True]
    assert made[0] is not None
    assert read_bytes(made[0], "a").sheets
    assert shutil.which("soffice") == str(script)
