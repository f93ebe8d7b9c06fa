"""Whatever happens between reading and writing, no source is harmed and no output is half there."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE

import openpyxl
import pytest

from perfeval.batch import check_all, write_all
from perfeval.config import Config
from perfeval.errors import SourceChangedError
from perfeval.ledger.opening import NAME as LEDGER
from perfeval.pipeline import Destination, outputs
from perfeval.sources import find
from tests.test_cli import CLEAN, SEED

KILLS = int(os.environ.get("PERFEVAL_KILLS", "20"))
# A process that has everything imported, and forks a run for every line that it reads.
RUNS = """
import os, sys
import perfeval.batch, perfeval.returning, perfeval.report.index, perfeval.report.summary
from perfeval.cli.main import main
while sys.stdin.readline():
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        main(sys.argv[1:])
    print(pid, flush=True)
    sys.stdin.readline()
    print(os.waitpid(pid, 0)[1] & 127, flush=True)
"""


def checked(folder: Path) -> tuple[Path, list]:  # type: ignore[type-arg]  # of pipeline.Outcome
    source = folder / "in" / "a.xlsx"
    source.parent.mkdir()
    source.write_bytes(SEED.read_bytes())
    return source, check_all(find([source]), Config(), lambda _: None)


def test_a_source_that_was_changed_is_refused(tmp_path: Path) -> None:
    """Between reading and writing: nothing is written, and the result says why."""
    source, outcomes = checked(tmp_path)
    source.write_bytes(CLEAN.read_bytes())
    (file,) = write_all(outcomes, tmp_path / "out", Config(), lambda _: None)
    assert file.status == "unreadable"
    assert "改动" in (file.reason or "")
    assert file.outputs == {}
    assert not (tmp_path / "out").exists()
    assert source.read_bytes() == CLEAN.read_bytes()
    with pytest.raises(SourceChangedError):
        outputs(outcomes[0], Destination(tmp_path, Path(), "a"), Config())  # type: ignore[arg-type]  # posix


def test_a_source_that_is_gone_is_told(tmp_path: Path) -> None:
    """It was there when it was read."""
    source, outcomes = checked(tmp_path)
    source.unlink()
    (file,) = write_all(outcomes, tmp_path / "out", Config(), lambda _: None)
    assert file.status == "unreadable" and file.reason


@pytest.mark.skipif(not hasattr(os, "fork"), reason="starting anew for each kill takes too long")
def test_a_kill_leaves_no_half_file(tmp_path: Path) -> None:
    """Killed at any moment of its writing, a run leaves whole files only, the sources as they were.

    What it was writing when it died is hidden and called .part, so that nothing takes it for an
    output or for a submission; the next run does the whole job all the same.
    """
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for n in range(2):
        (inbox / f"{n}.xlsx").write_bytes(CLEAN.read_bytes())
    before = digests(inbox)
    chance = random.Random(5)
    command = [sys.executable, "-c", RUNS, "run", str(inbox), "--out", str(out), "-q"]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True) as runs:
        cut = sum(killed(runs, out, chance.random() * 0.4) for _ in range(KILLS))
        assert cut > KILLS // 2, "the runs were over before they could be killed"
        assert digests(inbox) == before
        whole(out)
        killed(runs, out, None)
    entries = json.loads((out / "results.json").read_text(encoding="utf-8"))["files"]
    assert len(entries) == 2
    assert all((out / name).exists() for entry in entries for name in entry["outputs"].values())


def killed(runs: subprocess.Popen[str], out: Path, after: float | None) -> bool:
    """Start a run and kill it `after` seconds from its first write; whether that cut it short."""
    assert runs.stdin is not None and runs.stdout is not None
    written = stamps(out)
    runs.stdin.write("\n")
    runs.stdin.flush()
    pid = int(runs.stdout.readline())
    if after is not None:
        until = time.monotonic() + 60
        while stamps(out) == written and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)  # a run that is over waits to be asked how it ended
    os.write(runs.stdin.fileno(), b"\n")
    cut = runs.stdout.readline().strip() == str(signal.SIGKILL.value)
    now = stamps(out)
    whole(*(path for path in now if now[path] != written.get(path)))
    return cut


def stamps(out: Path) -> dict[Path, int]:
    """When each file was written; those of a run that vanish while one looks are left out."""
    found = {}
    for path in out.rglob("*"):
        with suppress(FileNotFoundError):
            found[path] = path.stat().st_mtime_ns
    return found


def whole(*paths: Path) -> None:
    """Every file that does not say of itself that it is none is there to its end."""
    for path in paths:
        if path.name.startswith(".") and (path.suffix == ".part" or ".perfeval-kept" in path.name):
            continue
        if path.is_dir():
            whole(*path.iterdir())
        elif path.name.startswith(f"{LEDGER}-"):
            continue  # SQLite's own, from which it restores the ledger
        elif path.name == LEDGER:
            with closing(sqlite3.connect(path)) as ledger:
                assert ledger.execute("pragma integrity_check").fetchall() == [("ok",)]
        elif path.suffix == ".xlsx":
            openpyxl.load_workbook(path)
        elif path.suffix == ".docx":
            with zipfile.ZipFile(path) as letter:
                assert letter.testzip() is None, path
        elif path.suffix == ".html":
            assert path.read_bytes().rstrip().endswith(b"</html>"), path
        else:
            json.loads(path.read_bytes())


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no terminal sends the signal to a group here")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_run_with_what_is_done(tmp_path: Path, jobs: str) -> None:
    """The three overviews hold the files that are done and say that there are more; the exit code
    is 130, there is no traceback and no process left; a rerun goes on and gives what one run gives.
    """
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for n in range(240):
        (inbox / f"{n:03}.xlsx").write_bytes((CLEAN if n % 2 else SEED).read_bytes())
    command = [
        sys.executable, "-m", "perfeval", "run", str(inbox), "--out", str(out), "--jobs", jobs,
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdout=DEVNULL, stderr=PIPE, text=True, start_new_session=True
    ) as process:
        until = time.monotonic() + 120
        # at most four eighths are under way: one has been counted when the fifth begins
        while not list(out.glob("12*.html")) and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=120)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    document = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert document["state"] == "interrupted"
    assert 0 < len(document["files"]) < 240
    assert all((out / name).exists() for e in document["files"] for name in e["outputs"].values())
    assert "共 240 个" in (out / "index.html").read_text(encoding="utf-8")
    note = openpyxl.load_workbook(out / "summary.xlsx")["审核汇总表"]["A2"].value
    assert "中断" in str(note)
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "检查 240 个" in run.stdout
    assert "state" not in json.loads((out / "results.json").read_text(encoding="utf-8"))
