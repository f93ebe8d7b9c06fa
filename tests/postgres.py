"""A PostgreSQL server of our own, which a test may stop, kill and start again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

_NAMES = (f"ledger_{number}" for number in count(1))


@dataclass(frozen=True, slots=True)
class Server:
    """Behind a socket in `folder`, as `user` since it refuses to run as root."""

    programs: Path
    folder: Path
    user: str | None

    def start(self) -> None:
        settings = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self.call("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", settings, "start")

    def stop(self) -> None:
        """At once, as when its machine is switched off in a hurry."""
        self.call("pg_ctl", "-w", "-m", "immediate", "stop")

    def kill(self) -> None:
        """kill -9 of every process of it."""
        lock = self._data / "postmaster.pid"
        first = int(lock.read_text().split()[0])
        own = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        every = [first, *map(int, own)]
        for pid in every:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while not all(map(_has_ended, every)):
            time.sleep(0.01)
        lock.unlink()  # where nobody has asked how it ended, it would be taken for alive
        (self.folder / ".s.PGSQL.5432.lock").unlink()

    def database(self) -> str:
        """URL of a new, empty database."""
        import psycopg

        name = next(_NAMES)
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # our own name
        return self._url(name)

    def call(self, program: str, *options: str) -> None:
        done = subprocess.run(
            [self.programs / program, "-D", self._data, *options],
            user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    @property
    def runs(self) -> bool:
        return (self._data / "postmaster.pid").exists()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _url(self, database: str) -> str:
        return f"postgresql://office:secret@/{database}?host={self.folder}"


@contextmanager
def running() -> Iterator[Server]:
    """A server that runs; skips the test where its programs are not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs a PostgreSQL server's programs")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path is short
    server = Server(programs, folder, "nobody" if os.geteuid() == 0 else None)
    if server.user:
        shutil.chown(folder, server.user)
    try:
        server.call("initdb", "-U", "office", "-A", "trust", "-E", "UTF8", "--no-sync")
        server.start()
        try:
            yield server
        finally:
            with suppress(AssertionError):  # a test may have left it stopped
                server.stop()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    named = shutil.which("initdb")
    return Path(named).parent if named else max(found, default=None)


def _has_ended(pid: int) -> bool:
    """Gone, or waiting for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
