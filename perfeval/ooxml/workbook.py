"""The workbook part: its sheets, defined names, active tab and calculation settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVarTuple
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from perfeval.ooxml import splicing
from perfeval.ooxml.alike import once
from perfeval.ooxml.cells import whole_number
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.elements import (
    RELATIONSHIPS,
    STRICT_RELATIONSHIPS,
    WORKBOOK,
    child,
    ensure_child,
    local,
    namespace,
)
from perfeval.ooxml.package import parse

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SELECTED = re.compile(
    rb"""(<(?:\w+:)?sheetView\s[^<>]*?(?<=\s)tabSelected\s*=\s*["'])(?:1|true)(["'])"""
)
_SHEET_ID = re.compile(rb"""\ssheetId\s*=\s*["'](\d{1,9})["']""")
_PREFIX = re.compile(
    rb"""\sxmlns:([A-Za-z]+)\s*=\s*["'](?:%s|%s)["']"""
    % (RELATIONSHIPS.encode(), STRICT_RELATIONSHIPS.encode())
)
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Said = TypeVarTuple("Said")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it. `part` is "" where the relationship leads nowhere."""

    name: str
    part: str
    kind: str  # worksheet, chartsheet, dialogsheet, …


@dataclass(slots=True)
class WorkbookPart:
    """The workbook part of a draft."""

    draft: Draft
    part: str
    _sheets: list[SheetEntry] | None = None

    @classmethod
    def of(cls, draft: Draft) -> WorkbookPart:
        return cls(draft, draft.package.workbook_part)

    @property
    def is_strict(self) -> bool:
        return "purl.oclc.org" in self.space

    @property
    def space(self) -> str:
        """The main namespace as this workbook writes it."""
        return self._list()[0]

    def sheets(self) -> list[SheetEntry]:
        """All sheets in tab order."""
        if self._sheets is None:
            self._sheets = self._read_sheets()
        return self._sheets

    def _read_sheets(self) -> list[SheetEntry]:
        rels = self.draft.rels(self.part)
        found = []
        for name, rid in self._list()[1]:
            rel = rels.get(rid)
            there = rel is not None and self.draft.has(rel.target)
            target, kind = (rel.target, rel.kind) if rel and there else ("", "")
            found.append(SheetEntry(name, target, kind))
        return found

    def _list(self) -> _List:
        """The namespace, and name and relationship of each sheet."""
        if self.draft.is_open(self.part):
            return _listed(self.draft.tree(self.part))
        return _list_of(self.draft.read(self.part), self.part)

    def sheet(self, name: str) -> SheetEntry | None:
        """The worksheet called `name`; None if there is none that can be patched."""
        for entry in self.sheets():
            if entry.name == name and entry.part and entry.kind == "worksheet":
                return entry
        return None

    def related(self, kind: str) -> str | None:
        """The workbook's part of a kind ("styles", "calcChain"); None if it has none."""
        for rel in self.draft.rels(self.part).values():
            if rel.kind == kind and not rel.external and self.draft.has(rel.target):
                return rel.target
        return None

    def free_name(self, wanted: str) -> str:
        """`wanted`, or `wanted`(2) … where a sheet of that name exists (case does not count)."""
        wanted = wanted.translate(_FORBIDDEN)[:31]
        taken = {entry.name.casefold() for entry in self.sheets()}
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted[:26]}({number})"
        return name

    def add_sheet(self, name: str) -> str:
        """Append a sheet at the end and return the name of its (still empty) part."""
        known = self.sheets()
        part = self.draft.add_part("xl/worksheets/sheet{}.xml", _SHEET_TYPE)
        rid = self.draft.relate(self.part, "worksheet", part, strict=self.is_strict)
        self._sheets = [*known, SheetEntry(name, part, "worksheet")]
        if self._splice(_with_sheet, name, rid):
            return part
        root = self.draft.tree(self.part)
        sheets = ensure_child(root, "sheets", WORKBOOK)
        ids = [
            int(node.get("sheetId", "0")) for node in sheets if node.get("sheetId", "").isdigit()
        ]
        node = etree.SubElement(sheets, f"{{{namespace(root)}}}sheet", name=name)
        node.set("sheetId", str(max(ids, default=0) + 1))
        relationships = STRICT_RELATIONSHIPS if self.is_strict else RELATIONSHIPS
        node.set(f"{{{relationships}}}id", rid)
        return part

    def remove_sheet(self, name: str) -> None:
        """Take a sheet out, with its part and what only it refers to."""
        names = [entry.name for entry in self.sheets()]
        if name not in names or len(names) == 1:
            return
        index = names.index(name)
        part = self.sheets()[index].part
        self._sheets = None
        node = self._sheet_nodes()[index]
        node.getparent().remove(node)  # type: ignore[union-attr]  # a sheet stands in sheets
        self._forget_names(name, index)
        for view in self._views():
            active = whole_number(view.get("activeTab"))
            if active >= index:
                view.set("activeTab", str(max(active - 1, 0) if active > index else 0))
        if part:
            self.draft.unrelate(self.part, part)
            for rel in self.draft.rels(part).values():
                if (
                    not rel.external
                    and self.draft.has(rel.target)
                    and not self._shared(rel.target, part)
                ):
                    self.draft.remove_part(rel.target)
            self.draft.remove_part(part)

    def activate(self, index: int) -> None:
        """Show the sheet at `index` on opening; the tab of every other sheet is deselected.

        Two selected tabs are a group: what is typed into one goes into both.
        """
        if not self._splice(_with_attribute, "workbookView", "activeTab", str(index)):
            root = self.draft.tree(self.part)
            views = ensure_child(root, "bookViews", WORKBOOK)
            if len(views) == 0:
                etree.SubElement(views, f"{{{namespace(root)}}}workbookView")
            for view in self._views():
                view.set("activeTab", str(index))
        for position, entry in enumerate(self.sheets()):
            if entry.part and position != index:
                self._deselect(entry.part)

    def define(
        self, name: str, text: str, *, sheet: int | None = None, hidden: bool = False
    ) -> None:
        """Add a defined name, of the sheet at index `sheet` or of the workbook."""
        of_sheet = "" if sheet is None else f' localSheetId="{sheet}"'
        also = ' hidden="1"' if hidden else ""
        xml = f'<definedName name="{name}"{of_sheet}{also}>{escape(text)}</definedName>'
        if self._splice(_with_name, xml):
            return
        root = self.draft.tree(self.part)
        names = ensure_child(root, "definedNames", WORKBOOK)
        node = etree.SubElement(names, f"{{{namespace(root)}}}definedName", name=name)
        if sheet is not None:
            node.set("localSheetId", str(sheet))
        if hidden:
            node.set("hidden", "1")
        node.text = text

    def defined(self, name: str) -> str | None:
        """The text of a defined name of the workbook; None if it is not defined."""
        names = child(self.draft.peek(self.part), "definedNames")
        for node in names if names is not None else ():
            if node.get("name", "").casefold() == name.casefold():
                return node.text or ""
        return None

    def undefine(self, name: str) -> None:
        """Remove a defined name."""
        names = child(self.draft.tree(self.part), "definedNames")
        if names is None:
            return
        for node in list(names):
            if node.get("name", "").casefold() == name.casefold():
                names.remove(node)
        _drop_if_empty(names)

    def recalculate_on_load(self) -> None:
        """Ask the application to compute all formulas when it opens the file."""
        if not self._splice(_with_attribute, "calcPr", "fullCalcOnLoad", "1"):
            ensure_child(self.draft.tree(self.part), "calcPr", WORKBOOK).set("fullCalcOnLoad", "1")

    def _splice(self, change: Callable[[bytes, *Said], bytes | None], *said: *Said) -> bool:
        """Change the part as text; False where it has to be changed as a tree."""
        if self.draft.is_open(self.part):
            return False
        made = change(self.draft.read(self.part), *said)
        if made is not None:
            self.draft.write(self.part, made)
        return made is not None

    def _sheet_nodes(self) -> list[etree._Element]:
        sheets = child(self.draft.peek(self.part), "sheets")
        return [] if sheets is None else [node for node in sheets if local(node) == "sheet"]

    def _views(self) -> Iterator[etree._Element]:
        views = child(self.draft.tree(self.part), "bookViews")
        yield from () if views is None else (n for n in views if local(n) == "workbookView")

    def _deselect(self, part: str) -> None:
        if self.draft.is_open(part):
            for view in self.draft.tree(part).iterfind("{*}sheetViews/{*}sheetView"):
                if view.get("tabSelected"):
                    view.set("tabSelected", "0")
            return
        content = self.draft.read(part)
        last = content.rfind(b"tabSelected", 0, 65536)
        end = content.find(b">", last) if last >= 0 else 0
        made, selected = _SELECTED.subn(rb"\g<1>0\2", content[:end])
        if selected:
            self.draft.write(part, made + content[end:])

    def _forget_names(self, sheet: str, index: int) -> None:
        names = child(self.draft.tree(self.part), "definedNames")
        if names is None:
            return
        quoted = (f"'{sheet}'!", f"{sheet}!")
        for node in list(names):
            owner = node.get("localSheetId")
            if owner == str(index) or (node.text or "").startswith(quoted):
                names.remove(node)
            elif owner is not None and owner.isdigit() and int(owner) > index:
                node.set("localSheetId", str(int(owner) - 1))
        _drop_if_empty(names)

    def _shared(self, target: str, owner: str) -> bool:
        """Whether a sheet other than `owner` refers to `target`."""
        others = (entry.part for entry in self.sheets() if entry.part and entry.part != owner)
        return any(
            rel.target == target for part in others for rel in self.draft.rels(part).values()
        )


