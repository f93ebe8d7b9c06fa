"""Formats with a fill of ours, cloned as text from formats that are written as usual."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from perfeval.ooxml import splicing
from perfeval.ooxml.alike import once
from perfeval.ooxml.styles import MOST_FORMATS, solid

_NODE = rb"<%s(?=[ />])[^<>]*(?:(?<=/)>|(?<!/)>.*?</%s>)"
_FORMAT, _FILL = (re.compile(_NODE % (name, name), re.DOTALL) for name in (b"xf", b"fill"))
_FILL_ID = re.compile(rb'<xf [^<>]*?(?<= )fillId="([0-9]{1,9})"')


class _Known(NamedTuple):
    formats: tuple[bytes, ...]
    fills: tuple[bytes, ...]


@dataclass(slots=True)
class StyleText:
    """A styles part after `styles.add_formats`, to which clones are appended."""

    content: bytes
    _known: _Known
    _clones: dict[tuple[int, str], int] = field(default_factory=dict)
    _new: list[bytes] = field(default_factory=list)

    @classmethod
    def of(cls, content: bytes) -> StyleText | None:
        """The part; None where it is not plain."""
        known = _known(content)
        return None if known is None else cls(content, known)

    def with_fill(self, base: int, rgb: str) -> int:
        """The format `base` with a solid fill, one of our formats' own; everything else kept."""
        fills, count = self._known.fills, len(self._known.formats) + len(self._new)
        base = base if 0 <= base < count else 0
        if (base, rgb) not in self._clones:
            fill = solid(rgb).encode()
            if count >= MOST_FORMATS or fill not in fills:  # there was no room for ours either
                return base
            self._clones[base, rgb] = count
            self._new.append(_refilled(self._format(base), fills.index(fill)))
        return self._clones[base, rgb]

    def fill_xml(self, style: int) -> str | None:
        """The fill of a format as XML; None if it has none."""
        fills, number = self._known.fills, _fill_id(self._format(style))
        return fills[number].decode() if 0 < number < len(fills) else None

    def _format(self, style: int) -> bytes:
        """A format of the part, or one of the clones; nothing where there is none."""
        formats = self._known.formats
        listed = formats if style < len(formats) else self._new
        at = style - (0 if listed is formats else len(formats))
        return listed[at] if 0 <= at < len(listed) else b""

    def to_bytes(self) -> bytes:
        """The part with the clones."""
        if not self._new:
            return self.content
        count = str(len(self._known.formats) + len(self._new)).encode()
        start = self.content.index(b"<cellXfs")
        inner, end = self.content.index(b">", start) + 1, self.content.index(b"</cellXfs>")
        tag = splicing.with_attribute(self.content[start:inner], b"count", count)
        return b"".join(
            (self.content[:start], tag, self.content[inner:end], *self._new, self.content[end:])
        )


@once
def _known(content: bytes) -> _Known | None:
    if splicing.start_tag(content, b"styleSheet") is None:
        return None
    formats, fills = _entries(content, b"cellXfs", _FORMAT), _entries(content, b"fills", _FILL)
    return _Known(formats, fills) if formats and fills else None


def _entries(content: bytes, name: bytes, entry: re.Pattern[bytes]) -> tuple[bytes, ...]:
    """The entries of a list; empty where there is anything else in it."""
    inside = re.findall(rb"<%s(?: count=\"[0-9]+\")?>(.*?)</%s>" % (name, name), content, re.DOTALL)
    found = entry.findall(inside[0]) if len(inside) == content.count(b"<%s" % name) == 1 else []
    return tuple(found) if found and b"".join(found) == inside[0] else ()


def _fill_id(form: bytes) -> int:
    found = _FILL_ID.match(form)
    return int(found[1]) if found else 0


def _refilled(form: bytes, fill: int) -> bytes:
    end = form.index(b">") + 1
    tag = splicing.with_attribute(form[:end], b"fillId", b"%d" % fill)
    return splicing.with_attribute(tag, b"applyFill", b"1") + form[end:]
