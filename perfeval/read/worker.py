"""A process of its own for readers that may explode: memory and time are limited, and a crash is a
refusal. `python -m perfeval.read.worker KIND LIMITS` reads the file from standard input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.limits import MIB, Limits
from perfeval.model import Workbook
from perfeval.ooxml.grid_merges import mark_merged
from perfeval.read.refusals import damaged, too_slow
from perfeval.read.wire import from_json, to_json

_ANSWER_BYTES = 512 * MIB
_REFUSED, _LOCKED = 10, 11  # exit codes: UnreadableError, EncryptedError


def read_in_worker(kind: str, data: bytes, limits: Limits, *, called: tuple[str, str]) -> Workbook:
    """The workbook as the reader of `kind` sees it. `called` is what the file is, in two languages.

    Raises what the reader raises, and UnreadableError when it dies or takes too long.
    """
    workbook = from_json(_ask(kind, data, limits, called=called, passwords=()))
    for sheet in workbook.sheets:
        mark_merged(sheet.cells, sheet.merges)
    return workbook


def decrypt_in_worker(data: bytes, passwords: Sequence[str], limits: Limits) -> bytes:
    """The decrypted file. Raises EncryptedError if no password fits."""
    called = ("加密的工作簿", "encrypted workbook")
    return _ask("decrypt", data, limits, called=called, passwords=passwords)


def _ask(
    kind: str, data: bytes, limits: Limits, *, called: tuple[str, str], passwords: Sequence[str]
) -> bytes:
    here = str(Path(__file__).resolve().parents[2])
    told = {"limits": asdict(limits), "passwords": list(passwords)}
    header = json.dumps(told).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "perfeval.read.worker", kind],
            input=header + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.worker_seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([here, *sys.path[1:]])},
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise too_slow(*called, limits.worker_seconds) from exc
    if done.returncode in (_REFUSED, _LOCKED):
        zh, en = json.loads(done.stdout)
        raise (EncryptedError if done.returncode == _LOCKED else UnreadableError)(zh, en)
    if done.returncode != 0:
        raise damaged(*called)
    return done.stdout


def main() -> int:
    """What the worker does. Anything unforeseen ends it with a code that `_ask` calls damaged."""
    header, _, data = sys.stdin.buffer.read().partition(b"\n")
    told = json.loads(header)
    limits = Limits(**told["limits"])
    _limit_memory(limits.worker_bytes)
    try:
        if sys.argv[1] == "decrypt":
            from perfeval.read.encrypted import decrypt

            answer = decrypt(data, told["passwords"])
        else:
            answer = to_json(_reader(sys.argv[1])(data, limits))
    except UnreadableError as error:
        answer = json.dumps([error.detail_zh, error.detail_en]).encode()
        sys.stdout.buffer.write(answer)
        return _LOCKED if isinstance(error, EncryptedError) else _REFUSED
    if len(answer) > _ANSWER_BYTES:
        return 1
    sys.stdout.buffer.write(answer)
    return 0


def _reader(kind: str) -> Callable[[bytes, Limits], Workbook]:
    """The reader of a kind; each brings libraries that the others do not need."""
    if kind == "xls":
        from perfeval.read.xls import read_xls

        return read_xls
    if kind == "mhtml":
        from perfeval.read.mhtml import read_mhtml

        return read_mhtml
    from perfeval.read.packages import read_package, read_xml

    return read_xml if kind == "xml" else read_package


def _limit_memory(most: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
