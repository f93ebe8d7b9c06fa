"""The links of a sheet that openpyxl writes row by row: on disk until the sheet is whole.

openpyxl itself keeps an object for each link and makes trees of all of them: 2.5 KB a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any  # openpyxl's sheets and writers carry no types of use here

from lxml import etree
from openpyxl.packaging.relationship import Relationship, RelationshipList, get_rels_path
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.xml.constants import PKG_REL_NS, REL_NS

from perfeval.spool import Rows

_SPECIAL = re.compile('[&<>"]')
_ID = f"{{{REL_NS}}}id"


class LinkedWriter(WorksheetWriter):
    """Writes a sheet of a write-only workbook, the same bytes; all links lead out of the book.

    It takes rows of openpyxl's cells, which are slow, and ready ones.
    """

    _rels: Any
    xf: Any

    def __init__(self, sheet: Any) -> None:
        super().__init__(sheet)
        self._ready: etree._Element | None = None
        self._links = sheet._hyperlinks = _Links()  # to which openpyxl appends those of cells

    def append(self, row: str) -> None:
        """Append a row that is ready: a row element without a prefix."""
        self._ready = etree.fromstring(row)
        self.ws.append(())

    def link(self, ref: str, target: str) -> None:
        """Make a cell of ready rows a link."""
        self._links.add((ref, target))

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:
        """As openpyxl does, or the row that is ready."""
        if self._ready is None:
            super().write_row(xf, row, row_idx)
        else:
            xf.write(self._ready)
            self._ready = None

    def write_hyperlinks(self) -> None:
        """The links, one at a time."""
        if not len(self._links):
            return
        file = self.xf.send(True)
        with file.element("hyperlinks"):
            for number, (ref, _) in enumerate(self._links, 1):
                file.write(etree.Element("hyperlink", {"ref": ref, _ID: f"rId{number}"}))
        self.xf.send(None)
        self._rels = _Rels(len(self._links))

    def relationships(self) -> tuple[str, Iterator[bytes]] | None:
        """The part that says where the links lead, once the workbook is saved; None without any."""
        if not len(self._links):
            return None
        return get_rels_path(self.ws.path)[1:], self._relationships()  # type: ignore[no-untyped-call]  # openpyxl's

    def _relationships(self) -> Iterator[bytes]:
        yield f'<Relationships xmlns="{PKG_REL_NS}">'.encode()
        for number, (_, target) in enumerate(self._links, 1):
            yield _relationship(target, f"rId{number}")
        for other in self._rels[1:]:
            yield etree.tostring(other.to_tree(), encoding="utf-8")
        yield b"</Relationships>"


def _relationship(target: str, name: str) -> bytes:
    kind = f"{REL_NS}/hyperlink"
    if target.isprintable() and not _SPECIAL.search(target):
        return (
            f'<Relationship Type="{kind}" Target="{target}" TargetMode="External" Id="{name}"/>'
        ).encode()
    said = {"Type": kind, "Target": target, "TargetMode": "External", "Id": name}
    return etree.tostring(etree.Element("Relationship", said), encoding="utf-8")


class _Rels(RelationshipList):
    """One that stands for all links, so that openpyxl writes a part; a chart's follow them."""

    def __init__(self, links: int) -> None:
        super().__init__([Relationship(Id="rId1", type="hyperlink", Target="")])
        self._links = links

    def append(self, value: Relationship) -> None:
        value.Id = f"rId{self._links + len(self)}"
        super().append(value)


class _Links(Rows[tuple[str, str]]):
    """Cell and target of each."""

    def __init__(self) -> None:
        super().__init__(tuple[str, str])

    def append(self, link: Hyperlink) -> None:
        self.add((link.ref, link.target or ""))
