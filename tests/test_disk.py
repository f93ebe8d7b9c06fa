"""A full disk, a ledger that goes away: what is written stays whole, and one line says why."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from perfeval.batch import run
from perfeval.config import Config
from perfeval.sources import find
from perfeval.written import Returned
from tests.test_cli import CLEAN, SEED
from tests.test_interrupted import digests, whole

resource = pytest.importorskip("resource", reason="limits of a process are POSIX's")


@pytest.mark.parametrize("kib", [20, 100, 140])
def test_a_full_disk_is_one_line(tmp_path: Path, kib: int) -> None:
    """No file may grow beyond `kib`: ledger, report or overview fails, and one line says so."""
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for number in range(6):
        shutil.copy((CLEAN, SEED)[number % 2], inbox / f"{number}.xlsx")
    before = digests(inbox)

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024))

    command = [sys.executable, "-m", "perfeval", "run", str(inbox), "--out", str(out), "-q"]
    ended = subprocess.run(command, preexec_fn=limited, capture_output=True, text=True)
    assert ended.returncode in (2, 3), ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") <= 1 + len(before)
    assert digests(inbox) == before
    whole(*(path for path in out.rglob("*") if path.is_file() and not path.name.startswith(".")))


def test_a_ledger_that_goes_away_loses_no_output(tmp_path: Path) -> None:
    """Spoilt in mid-run: every output is there, and the run says what the ledger lacks."""
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    shutil.copy(SEED, inbox / "a.xlsx")

    def spoil(_: Returned) -> None:
        for path in out.glob("ledger.sqlite*"):
            path.write_bytes(b"no database" * 1000)

    done = run(find([inbox], outside=out), out, Config(), each=spoil)
    assert done.lost
    names = {"index.html", "summary.xlsx", "results.json", "a_审核意见.xlsx", "a_更正稿.xlsx"}
    assert names <= {path.name for path in out.iterdir()}
