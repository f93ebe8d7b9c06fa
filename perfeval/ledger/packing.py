"""How the ledger keeps texts, and rounds and forms as a whole: JSON, deflated."""

from __future__ import annotations

import hashlib
import json
import zlib

from perfeval import course
from perfeval.course import Round
from perfeval.findings import FormResult
from perfeval.years import Said

_QUICK = 1  # of zlib's levels: a third of the time of the usual one, a tenth more bytes


def storable(text: str | None) -> str:
    """Text that every database takes: no NUL, no half of a character."""
    if not text or text.isprintable():
        return text or ""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


def memo_of(done: Round) -> tuple[str, bytes]:
    """Digest and bytes of a round; the digest is the same when the round comes back."""
    text = course.to_json(done).encode(errors="replace")
    return hashlib.sha256(text).hexdigest(), zlib.compress(text, _QUICK)


def round_in(memo: bytes | None) -> Round | None:
    """The round, None where none was kept."""
    return course.from_json(zlib.decompress(memo).decode()) if memo else None


def content_of(form: FormResult) -> bytes:
    """What the form said, for next year's form."""
    said = Said.of(form)
    text = json.dumps([said.goals, said.indicators], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(errors="replace"), _QUICK)


def said_in(content: bytes) -> Said:
    """What a form said, from what content_of made of it."""
    goals, indicators = json.loads(zlib.decompress(content))
    return Said(tuple(map(tuple, goals)), tuple(map(tuple, indicators)))
