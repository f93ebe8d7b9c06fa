"""The VML part that holds the boxes of notes: shapes are spliced in as bytes, the rest is kept.

VML is often no well-formed XML, and form controls and header pictures live in such parts as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from perfeval.ooxml.geometry import Grid

_BLOCK = 1024
_IDMAP = re.compile(rb"""(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["'])([\d,\s]*)(["'])""")
_IDS = re.compile(rb"_x0000_s(\d{1,9})(?!\d)")
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>\s*", re.DOTALL)
_ANY_SHAPE = re.compile(rb"<(?:\w+:)?(?:shape|rect|oval|line|group|polyline|roundrect|image)\s")
_ANCHOR = re.compile(rb"(<x:Anchor>)(\s*\d{1,7}(?:\s*,\s*\d{1,7}){7})(?=\s*</x:Anchor>)")
_STYLE = re.compile(
    rb"""(<v:shape\s[^>]*?[;"'\s]width:)(\d{1,4}(?:\.\d{1,9})?)pt(\s*;[^>]*?height:)(\d{1,4}(?:\.\d{1,9})?)pt"""
)
_ROOT = re.compile(rb"""<(?:\w+:)?xml(?=[\s>])(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*\Z")
_SPACES = (
    (b"v", b"urn:schemas-microsoft-com:vml"),
    (b"o", b"urn:schemas-microsoft-com:office:office"),
    (b"x", b"urn:schemas-microsoft-com:office:excel"),
)
_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    b'%s path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE = (
    b'<v:shape%s id="_x0000_s%d" type="#_x0000_t202" '
    b'style="position:absolute;margin-left:60pt;margin-top:2pt;width:%dpt;height:%dpt;'
    b'z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    b'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    b'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    b'<div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill>"
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)


@dataclass(frozen=True, slots=True)
class NoteBox:
    """The box of one note. `row` and `col` count from 0, `size` is in pixels."""

    row: int
    col: int
    size: tuple[int, int]
    anchor: str


def empty(block: int) -> bytes:
    """A VML part without shapes whose ids come from `block`."""
    spaces = b" ".join(b'xmlns:%s="%s"' % pair for pair in _SPACES)
    return b"<xml " + spaces + b">" + _layout(block) + b"</xml>"


def highest_block(parts: Iterable[bytes]) -> int:
    """The highest id block that any VML part of the workbook has taken; 0 if none."""
    return max((block for part in parts for block in _blocks(part)), default=0)


def can_hold(content: bytes) -> bool:
    """Whether shapes can be spliced in: the part has an end."""
    return _END.search(content) is not None


def with_notes(content: bytes, boxes: Iterable[NoteBox], *, free_block: int) -> bytes:
    """The part with one hidden note shape for each of `boxes`.

    Ids continue in the part's own blocks; where those are full, `free_block` is claimed.
    """
    end = _END.search(content)
    if end is None:
        return content
    root = _ROOT.search(content)
    head = b"" if root is None else root.group()
    spaces = b"".join([b' xmlns:%s="%s"' % pair for pair in _SPACES if not _declares(head, pair)])
    added = [] if b'id="_x0000_t202"' in content else [_TYPE % spaces]
    used = {int(number) for number in _IDS.findall(content)}
    blocks = _blocks(content)
    number = 0
    for box in boxes:
        if number == 0 or number % _BLOCK == _BLOCK - 1:
            number = _last_id(used, blocks)
        while number == 0:
            blocks.append(free_block)
            number = _last_id(used, [free_block])
            free_block += 1
        number += 1
        used.add(number)
        width, height = (pixels * 3 // 4 for pixels in box.size)
        added.append(
            _NOTE
            % (spaces, number, width, height, len(used), box.anchor.encode(), box.row, box.col)
        )
    grown = content[: end.start()] + b"".join(added) + content[end.start() :]
    return _with_blocks(grown, blocks)


def with_larger_box(content: bytes, row: int, col: int, size: tuple[int, int], grid: Grid) -> bytes:
    """The part with the note box of the cell (row, col), from 0, at least `size` pixels large."""

    def grown(match: re.Match[bytes]) -> bytes:
        shape = match.group()
        anchor, style = _ANCHOR.search(shape), _STYLE.search(shape)
        if not _is_note(shape, row, col) or anchor is None or style is None:
            return shape
        now = [round(float(points) * 4 / 3) for points in style.groups()[1::2]]
        wide, high = max(now[0], size[0]), max(now[1], size[1])
        if [wide, high] == now:
            return shape
        left, dx, top, dy = (int(text) for text in anchor.group(2).split(b",")[:4])
        moved = grid.anchor_from((left, dx), (top, dy), (wide, high)).encode()
        sized = rb"\g<1>%dpt\g<3>%dpt" % (wide * 3 // 4, high * 3 // 4)
        return _ANCHOR.sub(rb"\g<1>" + moved, _STYLE.sub(sized, shape, count=1), count=1)

    return _SHAPE.sub(grown, content)


def without_note(content: bytes, row: int, col: int) -> bytes:
    """The part without the note shape of the cell at (row, col), counted from 0."""

    def kept(match: re.Match[bytes]) -> bytes:
        shape = match.group()
        return b"" if _is_note(shape, row, col) else shape

    return _SHAPE.sub(kept, content)


def is_empty(content: bytes) -> bool:
    """Whether no shape is left in the part."""
    return _ANY_SHAPE.search(content) is None


def _is_note(shape: bytes, row: int, col: int) -> bool:
    at = (_client(shape, b"Row"), _client(shape, b"Column"))
    return b'ObjectType="Note"' in shape and at == (row, col)


def _client(shape: bytes, name: bytes) -> int | None:
    found = re.search(rb"<x:%s>\s*(\d{1,7})\s*</x:%s>" % (name, name), shape)
    return int(found.group(1)) if found else None


def _blocks(content: bytes) -> list[int]:
    return [int(n) for match in _IDMAP.finditer(content) for n in re.findall(rb"\d{1,9}", match[2])]


def _last_id(used: set[int], blocks: list[int]) -> int:
    """The number in the first block with room after which all are free; 0 where all are full."""
    for block in blocks:
        inside = [number for number in used if block * _BLOCK <= number < (block + 1) * _BLOCK]
        last = max(inside, default=block * _BLOCK)
        if last < (block + 1) * _BLOCK - 1:
            return last
    return 0


def _declares(root: bytes, pair: tuple[bytes, bytes]) -> bool:
    """Whether the root means by a prefix what we mean by it."""
    return re.search(rb"""\sxmlns:%s\s*=\s*["']%s["']""" % pair, root) is not None


def _layout(block: int) -> bytes:
    return b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>' % block


def _with_blocks(content: bytes, blocks: list[int]) -> bytes:
    """The part with its idmap naming `blocks`."""
    if blocks == _blocks(content):
        return content
    listed = b",".join(b"%d" % block for block in blocks)
    if _IDMAP.search(content):
        return _IDMAP.sub(rb"\g<1>" + listed + rb"\3", content, count=1)
    start = _ROOT.search(content)
    if start is None or not all(_declares(start.group(), pair) for pair in _SPACES[:2]):
        return content
    layout = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>'
    return content[: start.end()] + layout % listed + content[start.end() :]
