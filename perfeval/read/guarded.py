"""Reading in a process of its own: memory and time are limited, and a crash is a refusal.

Starting that process takes as long as reading some forms, so one is kept for the files that follow.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.limits import Limits
from perfeval.model import Workbook
from perfeval.read.refusals import damaged, too_slow
from perfeval.read.wire import from_json

_FILES = 100  # after so many a new process takes over, since memory does not come back in pieces


def read_guarded(kind: str, data: bytes, limits: Limits, *, called: tuple[str, str]) -> Workbook:
    """The workbook as the reader of `kind` sees it. `called` is what the file is, in two languages.

    Raises what the reader raises, and UnreadableError when it dies or takes too long.
    """
    return from_json(_ask(kind, data, limits, called=called, passwords=()))


def decrypt_guarded(data: bytes, passwords: Sequence[str], limits: Limits) -> bytes:
    """The decrypted file. Raises EncryptedError if no password fits."""
    called = ("加密的工作簿", "encrypted workbook")
    return _ask("decrypt", data, limits, called=called, passwords=passwords)


def _ask(
    kind: str, data: bytes, limits: Limits, *, called: tuple[str, str], passwords: Sequence[str]
) -> bytes:
    told = {
        "kind": kind,
        "size": len(data),
        "limits": asdict(limits),
        "passwords": list(passwords),
    }
    with _LOCK:
        worker = _worker(limits.worker_bytes)
        answer = worker.ask(json.dumps(told).encode() + b"\n" + data, limits.worker_seconds)
    if answer is None:
        raise too_slow(*called, limits.worker_seconds) if worker.was_late else damaged(*called)
    outcome, content = answer
    if outcome != "done":
        zh, en = json.loads(content)
        raise (EncryptedError if outcome == "locked" else UnreadableError)(zh, en)
    return content


class _Worker:
    """One process, and what it has done so far."""

    def __init__(self, memory: int) -> None:
        here = str(Path(__file__).resolve().parents[2])
        self.memory = memory
        self.owner = os.getpid()  # a fork of this process must not use the same pipes
        self.files = 0
        self.was_late = False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "perfeval.read.worker", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([here, *sys.path[1:]])},
        )

    def serves(self, memory: int) -> bool:
        """Whether this worker can take another file under the same limit."""
        return (
            self.owner == os.getpid()
            and self.memory == memory
            and self.files < _FILES
            and not self.was_late
            and self.process.poll() is None
        )

    def ask(self, question: bytes, seconds: float) -> tuple[str, bytes] | None:
        """Outcome and content; None if the process died, on its own or for being late."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.files += 1
        timer = threading.Timer(seconds, self._end_late)
        timer.start()
        try:
            self.process.stdin.write(question)
            self.process.stdin.flush()
            head = self.process.stdout.readline()
            told = json.loads(head) if head.endswith(b"\n") else None
            content = self.process.stdout.read(told["size"]) if told else b""
        except OSError:
            told = None
        finally:
            timer.cancel()
        if told is None or len(content) < told["size"]:
            self.end()
            return None
        return told["outcome"], content

    def _end_late(self) -> None:
        self.was_late = True
        self.process.kill()

    def end(self) -> None:
        """Let the process go."""
        if self.owner != os.getpid():
            return
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what it had not taken yet is lost with it
                    continue
        self.process.wait()


_LOCK = threading.Lock()
_kept: list[_Worker] = []


def _worker(memory: int) -> _Worker:
    if not _kept or not _kept[0].serves(memory):
        _end_kept()
        _kept.append(_Worker(memory))
    return _kept[0]


@atexit.register
def _end_kept() -> None:
    while _kept:
        _kept.pop().end()
