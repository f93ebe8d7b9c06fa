"""Parts as text, where a pattern may look at them instead of the parser."""

from __future__ import annotations

import re

from perfeval.ooxml.stream import WHOLE

_CHARS = "[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
PLAIN_TEXT = f"{_CHARS}(?:&(?:amp|lt|gt|quot|apos);{_CHARS})*+"
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
UTF8 = rb"""<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?"""  # how most parts begin
_BEGINS = re.compile(rb"%s[ ?]|<(?:w|sst )" % UTF8)


def text_of(content: bytes) -> str | None:
    """The text of a part; None for what only the parser should look at."""
    if (
        len(content) > WHOLE
        or b"<!" in content
        or b"<?" in content[2:]
        or not _BEGINS.match(content)
    ):
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:  # the parser says what is wrong with it
        return None


def without_entities(text: str) -> str:
    """`&lt;` and its kind as letters."""
    if "&" in text:
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
    return text
