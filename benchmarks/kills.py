"""kill -9 of a watcher, again and again, at any moment; then every file must be accounted for.

A process that has everything imported forks a watcher for every line that it reads, so that a
kill costs what a watcher does, and not its start.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO

from sqlalchemy import text

from perfeval.ledger import open_ledger

BREATH = 0.002  # seconds between two looks
_FORKS = """
import json, os, signal, sys
import perfeval.watch.watcher
import perfeval.ledger, perfeval.returning
import perfeval.report.index, perfeval.report.summary, perfeval.report.variance
from perfeval.cli.main import main
WRITES = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree")
steps = 0
def counted(event, args):
    global steps
    if event in WRITES or event == "open" and isinstance(args[2], int) and args[2] & os.O_CREAT:
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
while line := sys.stdin.readline():
    told = json.loads(line)
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(told["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT), 1)
        os.dup2(1, 2)
        steps = told["steps"]
        if steps:
            sys.addaudithook(counted)
        main(told["args"])
    print(pid, flush=True)
    sys.stdin.readline()
    print(os.waitpid(pid, 0)[1], flush=True)
"""


class Forks:
    """Starts watchers quickly, one at a time."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process, self.log, self._running = process, log, 0

    def start(self, *args: str | Path, steps: int = 0) -> int:
        """Start perfeval; its process number. It kills itself before its write number `steps`."""
        told = {"args": [str(arg) for arg in args], "log": str(self.log), "steps": steps}
        self._ask(json.dumps(told))
        self._running = int(self._answer())
        return self._running

    def ended(self) -> int:
        """Wait for its end: the exit code, or minus the signal."""
        self._ask("")
        code = os.waitstatus_to_exitcode(int(self._answer()))
        self._running = 0
        return code

    def has_answered(self, since: int) -> bool:
        """Whether the log, from this byte on, tells of a file that was returned or rejected."""
        with self.log.open("rb") as log:
            log.seek(since)
            return "第".encode() in log.read()

    def end(self) -> None:
        """No watcher outlives whoever started it."""
        if self._running:
            os.kill(self._running, signal.SIGKILL)
            self.ended()

    def _ask(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _answer(self) -> str:
        answers: IO[str] | None = self._process.stdout
        assert answers is not None
        return answers.readline()


@contextmanager
def forks(log: Path) -> Iterator[Forks]:
    command = [sys.executable, "-c", _FORKS]
    pipe = subprocess.PIPE
    log.touch()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        made = Forks(process, log)
        try:
            yield made
        finally:
            made.end()


@dataclass(slots=True)
class Desk:
    """The folders of a watcher, and what was laid into the inbox: contents by name, in order."""

    inbox: Path
    out: Path
    good: bytes  # a workbook; others are made of it
    ledger: str = ""  # URL of a database, "" for the file in `out`
    dropped: dict[str, list[str]] = field(default_factory=dict)
    serial: int = 0

    @property
    def watch(self) -> Sequence[str | Path]:
        """A watcher of this desk that knows one rule: how fast it checks is not asked."""
        times = ("--interval", "50ms", "--still", "50ms")
        ledger = ("--ledger", self.ledger) if self.ledger else ()
        return ("watch", self.inbox, "--out", self.out, "--select", "S101", *times, *ledger)

    def drop(self, name: str, *, broken: bool = False) -> None:
        """Lay a file of new content into the inbox, whole at once as a rename does."""
        self.serial += 1
        content = self.good[:3000] + b"%d" % self.serial if broken else self._commented()
        path = self.inbox / name
        beside = path.with_suffix(".tmp")
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.rename(path)
        self.dropped.setdefault(name, []).append(hashlib.sha256(content).hexdigest())

    def waits(self, name: str) -> bool:
        """Whether a file of this name lies in the inbox."""
        return (self.inbox / name).exists()

    def _commented(self) -> bytes:
        buffer = io.BytesIO(self.good)
        with zipfile.ZipFile(buffer, "a") as package:
            package.comment = b"%d" % self.serial
        return buffer.getvalue()


def killed(desk: Desk, runs: Forks, random: Random, *, steps: int = 0) -> bool:
    """Start a watcher and kill it soon after its first claim or answer; whether that cut it short.

    With `steps` before that write of its own.
    """
    before = stamps(desk.out)
    once = ("--once",) if steps else ()
    pid = runs.start(*desk.watch, *once, steps=steps)
    if not steps:
        said = runs.log.stat().st_size
        answers = random.random() < 0.5  # then it dies while it answers, else while it checks
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if runs.has_answered(said) if answers else _claims(desk, pid):
                break
            time.sleep(BREATH)
        time.sleep(random.random() * 0.4)
        os.kill(pid, signal.SIGKILL)
    cut = runs.ended() == -signal.SIGKILL
    whole([path for path, at in stamps(desk.out).items() if before.get(path) != at])
    accounted(desk)
    return cut


def many_kills(desk: Desk, runs: Forks, times: int, *, seed: int) -> int:
    """Kill `times` watchers at random moments while files come in; how many that cut short.

    One in eight files is broken, one in three is another round of one that came before.
    """
    random, cut = Random(seed), 0
    for _ in range(times):
        for _ in range(random.randint(1, 3)):
            known = [name for name in desk.dropped if not desk.waits(name)]
            again = known and random.random() < 1 / 3
            name = (
                random.choice(known) if again else f"{len(desk.dropped) % 3}处/{desk.serial}.xlsx"
            )
            desk.drop(name, broken=random.random() < 1 / 8)
        cut += killed(desk, runs, random)
    finished(desk, runs)
    return cut


def finished(desk: Desk, runs: Forks) -> None:
    """A last watcher answers what is left; then everything has been done, and once."""
    runs.start(*desk.watch, "--once")
    assert runs.ended() == 0
    whole([path for path in desk.out.rglob("*") if path.is_file()])
    accounted(desk)
    assert _files(desk.inbox) == [], "the inbox is empty"
    rounds = _rounds(desk.out)
    want = {name: len(contents) for name, contents in desk.dropped.items()}
    assert {name: len(contents) for name, contents in rounds.items()} == want
    assert rounds == desk.dropped, "a round a file, in the order in which they came"
    entered(desk)
    results = json.loads((desk.out / "results.json").read_bytes())["files"]
    assert {entry["sha256"] for entry in results} == {c[-1] for c in desk.dropped.values()}
    for entry in results:
        assert bool(entry["outputs"]) == (entry["status"] != "unreadable")
        assert all((desk.out / name).is_file() for name in entry["outputs"].values())


def entered(desk: Desk) -> None:
    """The ledger has every content of every name, once."""
    with open_ledger(desk.ledger or desk.out) as ledger, ledger.engine.connect() as connection:
        rows = connection.execute(text("select path, sha256 from rounds")).fetchall()
    found = Counter((Path(path).relative_to(desk.inbox).as_posix(), sha) for path, sha in rows)
    assert found == Counter((name, c) for name, cs in desk.dropped.items() for c in cs)


def accounted(desk: Desk) -> None:
    """Every file that was dropped is somewhere, and in one place only."""
    kept = [p for kind in ("存档", "退件") for p in _files(desk.out / kind)
            if not p.name.endswith("_原因.txt")]  # fmt: skip
    found = Counter(_digest(path) for path in [*kept, *_files(desk.inbox)])
    assert found == Counter(c for contents in desk.dropped.values() for c in contents)


def whole(paths: Sequence[Path]) -> None:
    """Every file that does not say of itself that it is none is there to its end."""
    for path in paths:
        ends = {".html": b"</html>", ".txt": b"\r\n"}.get(path.suffix)
        if path.suffix == ".part" or path.name.startswith("ledger") or not path.is_file():
            continue
        if "退件" in path.parts and path.suffix in (".xlsx", ".zip"):
            continue
        if path.suffix in (".xlsx", ".zip"):
            assert zipfile.ZipFile(path).testzip() is None, path
        elif path.suffix == ".json":
            json.loads(path.read_bytes())
        elif ends:
            assert path.read_bytes().rstrip(b"\n").endswith(ends.rstrip(b"\n")), path


def stamps(out: Path) -> dict[Path, int]:
    """When each file was written; what vanishes while one looks is left out."""
    found = {}
    for path in out.rglob("*"):
        with suppress(FileNotFoundError):
            found[path] = path.stat().st_mtime_ns
    return found


def _rounds(out: Path) -> dict[str, list[str]]:
    """The contents of each name, round by round, as the receipts say."""
    found: dict[str, dict[int, str]] = {}
    for path in out.rglob("*_回执.txt"):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        told = {line.split()[0]: line.split()[1:] for line in lines if len(line.split()) > 1}
        found.setdefault(told["文件"][0], {})[int(told["轮次"][1])] = told["SHA-256"][0]
    return {name: [sha for _, sha in sorted(rounds.items())] for name, rounds in found.items()}


def _claims(desk: Desk, pid: int) -> list[Path]:
    """What this watcher has claimed, or taken over from one that was killed."""
    return list((desk.inbox / ".perfeval").glob(f"*_{pid}_*/*/original.*"))


def _files(folder: Path) -> list[Path]:
    """Submissions below a folder; ours beside them are none."""
    ours = ("alive", "claim.json")
    return [p for p in folder.rglob("*")
            if p.is_file() and p.name not in ours and p.suffix != ".part"]  # fmt: skip


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
