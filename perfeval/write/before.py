"""The parts as they were before we rewrote them, carried in the copy itself.

They lie packed as they came, so that taking our marks away gives the very bytes back. Excel drops
the part when it saves; then the marks are taken away by their content (stripping.py).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any  # JSON

import msgspec

from perfeval.errors import UnreadableError
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.package import Package
from perfeval.ooxml.rawzip import MAX_UNPACKED, STORED, Member, pack

RELATIONSHIP = "https://perfeval.org/relationships/before"
_TYPE = "application/octet-stream"
_MAGIC = b"perfeval-before/1\n"
_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Before:
    """`original` parts that we rewrote, `written` the SHA-256 of what we wrote (of new parts, too).

    `styles` leads from the formats that we made to those that they were made from.
    """

    original: Mapping[str, Member]
    written: Mapping[str, str]
    styles: Mapping[int, int] = field(default_factory=dict)

    def untouched(self, package: Package) -> set[str]:
        """The parts that are still as we wrote them."""
        return {
            name
            for name, digest in self.written.items()
            if name in package.members and sha256(package.read(name)).hexdigest() == digest
        }

    @property
    def added(self) -> set[str]:
        """The parts that are ours alone."""
        return set(self.written) - set(self.original)


def with_before(draft: Draft, workbook_part: str, styles: Mapping[int, int]) -> bytes:
    """The draft as a package that carries what it was before."""
    part = draft.add_part("xl/perfeval/before{}.bin", _TYPE)
    draft.relate(workbook_part, RELATIONSHIP, part)
    package, parts = draft.package, draft.parts()
    del parts[part]
    original = [package.members[name] for name in parts if name in package.members]
    head = {
        "written": {name: sha256(data or b"").hexdigest() for name, data in parts.items()},
        "original": [
            [m.name, len(m.packed), m.method, m.crc, m.size, *m.dos_time, m.attributes]
            for m in original
        ],
        "styles": sorted(styles.items()),
    }
    text = msgspec.json.encode(head)
    packed = b"".join(member.packed for member in original)
    content = _MAGIC + _LENGTH.pack(len(text)) + text + packed
    return package.with_parts({**parts, part: pack(part, content, method=STORED)})


def before_part(package: Package) -> str | None:
    """The name of the part that carries what was before; None if there is none."""
    for rel in package.rels(package.workbook_part).values():
        if rel.type == RELATIONSHIP and rel.target in package.members:
            return rel.target
    return None


def read_before(package: Package) -> Before | None:
    """What the package was before; None where it does not say or what it says is damaged."""
    part = before_part(package)
    if part is None:
        return None
    try:
        content = package.read(part)
        return _parse(content)
    except (UnreadableError, ValueError, KeyError, TypeError, struct.error):
        return None


def _parse(content: bytes) -> Before | None:
    if not content.startswith(_MAGIC):
        return None
    start = len(_MAGIC) + _LENGTH.size
    (length,) = _LENGTH.unpack_from(content, len(_MAGIC))
    head: Any = json.loads(content[start : start + length])
    at = start + length
    original: dict[str, Member] = {}
    for name, size_packed, method, crc, size, time, date, attributes in head["original"]:
        if size > MAX_UNPACKED:
            return None
        packed = content[at : at + size_packed]
        at += size_packed
        member = Member(name, packed, method, crc, size, (time, date), attributes)
        member.unpack()  # a damaged record must not replace a sound part
        original[name] = member
    styles = {int(after): int(base) for after, base in head["styles"]}
    return Before(original, dict(head["written"]), styles)
