"""Whatever goes wrong around a watcher: nothing is lost, nothing done twice, nothing half there."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from benchmarks.kills import Desk, Forks, finished, forks, killed, many_kills, whole
from tests.test_cli import CLEAN

KILLS = int(os.environ.get("PERFEVAL_KILLS", "20"))
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="starting anew for each fault takes too long"
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with forks(tmp_path_factory.mktemp("log") / "log") as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "in").mkdir()
    return Desk(tmp_path / "in", tmp_path / "out", CLEAN.read_bytes())


@pytest.fixture(autouse=True)
def no_watcher_is_left(runs: Forks) -> Iterator[None]:
    yield
    runs.end()


def wait(until: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 60
    while not until():
        assert time.monotonic() < end, f"waited for {what} in vain"
        time.sleep(0.01)


def stop(runs: Forks, pid: int) -> None:
    os.kill(pid, signal.SIGTERM)
    assert runs.ended() == 0


def claims(desk: Desk) -> list[Path]:
    return list(desk.inbox.glob(".perfeval/*/*/original.*"))


def waiting(desk: Desk) -> list[str]:
    """Files in the inbox, claimed or not."""
    return [f for _, _, files in os.walk(desk.inbox) for f in files if f.endswith(".xlsx")]


def test_kills_at_random_moments(desk: Desk, runs: Forks) -> None:
    """kill -9 while files, further rounds and broken ones come in; each is answered once."""
    assert many_kills(desk, runs, KILLS, seed=6) == KILLS


def test_kills_before_every_step(desk: Desk, runs: Forks) -> None:
    """kill -9 before the n-th thing that a watcher writes, makes, moves or removes."""
    cut, step = True, 0
    while cut:
        step += 7
        if not desk.waits("甲.xlsx"):
            desk.drop("甲.xlsx", broken=step % 3 == 0)
        desk.drop(f"{step}.zip", broken=True)
        cut = killed(desk, runs, Random(step), steps=step)
    assert step > 50
    finished(desk, runs)


def test_two_watchers_take_no_file_twice(desk: Desk, runs: Forks, tmp_path: Path) -> None:
    """40 files, two processes, one inbox: every file is answered by one of them."""
    for n in range(40):
        desk.drop(f"{n % 4}处/{n}.xlsx")
    with forks(tmp_path / "log") as others:
        runs.start(*desk.watch, "--once")
        others.start(*desk.watch, "--once")
        assert (runs.ended(), others.ended()) == (0, 0)
    finished(desk, runs)


def test_a_share_that_vanishes_is_waited_for(desk: Desk, runs: Forks, tmp_path: Path) -> None:
    """In the midst of work too; when it is back, everything goes on."""
    away = desk.inbox.with_name("away")
    desk.inbox.rename(away)
    pid = runs.start(*desk.watch, "--log-format", "json")
    time.sleep(0.5)
    away.rename(desk.inbox)
    for n in range(12):
        desk.drop(f"{n}.xlsx")
    wait(lambda: claims(desk), "a claim")
    desk.inbox.rename(away)
    time.sleep(1)
    away.rename(desk.inbox)
    wait(lambda: not waiting(desk), "the rest of the files")
    stop(runs, pid)
    finished(desk, runs)


def test_a_file_that_changes_while_it_is_read(desk: Desk, runs: Forks) -> None:
    """A writer that has it open goes on after it was claimed: its last state is answered, once."""
    desk.drop("甲.xlsx")
    (final,) = desk.dropped.pop("甲.xlsx")
    with (desk.inbox / "甲.xlsx").open("r+b") as writer:
        content = writer.read()
        pid = runs.start(*desk.watch)
        wait(lambda: claims(desk), "the claim")
        for size in range(1000, len(content), 2000):
            writer.seek(0)
            writer.truncate()
            writer.write(content[:size])
            writer.flush()
            time.sleep(0.03)
        writer.seek(0)
        writer.write(content)
    desk.dropped["甲.xlsx"] = [final]
    wait(lambda: not claims(desk), "the answer")
    stop(runs, pid)
    finished(desk, runs)


def test_a_share_that_is_mounted_anew(desk: Desk, runs: Forks) -> None:
    """Other inode numbers, and dates in steps of two seconds: what was claimed is still known."""
    for n in range(24):
        desk.drop(f"{n}.xlsx")
    pid = runs.start(*desk.watch)
    wait(lambda: claims(desk), "a claim")
    os.kill(pid, signal.SIGSTOP)
    before = desk.inbox.with_name("before")
    desk.inbox.rename(before)
    shutil.copytree(before, desk.inbox)
    for path in desk.inbox.rglob("original.*"):
        os.utime(path, (int(path.stat().st_mtime) // 2 * 2,) * 2)
    os.kill(pid, signal.SIGCONT)
    wait(lambda: not waiting(desk), "the answers")
    stop(runs, pid)
    finished(desk, runs)


def said(runs: Forks, kind: str) -> Callable[[], bool]:
    """Whether a watcher that logs in JSON has said something of this kind since now."""
    before = runs.log.read_text(encoding="utf-8")

    def has_said() -> bool:
        return f'"event": "{kind}"' in runs.log.read_text(encoding="utf-8")[len(before) :]

    return has_said


def test_a_full_disk_is_waited_for(desk: Desk, runs: Forks) -> None:
    """No file can grow beyond 2,000 bytes: nothing is rejected for it, and nothing is claimed."""
    pid = runs.start(*desk.watch)
    wait((desk.out / "heartbeat.json").exists, "the watcher")
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
    desk.drop("甲.xlsx")
    wait(lambda: b"waiting" in (desk.out / "heartbeat.json").read_bytes(), "its trouble")
    desk.drop("乙.xlsx")
    time.sleep(0.5)
    assert desk.waits("乙.xlsx")
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    wait(lambda: not waiting(desk), "the answers")
    stop(runs, pid)
    finished(desk, runs)


def test_a_ledger_that_goes_away_is_waited_for(desk: Desk, runs: Forks) -> None:
    """Nothing is answered that it would not hold; when it is back, everything goes on."""
    ledger, away = desk.out / "ledger.sqlite", desk.out / "away.sqlite"
    gone, back = said(runs, "out_away"), said(runs, "out_back")
    pid = runs.start(*desk.watch, "--log-format", "json")
    wait(lambda: (desk.out / "heartbeat.json").exists(), "the watcher")
    ledger.rename(away)
    desk.drop("甲.xlsx")
    wait(gone, "its trouble")
    assert claims(desk)
    away.rename(ledger)
    wait(back, "its relief")
    stop(runs, pid)
    finished(desk, runs)


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_small_disk_and_a_read_only_share(desk: Desk, runs: Forks) -> None:
    """A results disk of 1 MB is full until somebody makes room; the inbox may become read-only."""
    with mounted(desk.out, "size=1m"), mounted(desk.inbox, "size=4m"):
        (desk.out / "filler").write_bytes(bytes(970_000))
        desk.drop("甲.xlsx")
        full = said(runs, "out_away")
        pid = runs.start(*desk.watch, "--log-format", "json")
        wait(full, "its trouble")
        subprocess.run(["mount", "-o", "remount,size=32m", str(desk.out)], check=True)
        wait(lambda: not waiting(desk), "the answer")
        read_only = said(runs, "inbox_away")
        subprocess.run(["mount", "-o", "remount,ro", str(desk.inbox)], check=True)
        wait(read_only, "its trouble")
        subprocess.run(["mount", "-o", "remount,rw", str(desk.inbox)], check=True)
        desk.drop("乙.xlsx")
        wait(lambda: not waiting(desk), "the answer")
        stop(runs, pid)
        (desk.out / "filler").unlink()
        finished(desk, runs)


def test_a_disk_that_fills_up_at_every_step(desk: Desk, runs: Forks) -> None:
    """With less and less room for returns, receipt, results: no half file, and each answered once
    there is room.
    """
    with mounted(desk.out, "size=64m"):
        pid = runs.start(*desk.watch, "--log-format", "json")
        wait((desk.out / "heartbeat.json").exists, "the watcher")
        for step, room in enumerate((0, 4, 12, 20, 32, 48, 64, 90, 120, 160, 250)):
            full = said(runs, "out_away")
            filled = filler(desk.out, leaving=room << 10)
            desk.drop(f"{step}.xlsx")
            wait(lambda full=full: full() or not waiting(desk), "its trouble, or the answer")
            whole([path for path in desk.out.rglob("*") if path.is_file() and path != filled])
            filled.unlink()
            wait(lambda: not waiting(desk), "the answer")
        stop(runs, pid)
        finished(desk, runs)


def filler(folder: Path, *, leaving: int) -> Path:
    """A file that takes all the room of a disk but about so many bytes, while others write."""
    path = folder / "filler.bin"
    with path.open("wb") as file:
        for _ in range(100):
            room = os.statvfs(folder)
            with suppress(OSError):  # the room has become less meanwhile
                os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - leaving)
                return path
    raise AssertionError("the disk was never of one size")


def test_an_archive_that_is_full(desk: Desk, runs: Forks, tmp_path: Path) -> None:
    """On a disk of its own: the returns are there, the original stays claimed and is kept later."""
    archive = tmp_path / "archive"
    with mounted(archive, "size=1m"):
        filled = filler(archive, leaving=4096)
        full = said(runs, "out_away")
        options = ("--archive", archive, "--log-format", "json")
        pid = runs.start(*desk.watch, *options)
        for name in ("甲.xlsx", "乙.xlsx"):
            desk.drop(name)
        wait(full, "its trouble")
        time.sleep(0.3)
        assert len(claims(desk)) == 2 or desk.waits("乙.xlsx")
        assert not list(archive.rglob("*.xlsx"))
        filled.unlink()
        wait(lambda: not waiting(desk), "the archive")
        stop(runs, pid)
        assert len(list(archive.rglob("*.xlsx"))) == 2
        shutil.copytree(archive, desk.out, dirs_exist_ok=True)
    finished(desk, runs)


JUMPS = """
import datetime, itertools, sys, time
import perfeval.watch.claims, perfeval.watch.watcher
real, days = datetime.datetime, itertools.cycle((0, 3, -400, 20, -1))
class Jumping(real):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + datetime.timedelta(days=next(days))
perfeval.watch.claims.datetime = perfeval.watch.watcher.datetime = Jumping
wall = time.time
time.time = lambda: wall() + 86400 * next(days)
from perfeval.cli.main import main
main(sys.argv[1:])
"""


def test_a_clock_that_jumps_does_not_matter(desk: Desk, runs: Forks) -> None:
    """The wall clock is another day at every look, files are of 1970 and of 2100."""
    for n, date in enumerate((0, 4102444800)):
        desk.drop(f"{n}.xlsx")
        os.utime(desk.inbox / f"{n}.xlsx", (date, date))
    command = [sys.executable, "-c", JUMPS, *map(str, desk.watch), "--once"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    finished(desk, runs)


def test_sigterm_ends_after_the_files_in_hand(desk: Desk, runs: Forks) -> None:
    """Exit 0; what was not begun waits for the next watcher."""
    for n in range(30):
        desk.drop(f"{n}.xlsx")
    pid = runs.start(*desk.watch)
    wait(lambda: len(claims(desk)) > 10, "the claims")
    os.kill(pid, signal.SIGTERM)
    assert runs.ended() == 0
    assert b"stopped" in (desk.out / "heartbeat.json").read_bytes()
    finished(desk, runs)


def test_a_second_interrupt_ends_at_once(desk: Desk, runs: Forks) -> None:
    """As people press Ctrl-C; even then nothing is lost."""
    for n in range(30):
        desk.drop(f"{n}.xlsx")
    pid = runs.start(*desk.watch)
    wait(lambda: len(claims(desk)) > 10, "the claims")
    os.kill(pid, signal.SIGINT)
    time.sleep(0.05)
    os.kill(pid, signal.SIGINT)
    assert runs.ended() == 130
    finished(desk, runs)
