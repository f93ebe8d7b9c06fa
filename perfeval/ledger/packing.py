"""What the ledger keeps of a round and a form as a whole: JSON, deflated."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any  # JSON

from perfeval import course
from perfeval.course import Round
from perfeval.findings import FormResult


def memo_of(done: Round) -> tuple[str, bytes]:
    """Digest and bytes of a round; the digest is the same when the round comes back."""
    text = course.to_json(done).encode(errors="replace")
    return hashlib.sha256(text).hexdigest(), zlib.compress(text, 6)


def round_in(memo: bytes | None) -> Round | None:
    """The round, None where none was kept."""
    return course.from_json(zlib.decompress(memo).decode()) if memo else None


def content_of(form: FormResult) -> bytes:
    """The texts of a form that next year's form is compared with."""
    document = {
        "goals": [[goal.expected or "", goal.actual or ""] for goal in form.goals],
        "indicators": [
            [row.level3, row.target or "", row.actual or "", row.reason or ""]
            for row in form.indicators
        ],
    }  # fmt: skip
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(errors="replace"), 6)


def content_in(data: bytes) -> Any:
    """{"goals": [[expected, actual]], "indicators": [[level3, target, actual, reason]]}"""
    return json.loads(zlib.decompress(data))
