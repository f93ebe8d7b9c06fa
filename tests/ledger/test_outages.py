"""A ledger that goes away under a run: outputs are whole, one line says so, a rerun heals it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from perfeval.batch import Run, run
from perfeval.config import Config
from perfeval.errors import LedgerError
from perfeval.ledger import open_ledger, opening
from perfeval.sources import find
from tests import form_text
from tests.cli.calling import Called, Caller
from tests.ledger.handed import WRONG, begun, file, table
from tests.postgres import Server, running

FILES = 3
LATER = "台账恢复后请重新运行"


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that no other test needs to find alive."""
    with running() as made:
        yield made


@pytest.fixture(params=["stopped", "killed"])
def end(request: pytest.FixtureRequest, own: Server) -> Iterator[Callable[[], None]]:
    """A way in which the server ends; it runs again after the test."""
    yield own.kill if request.param == "killed" else own.stop
    if not own.runs:
        own.start()


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Three forms of three projects."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(FILES):
        form = form_text.text_of({"项目名称|": f"项目名称|{number}号路"})
        (folder / f"{number}.txt").write_text(form, encoding="utf-8")
    return folder


def whole(out: Path) -> None:
    """Every output that results.json names stands."""
    entries = json.loads((out / "results.json").read_text(encoding="utf-8"))["files"]
    assert len(entries) == FILES
    assert all(entry["outputs"] for entry in entries)
    assert all((out / name).is_file() for entry in entries for name in entry["outputs"].values())
    assert (out / "index.html").is_file() and (out / "summary.xlsx").is_file()


def ran(inbox: Path, out: Path, where: str, at_file: Callable[[], None] = lambda: None) -> Run:
    """A run in which something happens whenever a file is done."""
    config = Config(select=("S101",), ledger=where, letters=False)
    return run(find([inbox]), out, config, each=lambda _: at_file())


def once(where: str, *states: str) -> None:
    """The ledger has each submission once, in its first round, and runs that ended so."""
    with open_ledger(where) as ledger:
        assert table(ledger, "rounds", "submission", "round") == [(n + 1, 1) for n in range(FILES)]
        assert table(ledger, "runs", "state") == [(state,) for state in states]


def refused(done: Called, out: Path) -> None:
    """In one line that says what to do, with nothing written."""
    assert done.code == 3
    assert done.err.count("\n") == 1 and LATER in done.err
    assert "secret" not in done.err
    assert not (out / "results.json").exists()


@pytest.mark.postgresql
def test_a_server_that_is_down_before_a_run(
    own: Server, end: Callable[[], None], call: Caller, inbox: Path, tmp_path: Path
) -> None:
    """Rounds could not be told, so nothing is judged; when it is back, all is done."""
    where, out = own.database(), tmp_path / "out"
    end()
    refused(call("run", inbox, "--out", out, "--ledger", where, "-q"), out)
    own.start()
    assert not ran(inbox, out, where).lost
    once(where, "done")


@pytest.mark.postgresql
def test_a_server_that_ends_in_mid_run(
    own: Server, end: Callable[[], None], inbox: Path, tmp_path: Path
) -> None:
    """The outputs are whole, the run says what to do, and the rerun records each file once."""
    where, out = own.database(), tmp_path / "out"
    done = ran(inbox, out, where, lambda: end() if own.runs else None)
    assert LATER in done.lost and "\n" not in done.lost and "secret" not in done.lost
    whole(out)
    own.start()
    again = ran(inbox, out, where)
    assert not again.lost and again.checked_before == FILES
    once(where, "interrupted", "done")


@pytest.mark.postgresql
def test_a_server_that_ends_while_it_records(own: Server, end: Callable[[], None]) -> None:
    """In the midst of a transaction: none of it is there, and recorded again it is there once."""
    import psycopg

    where, files = own.database(), [file(f"in/{n}.xlsx", WRONG) for n in range(2)]
    with open_ledger(where) as ledger:
        number = begun(ledger)
        ledger.record(number, files[:1], [None])
        with closing(psycopg.connect(where)) as blocking:
            blocking.execute("LOCK TABLE findings IN SHARE MODE")

            def end_in_the_midst() -> None:
                waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
                while blocking.execute(waits).fetchone() == (0,):
                    time.sleep(0.01)
                end()

            ending = threading.Thread(target=end_in_the_midst)
            ending.start()
            with pytest.raises(LedgerError, match="台账读写失败"):
                ledger.record(number, files, [None, None])
            ending.join()
        own.start()
        assert table(ledger, "rounds", "file") == [("in/0.xlsx",)]
        ledger.record(number, files, [None, None])
        assert table(ledger, "findings", "submission", "code") == [(1, "S101"), (2, "S101")]


@pytest.mark.postgresql
def test_a_writer_that_hangs_is_not_waited_for_forever(
    own: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that was suspended: beyond the time that we wait it is an error."""
    import psycopg

    monkeypatch.setattr(opening, "_WAIT", 1)
    where = own.database()
    with open_ledger(where) as ledger, psycopg.connect(where) as hanging:
        hanging.execute("SELECT pg_advisory_xact_lock(%s)", (opening._LOCK,))
        with pytest.raises(LedgerError, match="lock timeout"):
            ledger.reach()


def test_a_locked_file(
    call: Caller, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes for longer than we wait, in mid-run and before a run."""
    monkeypatch.setattr(opening, "_WAIT", 1)
    out = tmp_path / "out"
    out.mkdir()
    where = str(out / opening.NAME)
    with closing(sqlite3.connect(where, isolation_level=None)) as other:
        done = ran(inbox, out, where, lambda: lock(other))
        assert LATER in done.lost and "locked" in done.lost
        whole(out)
        other_out = tmp_path / "other"
        refused(call("run", inbox, "--out", other_out, "--ledger", where, "-q"), other_out)
        other.execute("ROLLBACK")
    assert not ran(inbox, out, where).lost
    once(where, "interrupted", "done")


def lock(connection: sqlite3.Connection) -> None:
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE")


def test_a_file_that_is_deleted_in_mid_run(inbox: Path, tmp_path: Path) -> None:
    """The run says so and makes no empty one in its place; the rerun begins a new ledger."""
    out = tmp_path / "out"

    def delete() -> None:
        for path in out.glob(f"{opening.NAME}*"):
            path.unlink()

    done = ran(inbox, out, "", delete)
    assert LATER in done.lost and "不见了" in done.lost
    assert not (out / opening.NAME).exists()
    whole(out)
    assert not ran(inbox, out, "").lost
    once(str(out), "done")


def test_a_file_that_is_for_reading_only(call: Caller, inbox: Path, tmp_path: Path) -> None:
    """As on a share of last year: it is listed; a run that would write it is refused in a line."""
    share, out = tmp_path / "share", tmp_path / "out"
    share.mkdir()
    mount = ["mount", "-t", "tmpfs", "tmpfs", str(share)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("may not mount")
    try:
        ran(inbox, tmp_path / "first", str(share / opening.NAME))
        subprocess.run(["mount", "-o", "remount,ro", str(share)], check=True)
        listed = call("ledger", "list", "--all", "--ledger", share)
        assert listed.code == 0 and f"共 {FILES} 件" in listed.out
        refused(call("run", inbox, "--out", out, "--ledger", share / opening.NAME, "-q"), out)
    finally:
        subprocess.run(["umount", "-l", str(share)], check=True)
