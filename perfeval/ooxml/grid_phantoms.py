"""Formatted blank rows, a million of them below a form, cut out before the XML is parsed.

They come from a format set far down, and make a sheet of a hundred megabytes that says nothing.
"""

from __future__ import annotations

import re

_WORTH_IT = 2**20  # bytes; smaller parts are parsed as fast as searched
_ROW = re.compile(
    rb'<row r="[0-9]{1,7}"[^<>]*+'
    rb'(?:(?<=/)>|>(?:\s*+<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*+(?<=/)>)*+\s*+</row>)'
)


def without_phantoms(content: bytes) -> bytes:
    """A sheet's XML without rows of style-only cells, if every row and cell has an address.

    Where one has none its place is counted from those before it, and nothing may be cut.
    """
    if len(content) < _WORTH_IT or not (_addressed(content, b"c") and _addressed(content, b"row")):
        return content
    return _ROW.sub(b"", content)


def _addressed(content: bytes, tag: bytes) -> bool:
    starts = sum(content.count(b"<" + tag + end) for end in (b" ", b">", b"/"))
    return starts == content.count(b"<" + tag + b' r="')