_List = tuple[str, tuple[tuple[str, str], ...]]


@once
def _list_of(content: bytes, part: str) -> _List:
    return _listed(parse(content, part))


def _listed(root: etree._Element) -> _List:
    sheets = child(root, "sheets")
    nodes = () if sheets is None else sheets
    return namespace(root), tuple(
        (node.get("name", ""), _relationship_id(node)) for node in nodes if local(node) == "sheet"
    )


@once
def _with_sheet(content: bytes, name: str, rid: str) -> bytes | None:
    head = splicing.start_tag(content, b"workbook")
    prefix = None if head is None else _PREFIX.search(head)
    if prefix is None:
        return None
    number = max(map(int, _SHEET_ID.findall(content)), default=0) + 1
    xml = f'<sheet name={quoteattr(name)} sheetId="{number}" {prefix[1].decode()}:id="{rid}"/>'
    return splicing.before(content, b"</sheets>", xml)


@once
def _with_name(content: bytes, xml: str) -> bytes | None:
    if splicing.start_tag(content, b"workbook") is None:
        return None
    if b"definedNames" in content:
        return splicing.before(content, b"</definedNames>", xml)
    if b"functionGroups" in content:
        return None
    end = b"</externalReferences>" if b"externalReferences" in content else b"</sheets>"
    return splicing.after(content, end, f"<definedNames>{xml}</definedNames>")


@once
def _with_attribute(content: bytes, element: str, key: str, value: str) -> bytes | None:
    if splicing.start_tag(content, b"workbook") is None:
        return None
    return splicing.with_attributes(content, element.encode(), key.encode(), value.encode())


def _relationship_id(node: etree._Element) -> str:
    for relationships in (RELATIONSHIPS, STRICT_RELATIONSHIPS):
        rid = node.get(f"{{{relationships}}}id")
        if rid is not None:
            return rid
    return ""


def _drop_if_empty(node: etree._Element) -> None:
    parent = node.getparent()
    if len(node) == 0 and parent is not None:
        parent.remove(node)
