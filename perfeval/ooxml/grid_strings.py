"""Shared and inline strings: runs joined, phonetic guides left out."""

from __future__ import annotations

from lxml import etree

from perfeval.ooxml.elements import MAIN
from perfeval.ooxml.grid_plain import plain_strings
from perfeval.ooxml.package import Package, as_transitional
from perfeval.ooxml.plain_text import unescaped
from perfeval.ooxml.stream import elements

_ITEM = f"{{{MAIN}}}si"
_TEXT = f"{{{MAIN}}}t"
_RUN = f"{{{MAIN}}}r"


def shared_strings(package: Package, part: str) -> dict[str | None, str]:
    """The table of shared strings, each by its index as cells write it."""
    content = as_transitional(package.read(part))
    texts = plain_strings(content, part)
    if texts is None:
        texts = [string_of(item) for item in elements(content, part, (_ITEM,))]
    return dict(zip(map(str, range(len(texts))), texts, strict=True))


def string_of(item: etree._Element) -> str:
    """The text of an `si` or `is`: its own `t`, or those of its runs; `rPh` is a reading aid."""
    if len(item) == 1 and (only := item[0]).tag == _TEXT:
        return unescaped(only.text or "")
    parts = []
    for child in item:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _RUN:
            parts += [text.text or "" for text in child.iterchildren(_TEXT)]
    return unescaped("".join(parts))
