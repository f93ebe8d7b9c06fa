"""The process in which readers that may explode work: `python -m perfeval.read.worker BYTES`.

It takes one file after the other from standard input and answers on standard output. Its memory is
limited to BYTES; whatever a file does to it, it does to this process alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any  # JSON is untyped

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.limits import MIB, Limits
from perfeval.model import Workbook
from perfeval.read.wire import to_json

DONE, REFUSED, LOCKED = "done", "refused", "locked"
_ANSWER_BYTES = 512 * MIB


def main() -> None:
    """Serve until the input ends. Anything unforeseen ends the process, which the caller sees."""
    _limit_memory(int(sys.argv[1]))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        told = json.loads(line)
        outcome, answer = _answer(told, source.read(told["size"]))
        if len(answer) > _ANSWER_BYTES:
            return
        target.write(json.dumps({"outcome": outcome, "size": len(answer)}).encode() + b"\n")
        target.write(answer)
        target.flush()


def _answer(told: dict[str, Any], data: bytes) -> tuple[str, bytes]:
    try:
        if told["kind"] == "decrypt":
            from perfeval.read.encrypted import decrypt

            return DONE, decrypt(data, told["passwords"])
        return DONE, to_json(_reader(told["kind"])(data, Limits(**told["limits"])))
    except UnreadableError as error:
        outcome = LOCKED if isinstance(error, EncryptedError) else REFUSED
        return outcome, json.dumps([error.detail_zh, error.detail_en]).encode()


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
    main()
