"""The styles part: formats are cloned and appended, an entry of the submitter's is never edited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from perfeval.ooxml import splicing, style_ids
from perfeval.ooxml.alike import once
from perfeval.ooxml.elements import STYLES, child, ensure_child, local, namespace, serialise
from perfeval.ooxml.package import parse
from perfeval.ooxml.workbook import WorkbookPart

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FEWEST_FILLS = 2  # the first two are reserved: none and gray125, whatever the file says
_MOST_PADDING = 10_000
MOST_FORMATS = 65_490  # that Excel opens; beyond, a cell keeps its look and our sheet is plain


@dataclass(frozen=True, slots=True)
class CellFormat:
    """A format of our own as XML fragments; `inner` holds alignment and protection."""

    font: str
    fill: str
    border: str
    inner: str
    typed: bool  # a text that begins like a formula


@dataclass(frozen=True, slots=True, eq=False)
class FormatSet:
    """Formats of our own that are appended together; told apart by identity."""

    formats: tuple[CellFormat, ...]


def add_formats(workbook: WorkbookPart, ours: FormatSet, *, pointed: int) -> Sequence[int]:
    """Append formats of our own and return their indexes; 0 where there is no room for them.

    `pointed` is the highest format that the sheets point to, if it is none of the file's.
    """
    part = workbook.related("styles") or _new_part(workbook)
    content = workbook.draft.read(part)
    made, indexes = _with_formats(content, part, pointed, ours)
    workbook.draft.write(part, made)
    return indexes


@dataclass(slots=True)
class Styles:
    """The cell formats of a draft."""

    root: etree._Element
    _clones: dict[tuple[int, str], int] = field(default_factory=dict)
    _fills: dict[int, str | None] = field(default_factory=dict)
    _xfs: list[etree._Element] = field(default_factory=list)
    _lists: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def of(cls, workbook: WorkbookPart) -> Styles:
        """Open the styles part for change; make one where the workbook has none."""
        part = workbook.related("styles") or _new_part(workbook)
        styles = cls(workbook.draft.tree(part))
        styles.complete(highest_style(workbook, known=styles.count))
        return styles

    @classmethod
    def with_ours(cls, workbook: WorkbookPart) -> Styles:
        """Open the styles part for change after `add_formats`."""
        part = workbook.related("styles")
        assert part is not None  # it has been written to
        return cls(workbook.draft.tree(part))

    @property
    def count(self) -> int:
        """How many cell formats there are."""
        return len(self._formats())

    def with_fill(self, base: int, rgb: str) -> int:
        """The format `base` with a solid fill, everything else kept."""
        return self._clone(base, "fill " + rgb, lambda node: self._refill(node, solid(rgb)))

    def with_fill_xml(self, base: int, fill: str | None) -> int:
        """The format `base` with the given `fill` element (None: no fill)."""
        return self._clone(base, f"xml {fill}", lambda node: self._refill(node, fill))

    def as_typed_text(self, base: int) -> int:
        """The format `base` for a text that begins like a formula: editing it keeps it a text."""
        return self._clone(base, "text", lambda node: node.set("quotePrefix", "1"))

    def fill_xml(self, style: int) -> str | None:
        """The fill of a format as XML; None if it has none."""
        if style not in self._fills:
            self._fills[style] = self._fill_xml(style)
        return self._fills[style]

    def _fill_xml(self, style: int) -> str | None:
        formats, fills = self._formats(), self._list("fills")
        number = _number(formats[style], "fillId") if 0 <= style < len(formats) else 0
        if not 0 < number < len(fills):
            return None
        text = etree.tostring(fills[number], encoding="unicode", with_tail=False)
        return re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", re.sub(r"<(/?)\w+:", r"<\1", text))

    def append(self, formats: Sequence[CellFormat]) -> Sequence[int]:
        """As `add_formats`."""
        first = self.count
        if first + len(formats) > MOST_FORMATS:
            return [0] * len(formats)
        nodes = "".join(
            f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" '
            f'applyAlignment="1" quotePrefix="{int(look.typed)}">'
            f"{look.inner}</xf>"
            for look, font, fill, border in zip(
                formats,
                self._entries("fonts", [look.font for look in formats]),
                self._entries("fills", [look.fill for look in formats]),
                self._entries("borders", [look.border for look in formats]),
                strict=True,
            )
        )
        for node in self._elements(nodes):
            self._append(node)
        return range(first, self.count)

    def _entries(self, listed: str, fragments: Sequence[str]) -> list[int]:
        """The indexes of entries of ours, each appended once; 0, the plain one, for ""."""
        entries = self._list(listed)
        new = [xml for xml in dict.fromkeys(fragments) if xml and (-1, xml) not in self._clones]
        for xml, node in zip(new, self._elements("".join(new)), strict=True):
            self._clones[-1, xml] = len(entries)
            entries.append(node)
        entries.set("count", str(len(entries)))
        return [self._clones[-1, xml] if xml else 0 for xml in fragments]

    def _clone(self, base: int, key: str, change: Callable[[etree._Element], None]) -> int:
        base = base if 0 <= base < self.count else 0
        if (base, key) not in self._clones and self.count >= MOST_FORMATS:
            return base
        if (base, key) not in self._clones:
            node = deepcopy(self._formats()[base])
            change(node)
            self._clones[base, key] = self._append(node)
        return self._clones[base, key]

    def _append(self, node: etree._Element) -> int:
        formats = self._list("cellXfs")
        known = self._formats()
        formats.append(node)
        known.append(node)
        formats.set("count", str(len(known)))
        return len(known) - 1

    def _refill(self, node: etree._Element, fill: str | None) -> None:
        node.set("fillId", str(self._entries("fills", [fill or ""])[0]))
        node.set("applyFill", "1")

    def _elements(self, xml: str) -> list[etree._Element]:
        return list(etree.fromstring(f'<w xmlns="{namespace(self.root)}">{xml}</w>'))

    def _formats(self) -> list[etree._Element]:
        if not self._xfs:
            self._xfs = [node for node in self._list("cellXfs") if local(node) == "xf"]
        return self._xfs

    def _list(self, name: str) -> etree._Element:
        if name not in self._lists:
            self._lists[name] = ensure_child(self.root, name, STYLES)
        return self._lists[name]

    def complete(self, pointed: int) -> None:
        """Fill what is missing or dangling, so that an entry we append changes no cell's look.

        `pointed` is the highest format that the sheets point to, if it is none of the file's.
        """
        blank = {
            "fonts": '<font><sz val="11"/><name val="宋体"/></font>',
            "fills": '<fill><patternFill patternType="none"/></fill>',
            "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
        }
        formats = list(self.root.iter(f"{{{namespace(self.root)}}}xf"))
        for name, xml in blank.items():
            used = [_number(node, name[:-1] + "Id") for node in formats]
            fewest = max([*used, _FEWEST_FILLS - 1 if name == "fills" else 0]) + 1
            self._pad(name, xml, fewest)
        if child(self.root, "cellStyleXfs") is None:
            self._pad("cellStyleXfs", '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>', 1)
        plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        self._pad("cellXfs", plain, max(1, pointed + 1))

    def _pad(self, name: str, xml: str, fewest: int) -> None:
        entries, fewest = self._list(name), min(fewest, _MOST_PADDING)
        if len(entries) < fewest:
            while len(entries) < fewest:
                gray = name == "fills" and len(entries) == 1
                entries.extend(self._elements(xml.replace("none", "gray125") if gray else xml))
            entries.set("count", str(len(entries)))
            self._xfs.clear()


def solid(rgb: str) -> str:
    """A solid fill as XML."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{rgb}"/>'
        f'<bgColor indexed="64"/></patternFill></fill>'
    )


