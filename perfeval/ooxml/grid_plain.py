"""Cells as nearly every program writes them, taken by a regular expression: half the parser's time.

They are cut out before the sheet is parsed. Where anything among the rows is written in another way
(runs of rich text, a shared formula, a comment, a prefix), nothing is cut and the parser reads the
whole sheet. What is cut is well-formed in itself and stands where the schema has it, so that both
ways read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from perfeval.ooxml.elements import MAIN
from perfeval.ooxml.package import parse
from perfeval.ooxml.plain_text import unescaped
from perfeval.ooxml.stream import WHOLE

_CHARS = "[^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
_TEXT = f"{_CHARS}(?:&(?:amp|lt|gt|quot|apos);{_CHARS})*+"
_CELL = re.compile(
    '(?:<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+(?: ?/>|></c>))++'
    '|<c r="([A-Z]++)[0-9]++"(?: s="([0-9]++)")?+(?: t="([A-Za-z]++)")?+>'
    f'(?:<f(?: aca="false")?>({_TEXT})</f>)?+'
    f'(?:<v>({_TEXT})</v>|<is><t(?: xml:space="preserve")?>({_TEXT})</t></is>)</c>'
)
_STEP = _CELL.groups + 1
_ROW = "<row [^<>]*+(?<!/)>"
_BARE_ROWS = "(?:<row [^<>]*+(?:(?<=/)>|(?<!/)></row>))*+"
_BEFORE = re.compile(f".*<sheetData>{_BARE_ROWS}{_ROW}", re.DOTALL)
_BETWEEN = re.compile(f"</row>{_BARE_ROWS}{_ROW}")
_AFTER = re.compile(f"</row>{_BARE_ROWS}</sheetData>.*", re.DOTALL)
_STRING = re.compile(
    f'<si><t(?: xml:space="preserve")?>({_TEXT})</t>'
    '(?:<phoneticPr fontId="[0-9]{1,9}"(?: type="[A-Za-z]{1,20}")?/>)?</si>'
)
_FIRST = re.compile("[^<>]*(?:<[?][^<>]*>[^<>]*)?<sst [^<>]*(?<!/)>")
_LAST = re.compile(r"</sst>\s*")
_TABLE = f"{{{MAIN}}}sst"
_HEAD = re.compile(
    rb"""<(?:\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?[ ?]|w|sst )"""
)

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))

# column, `s`, `t` (INLINE for the text of an `is`), formula and value; None where there is none
Stored = tuple[int, str | None, str | None, str | None, str | None]
INLINE = "inline text"


def plain_strings(content: bytes, part: str) -> list[str] | None:
    """The texts of a table of shared strings; None if not all are plain."""
    parts = _split(_STRING, content)
    if parts is None or any(parts[2:-1:2]) or not _LAST.fullmatch(parts[-1]):
        return None
    table = (parts[0] + parts[-1]).encode()
    if not _FIRST.fullmatch(parts[0]) or parse(table, part).tag != _TABLE:
        return None
    return [unescaped(_without_entities(text)) for text in parts[1::2]]


def cut_cells(content: bytes) -> tuple[bytes, list[list[Stored]]] | None:
    """A sheet without its cells, and by row those with something in them; None if any is odd."""
    parts = _split(_CELL, content)
    if parts is None or not _BEFORE.fullmatch(parts[0]) or not _AFTER.fullmatch(parts[-1]):
        return None
    head = parts[0]
    cut = "".join(parts[::_STEP])
    if "xmlns=" in cut[head.rindex("<sheetData>") :]:
        return None
    if content.count(b"&") > cut.count("&"):  # those of the page's header and footer do not count
        parts = [part and _without_entities(part) for part in parts]
    row: list[Stored] = []
    rows = [*([] for _ in range(head.count("<row ") - 1)), row]
    groups = (parts[number::_STEP] for number in range(1, _STEP + 1))
    for letters, style, kind, formula, value, inline, after in zip(*groups, strict=True):
        if letters:
            if inline is not None:
                kind, value = INLINE, unescaped(inline)
            row.append((column_number(letters), style, kind, formula, value))
        if after and after is not parts[-1]:
            if not _BETWEEN.fullmatch(after):
                return None
            rows += [[] for _ in range(after.count("<row "))]
            row = rows[-1]
    return cut.encode(), rows


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """A → 1, AA → 27; 0 for what is no column."""
    number = 0
    if letters.isascii() and letters.isalpha() and len(letters) <= 3:
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
    return number


def _split(pattern: re.Pattern[str], content: bytes) -> list[str] | None:
    """What is between, and what is in the groups; None for what no pattern should look at."""
    if len(content) > WHOLE or b"<!" in content or b"<?" in content[2:] or not _HEAD.match(content):
        return None
    try:
        return pattern.split(content.decode())
    except UnicodeDecodeError:  # the parser says what is wrong with it
        return None


def _without_entities(text: str) -> str:
    if "&" in text:
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
    return text
