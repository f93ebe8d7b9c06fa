"""The number format of each cell style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
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


@dataclass(frozen=True, slots=True, eq=False)
class Formats:
    """The formats of cells by their `s` as it is written. Equal only to itself."""

    by_style: Mapping[str | None, Format]

    def of(self, style_id: str | None) -> Format:
        """That of a cell; General where the style is not known."""
        return self.by_style.get(style_id, PLAIN)


NO_FORMATS = Formats({})


def cell_formats(package: Package, part: str) -> Formats:
    """The formats of `cellXfs`."""
    return _table(_formats(as_transitional(package.read(part)), part))


@lru_cache(maxsize=32)
def _table(formats: tuple[Format, ...]) -> Formats:
    """The same for all books with the same formats, however they differ in fonts and colours."""
    return Formats({str(index): style for index, style in enumerate(formats)})


@once
def _formats(content: bytes, part: str) -> tuple[Format, ...]:
    root = parse(content, part)
    codes = dict(BUILTIN)
    for node in root.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt"):
        codes[_number(node.get("numFmtId"))] = node.get("formatCode") or GENERAL
    known: dict[int, Format] = {}
    found = []
    for style in root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"):
        number = _number(style.get("numFmtId"))
        if number not in known:
            known[number] = Format.of(codes.get(number, GENERAL))
        found.append(known[number])
    return tuple(found)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