@once
def _with_formats(
    content: bytes, part: str, pointed: int, ours: FormatSet
) -> tuple[bytes, Sequence[int]]:
    styles = Styles(parse(content, part))
    styles.complete(pointed)
    indexes = styles.append(ours.formats)
    return serialise(styles.root), indexes


def _new_part(workbook: WorkbookPart) -> str:
    """An empty styles part; one that is referred to and missing is put where it should be."""
    draft = workbook.draft
    missing = [rel.target for rel in draft.rels(workbook.part).values() if rel.kind == "styles"]
    if missing:
        part = missing[0]
        draft.declare(part, _TYPE)
    else:
        part = draft.add_part("xl/styles{}.xml", _TYPE, bare=True)  # openpyxl looks there
        draft.relate(workbook.part, "styles", part, strict=workbook.is_strict)
    space = namespace(draft.peek(workbook.part))
    draft.write(part, f'<styleSheet xmlns="{space}"/>'.encode())
    return part


def highest_style(workbook: WorkbookPart, *, known: int) -> int:
    """The highest format that cells of a workbook point to beyond those `known`; else -1."""
    sheets = (
        workbook.draft.read(entry.part)
        for entry in workbook.sheets()
        if entry.part and entry.kind == "worksheet"
    )
    return style_ids.highest(sheets, least=known)


def known_formats(workbook: WorkbookPart) -> int:
    """How many cell formats a workbook has at least; 0 where they are not written as usual."""
    part = workbook.related("styles")
    return 0 if part is None else _listed_formats(workbook.draft.read(part))


@once
def _listed_formats(content: bytes) -> int:
    start, end = content.find(b"<cellXfs"), content.find(b"</cellXfs>")
    plain = splicing.start_tag(content, b"styleSheet") is not None and 0 < start < end
    return content.count(b"<xf ", start, end) if plain else 0


def _number(node: etree._Element, attribute: str) -> int:
    text = node.get(attribute, "0")
    return int(text) if text.isascii() and text.isdigit() else 0
