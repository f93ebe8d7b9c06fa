"""Parts as text, where a pattern may look at them instead of the parser."""

from __future__ import annotations

import re

from perfeval.ooxml.stream import WHOLE

_CHARS = "[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
PLAIN_TEXT = f"{_CHARS}(?:&(?:amp|lt|gt|quot|apos);{_CHARS})*+"
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
UTF8 = rb"""<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?"""  # how most parts begin
_BEGINS = re.compile(rb"%s[ ?]|<(?:w|sst )" % UTF8)


def is_plain(content: bytes) -> bool:
    """Whether a pattern may look at a part, and not only the parser, once it has been decoded."""
    return (
        len(content) <= WHOLE
        and b"\0" not in content
        and not (b"!" in content and b"<!" in content)  # a sign alone is found faster
        and not (b"?" in content[content.find(b"?>") + 2 :] and b"<?" in content[2:])
        and _BEGINS.match(content) is not None
    )


def without_entities(text: str) -> str:
    """`&lt;` and its kind as letters."""
    if "&" in text:
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
    return text
