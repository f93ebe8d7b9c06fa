"""Shared and inline strings: runs joined, phonetic guides left out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from perfeval.ooxml.elements import MAIN
from perfeval.ooxml.package import Package, as_transitional, parse
from perfeval.ooxml.plain_part import PLAIN_TEXT, is_plain, without_entities
from perfeval.ooxml.plain_text import unescaped
from perfeval.ooxml.stream import elements

_TABLE, _ITEM, _TEXT, _RUN = (f"{{{MAIN}}}{tag}" for tag in ("sst", "si", "t", "r"))
_HEAD = re.compile("[^<>]*(?:<[?][^<>]*>[^<>]*)?<sst [^<>]*(?<!/)>")
_USUAL_HEAD = re.compile(
    '<[?]xml version="1.0" encoding="UTF-8"(?: standalone="(?:yes|no)")?[?]>\\s*'
    f'<sst xmlns="{MAIN}"(?: count="[0-9]+")?(?: uniqueCount="[0-9]+")?>'
)
_END = re.compile(r"</sst>\s*")
_PHONETIC = re.compile('</t><phoneticPr fontId="[0-9]{1,9}"(?: type="[A-Za-z]{1,20}")?/></si>')
_FIRST = tuple(map(str, range(256)))
_TEXTS = re.compile(PLAIN_TEXT)


def shared_strings(package: Package, part: str) -> Mapping[str | None, str]:
    """The table of shared strings, each by its index as cells write it."""
    content = as_transitional(package.read(part))
    texts = plain_strings(content, part)
    if texts is None:
        texts = [string_of(item) for item in elements(content, part, (_ITEM,))]
    indexes = _FIRST if len(texts) <= len(_FIRST) else map(str, range(len(texts)))
    return dict(zip(indexes, texts, strict=False))


def plain_strings(content: bytes, part: str) -> list[str] | None:
    """The texts of a table of shared strings; None if not all are plain."""
    if not is_plain(content):
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:  # the parser says what is wrong with it
        return None
    if "phoneticPr" in text:
        text = _PHONETIC.sub("</t></si>", text)
    text = text.replace('<t xml:space="preserve">', "<t>")
    head, began, items = text.partition("<si><t>")
    body, ended, tail = items.rpartition("</t></si>")
    texts = body.split("</t></si><si><t>")
    joined = " ".join(texts)
    is_usual = joined.replace("\n", " ").replace("\u3000", " ").isprintable()
    dubious = " ".join([text for text in texts if "&" in text]) if is_usual else joined
    if not (began and ended and _TEXTS.fullmatch(dubious)) or "<" in joined or ">" in joined:
        return None
    if not _is_table(head, tail, part):
        return None
    if "&" in dubious:
        texts = [without_entities(text) for text in texts]
    if "_x" in joined or not is_usual:
        texts = [unescaped(text) for text in texts]
    return texts


def _is_table(head: str, tail: str, part: str) -> bool:
    """Whether what stands before and behind the strings is their table and nothing else."""
    if _USUAL_HEAD.fullmatch(head) and tail == "</sst>":
        return True
    if not (_HEAD.fullmatch(head) and _END.fullmatch(tail)):
        return False
    return parse((head + tail).encode(), part).tag == _TABLE


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
