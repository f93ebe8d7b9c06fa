"""The number format of each cell style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perfeval.ooxml.alike import once
from perfeval.ooxml.elements import MAIN
from perfeval.ooxml.number_format import BUILTIN, GENERAL, is_date_format
from perfeval.ooxml.package import Package, as_transitional, parse


class Format(NamedTuple):
    """A format code; whether its numbers are dates, and whether it speaks of texts."""

    code: str
    is_date: bool = False
    has_text: bool = False

    @classmethod
    def of(cls, code: str) -> Format:
        has_text = code != "@" and ("@" in code or ";" in code)
        return cls(code, is_date_format(code), has_text)


PLAIN = Format(GENERAL)


def cell_formats(package: Package, part: str) -> Mapping[str | None, Format]:
    """The formats of `cellXfs`, by the `s` of a cell as it is written; unknown ids are General."""
    return _formats(as_transitional(package.read(part)), part)


@once
def _formats(content: bytes, part: str) -> Mapping[str | None, Format]:
    root = parse(content, part)
    codes = dict(BUILTIN)
    for node in root.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt"):
        codes[_number(node.get("numFmtId"))] = node.get("formatCode") or GENERAL
    known: dict[int, Format] = {}
    found: dict[str | None, Format] = {}
    for index, style in enumerate(root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")):
        number = _number(style.get("numFmtId"))
        if number not in known:
            known[number] = Format.of(codes.get(number, GENERAL))
        found[str(index)] = known[number]
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
