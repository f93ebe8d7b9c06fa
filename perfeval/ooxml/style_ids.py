"""Which formats the cells, rows and columns of a sheet point to, and leading them to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from perfeval.ooxml.draft import Draft
from perfeval.ooxml.elements import child, local
from perfeval.ooxml.package import parse

_ID = rb' s(?:tyle)? *= *"(%s)"'  # in a sheet made even
_IDS = re.compile(_ID % rb"\d+")
_EVEN = bytes.maketrans(b"\t\n\v\f\r'", b'     "')


def highest(sheets: Iterable[bytes], *, least: int = 0) -> int:
    """The highest format that any of the sheets points to, if it is no less than `least`; else -1.

    Few sheets point to formats that are not there, so that nearly always one look is enough.
    """
    even = (sheet.translate(_EVEN) for sheet in sheets)
    found = [set(_IDS.findall(sheet)) for sheet in even if _no_less(least).search(sheet)]
    return max([int(text) for texts in found for text in texts], default=-1)


def count(styles: bytes) -> int:
    """How many cell formats a styles part holds."""
    formats = child(parse(styles, "styles.xml"), "cellXfs")
    return 0 if formats is None else len(formats)


def lead_back(draft: Draft, part: str, bases: Mapping[int, int]) -> None:
    """Make what points to a key of `bases` point to its value; other sheets are not touched."""
    ours = {str(style): str(base) for style, base in bases.items()}
    if any(_style(node) in ours for node in _styled(draft.peek(part))):
        for node in _styled(draft.tree(part)):
            if _style(node) in ours:
                node.set(_attribute(node), ours[_style(node)])


@lru_cache(maxsize=128)
def _no_less(number: int) -> re.Pattern[bytes]:
    """What finds an id that is no less than `number`."""
    digits = str(number)
    ways = [rf"[1-9]\d{{{len(digits)},}}", digits]
    for at, digit in enumerate(digits):
        if digit < "9":
            ways.append(rf"{digits[:at]}[{int(digit) + 1}-9]\d{{{len(digits) - at - 1}}}")
    return re.compile(_ID % rf"0*(?:{'|'.join(ways)})".encode())


def _styled(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter("{*}c", "{*}row", "{*}col")


def _attribute(node: etree._Element) -> str:
    return "style" if local(node) == "col" else "s"


def _style(node: etree._Element) -> str:
    return node.get(_attribute(node), "")
