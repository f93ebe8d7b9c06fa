"""Bytes of a text file as text: UTF-8, UTF-16 and GB18030, with and without a byte order mark."""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_HOLES = (
    100  # one damaged place in that many foreign characters is a damaged file, not another code
)


def decoded(data: bytes) -> str | None:
    """The text, or None if the bytes are no text. A few damaged places become U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _if_text(data[len(mark) :].decode(encoding, "replace"))
    if b"\x00" in data[:4096]:
        even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
        return _if_text(data.decode("utf-16-le" if odd > even else "utf-16-be", "replace"))
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        holes = text.count("\ufffd")
        if holes == 0 or holes * _HOLES < sum(1 for letter in text if letter > "\x7f"):
            return _if_text(text)
    return None


def _if_text(text: str) -> str | None:
    """None for what decodes but holds control characters or damage all over: it is binary."""
    strange = len(_CONTROL.findall(text)) + text.count("\ufffd")
    return text if strange * _HOLES <= len(text) else None
