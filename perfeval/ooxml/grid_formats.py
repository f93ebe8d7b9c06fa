"""The number format of each cell style."""

from __future__ import annotations

from typing import NamedTuple

from perfeval.ooxml.elements import MAIN
from perfeval.ooxml.number_format import BUILTIN, GENERAL, is_date_format
from perfeval.ooxml.package import Package


class Format(NamedTuple):
    code: str
    is_date: bool


PLAIN = Format(GENERAL, False)


def cell_formats(package: Package, part: str) -> list[Format]:
    """The formats of `cellXfs`, by the `s` of a cell; ids that mean nothing are General."""
    root = package.xml(part)
    codes = dict(BUILTIN)
    for node in root.iterfind(f"{{{MAIN}}}numFmts/{{{MAIN}}}numFmt"):
        codes[_number(node.get("numFmtId"))] = node.get("formatCode") or GENERAL
    known = {number: Format(code, is_date_format(code)) for number, code in codes.items()}
    styles = root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")
    return [known.get(_number(style.get("numFmtId")), PLAIN) for style in styles]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
