"""Text as people see it, from text as a workbook stores it."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def unescaped(text: str) -> str:
    """`_x000D_` and its kind decoded, `_x005F_x000D_` to a literal `_x000D_`; then `visible`."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return visible(text)


def visible(text: str) -> str:
    """Line ends as \\n, surrogate pairs joined, control characters left out.

    What stays can be written to any XML, HTML or JSON.
    """
    if text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _INVISIBLE.search(text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _INVISIBLE.sub("", joined)
