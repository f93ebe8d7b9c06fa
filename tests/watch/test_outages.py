"""A ledger that goes away under a watcher: it says so once, waits, and answers each file once."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from benchmarks.kills import Desk, Forks, finished, forks
from perfeval.config import Config
from perfeval.ledger import opening
from perfeval.watch import Event, Settings, watch
from tests.postgres import Server, running
from tests.test_cli import CLEAN
from tests.watch.test_faults import claims, said, stop, wait, waiting

OUTAGES = int(os.environ.get("PERFEVAL_OUTAGES", "4"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="watchers are forked")


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that no other test needs to find alive."""
    with running() as made:
        yield made


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with forks(tmp_path_factory.mktemp("log") / "log") as made:
        yield made


@pytest.fixture(autouse=True)
def no_watcher_is_left(runs: Forks) -> Iterator[None]:
    yield
    runs.end()


def desk_of(folder: Path, ledger: str = "") -> Desk:
    (folder / "in").mkdir()
    return Desk(folder / "in", folder / "out", CLEAN.read_bytes(), ledger)


@pytest.mark.postgresql
def test_a_server_that_is_not_up_yet(own: Server, runs: Forks, tmp_path: Path) -> None:
    """As after a power cut: one line without the password, then the watcher goes on by itself."""
    desk = desk_of(tmp_path, own.database())
    own.stop()
    desk.drop("甲.xlsx")
    gone, log = said(runs, "out_away"), runs.log.stat().st_size
    pid = runs.start(*desk.watch, "--log-format", "json")
    wait(gone, "its trouble")
    time.sleep(0.5)
    own.start()
    wait(lambda: not waiting(desk), "the answer")
    stop(runs, pid)
    with runs.log.open("rb") as told:
        told.seek(log)
        lines = told.read().decode()
    assert lines.count("out_away") == lines.count("out_back") == 1
    assert "打不开台账" in lines and "secret" not in lines
    finished(desk, runs)


@pytest.mark.postgresql
def test_a_server_that_ends_at_random_moments(own: Server, runs: Forks, tmp_path: Path) -> None:
    """Stopped or killed while files and further rounds come in; none is lost or entered twice."""
    desk, random = desk_of(tmp_path, own.database()), Random(7)
    pid = runs.start(*desk.watch, "--log-format", "json")
    for outage in range(OUTAGES):
        gone = said(runs, "out_away")
        for number in range(8):
            desk.drop(f"{number % 3}处/{number}.xlsx", broken=number == outage)
        wait(lambda: claims(desk), "a claim")
        time.sleep(random.random() * 0.5)
        own.kill() if outage % 2 else own.stop()
        desk.drop(f"{outage}年/迟.xlsx")
        wait(gone, "its trouble")
        own.start()
        wait(lambda: not waiting(desk), "the answers")
    stop(runs, pid)
    finished(desk, runs)


def test_a_ledger_that_is_deleted_is_waited_for(runs: Forks, tmp_path: Path) -> None:
    """It is said and no empty one takes its place; a watcher that starts anew begins a new one."""
    desk = desk_of(tmp_path)
    ledger = desk.out / opening.NAME
    pid = runs.start(*desk.watch, "--log-format", "json")
    wait((desk.out / "heartbeat.json").exists, "the watcher")
    for path in desk.out.glob(f"{opening.NAME}*"):
        path.unlink()
    gone = said(runs, "out_away")
    desk.drop("甲.xlsx")
    wait(gone, "its trouble")
    time.sleep(0.5)
    assert not ledger.exists() and claims(desk)
    assert "不见了" in runs.log.read_text(encoding="utf-8")
    stop(runs, pid)
    finished(desk, runs)


@contextmanager
def watching(desk: Desk) -> Iterator[Callable[[str], int]]:
    """A watcher in this process; yields how often it has told of a kind of event."""
    ended, told = threading.Event(), list[Event]()
    settings = Settings(desk.inbox, desk.out, desk.out, interval=0.05, still=0.05)
    watcher = threading.Thread(
        target=watch,
        args=(settings, Config(select=("S101",)), told.append),
        kwargs={"stopping": ended.is_set},
    )
    watcher.start()
    try:
        yield lambda kind: sum(event.kind == kind for event in told)
    finally:
        ended.set()
        watcher.join()


def test_a_locked_ledger_is_waited_for(
    runs: Forks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes for longer than we wait: one line; nothing else is begun meanwhile."""
    monkeypatch.setattr(opening, "_WAIT", 1)
    desk = desk_of(tmp_path)
    with watching(desk) as count:
        wait((desk.out / "heartbeat.json").exists, "the watcher")
        with closing(sqlite3.connect(desk.out / opening.NAME, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            desk.drop("甲.xlsx")
            wait(lambda: count("out_away"), "its trouble")
            desk.drop("乙.xlsx")
            time.sleep(1.5)
            assert desk.waits("乙.xlsx") and count("returned") == 0
            other.execute("ROLLBACK")
        wait(lambda: count("returned") == 2, "the answers")
        assert (count("out_away"), count("out_back")) == (1, 1)
    finished(desk, runs)


def test_a_file_that_several_submissions_fit_is_told_of(tmp_path: Path) -> None:
    """It follows none of them: that is said, with their numbers."""
    desk = desk_of(tmp_path)
    for folder in ("一", "二"):
        desk.drop(f"{folder}/甲.xlsx")
    with watching(desk) as count:
        wait(lambda: count("returned") == 2, "two submissions of one project")
        desk.drop("三/甲.xlsx")
        wait(lambda: count("returned") == 3, "the third")
        assert count("several") == 1
