"""What is put is whole at once, and durable before anybody says that it is done."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from perfeval.batch import check_all, run, write_all
from perfeval.config import Config
from perfeval.kept import NAME
from perfeval.ledger.opening import NAME as LEDGER
from perfeval.outbox import put, write_whole
from perfeval.sources import find
from tests.test_cli import CLEAN, SEED

pytestmark = pytest.mark.skipif(not hasattr(os, "sync"), reason="it syncs each file as it is put")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SEED, folder / "a.xlsx")
    shutil.copy(CLEAN, folder / "b.xlsx")
    return folder


@pytest.mark.parametrize("write", [put, write_whole])
def test_a_file_that_cannot_be_put_leaves_nothing(tmp_path: Path, write: object) -> None:
    """Folders are made; where the place is taken by a folder, no part of the file is left."""
    (tmp_path / "x" / "y" / "z").mkdir(parents=True)
    with pytest.raises(OSError):
        write(tmp_path / "x" / "y", b"1")  # type: ignore[operator]
    write(tmp_path / "new" / "one", b"1")  # type: ignore[operator]
    write(tmp_path / "new" / "one", b"2")  # type: ignore[operator]
    assert (tmp_path / "new" / "one").read_bytes() == b"2"
    assert not list(tmp_path.rglob(".*"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_is_durable_before_it_says_so(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """When the disk is asked, every output is there; ledger and store do not say yet that the run
    is over. The letters come last, and the disk is asked once more.
    """
    out, seen = tmp_path / "out", []

    def asked() -> None:
        with closing(sqlite3.connect(out / LEDGER)) as ledger:
            ((state,),) = ledger.execute("select state from runs").fetchall()
        names = {path.name for path in out.iterdir() if not path.name.startswith(LEDGER)}
        seen.append((state, NAME in names, {name for name in names if name[0] != "."}))

    monkeypatch.setattr(os, "sync", asked)
    run(find([inbox], outside=out), out, Config(jobs=jobs))
    pictures = {"results.json", "index.html", "summary.xlsx"}
    endings = ("_审核意见.xlsx", "_更正稿.xlsx", "_差异报告.html")
    outputs = {f"{stem}{ending}" for stem in "ab" for ending in endings}
    (early, late) = seen
    assert early == ("running", False, outputs | pictures)
    assert late[:2] == ("done", True)
    assert late[2] > early[2]
    assert all(name.endswith("_退件函.docx") for name in late[2] - early[2])


def test_what_a_watcher_writes_is_durable_file_by_file(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each output was synced by itself when its file is told to be written."""
    out, synced = tmp_path / "out", set()
    real = os.fsync

    def asked(file: int) -> None:
        real(file)
        synced.add(os.fstat(file).st_ino)

    monkeypatch.setattr(os, "fsync", asked)
    outcomes = check_all(find([inbox]), Config(), lambda _: None)
    for file in write_all(outcomes, out, Config(), lambda _: None):
        assert {(out / name).stat().st_ino for name in file.outputs.values()} <= synced
        assert len(file.outputs) == 3
