"""A package under change: parts parsed once, changed as trees, written at the end."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, count
from xml.sax.saxutils import quoteattr

from lxml import etree

from perfeval.ooxml import splicing
from perfeval.ooxml.alike import once
from perfeval.ooxml.elements import (
    DECLARATION,
    RELATIONSHIPS,
    STRICT_RELATIONSHIPS,
    namespace,
    serialise,
)
from perfeval.ooxml.package import CONTENT_TYPES, Package, Relationship, parse, rels_name, resolve

_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


_before_end = once(splicing.before_end)


@dataclass(slots=True)
class Draft:
    """The changes to a package so far. Part names are stored names."""

    package: Package
    _trees: dict[str, etree._Element] = field(default_factory=dict)
    _seen: dict[str, etree._Element] = field(default_factory=dict)  # parsed to be read only
    _blobs: dict[str, bytes | None] = field(default_factory=dict)
    _rels: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def tree(self, name: str) -> etree._Element:
        """The root of a part, to be changed in place; the part counts as rewritten."""
        if name not in self._trees:
            self._trees[name] = self.peek(name)
            self._seen.pop(name, None)
            self._blobs.pop(name, None)
        return self._trees[name]

    def read(self, name: str) -> bytes:
        """The bytes of a part as the draft has it."""
        if name in self._trees:
            return serialise(self._trees[name])
        blob = self._blobs.get(name)
        return self.package.read(name) if blob is None else blob

    def peek(self, name: str) -> etree._Element:
        """The root of a part for reading only."""
        if name in self._trees:
            return self._trees[name]
        if name not in self._seen:
            self._seen[name] = parse(self.read(name), name)
        return self._seen[name]

    def write(self, name: str, content: bytes) -> None:
        """Replace a part, or add one."""
        self._trees.pop(name, None)
        self._seen.pop(name, None)
        self._blobs[name] = content

    def has(self, name: str) -> bool:
        """Whether the part exists in the draft."""
        if name in self._trees:
            return True
        if name in self._blobs:
            return self._blobs[name] is not None
        return self.package.find(name) is not None

    def names(self, ending: str = "") -> list[str]:
        """All parts of the draft, or those whose names end so in any case."""
        names = {**self.package.members, **self._blobs}
        return [name for name in names if name.lower().endswith(ending) and self.has(name)]

    def is_open(self, name: str) -> bool:
        """Whether the part is parsed for change already."""
        return name in self._trees

    def parts(self) -> dict[str, bytes | None]:
        """All rewritten, new (bytes) and removed (None) parts, in a fixed order."""
        found: dict[str, bytes | None] = dict(self._blobs)
        found.update({name: serialise(tree) for name, tree in self._trees.items()})
        return dict(sorted(found.items()))

    def to_bytes(self) -> bytes:
        """The new package."""
        return self.package.with_parts(self.parts())

    # --- parts, their types and relationships

    def add_part(self, pattern: str, content_type: str, *, bare: bool = False) -> str:
        """Reserve a name like "xl/comments{}.xml" that nothing has or refers to; declare its type.

        A dangling relationship or Override must not begin to resolve to a part of ours. `bare`
        tries the name without a number first.
        """
        numbers = chain(("",) if bare else (), count(1))
        name = next(n for n in map(pattern.format, numbers) if not self._is_taken(n))
        self._blobs[name] = b""
        self.declare(name, content_type)
        return name

    def append(self, name: str, root: bytes, xml: str) -> None:
        """Add `xml`, written without a prefix, as the last thing in the root element of a part."""
        if name not in self._trees:
            made = _before_end(self.read(name), root, xml)
            if made is not None:
                self.write(name, made)
                return
        tree = self.tree(name)
        tree.extend(etree.fromstring(f'<w xmlns="{namespace(tree)}">{xml}</w>'))

    def declare(self, name: str, content_type: str) -> None:
        """Give a part its content type by an Override, unless a Default gives it already."""
        if self.package.default_type(name) != content_type:
            xml = f'<Override PartName={quoteattr("/" + name)} ContentType="{content_type}"/>'
            self.append(self._stored(CONTENT_TYPES), b"Types", xml)

    def remove_part(self, name: str) -> None:
        """Take a part out, with its content type and its relationships part."""
        self._rels.pop(name, None)
        for gone in (name, self._rels_part(name)):
            if self.has(gone):
                self._trees.pop(gone, None)
                self._seen.pop(gone, None)
                self._blobs.pop(gone, None)
                if self.package.find(gone) is not None:
                    self._blobs[gone] = None
            types = self.tree(self._stored(CONTENT_TYPES))
            for node in types.findall(_CT + "Override"):
                if node.get("PartName", "").lstrip("/").lower() == gone.lower():
                    types.remove(node)

    def rels(self, part: str) -> dict[str, Relationship]:
        """As Package.rels, with the draft's changes."""
        if part not in self._rels:
            self._rels[part] = self._read_rels(part)
        return self._rels[part]

    def _read_rels(self, part: str) -> dict[str, Relationship]:
        name = self._rels_part(part)
        if name not in self._trees and name not in self._blobs:
            return self.package.rels(part)
        if not self.has(name):
            return {}
        found = {}
        for node in self.peek(name):
            target, external = node.get("Target", ""), node.get("TargetMode") == "External"
            if not external:
                target = resolve(part, target)
                target = self.package.find(target) or target
            kind = node.get("Type", "").replace(STRICT_RELATIONSHIPS, RELATIONSHIPS)
            found[node.get("Id", "")] = Relationship(kind, target, external)
        return found

    def relate(self, part: str, kind: str, target: str, *, strict: bool = False) -> str:
        """Add a relationship to `target` and return its id.

        `kind` is the last word of an office relationship, or a whole address. The id has a prefix
        of our own, so that a dangling r:id never begins to resolve.
        """
        base = STRICT_RELATIONSHIPS if strict else RELATIONSHIPS
        name, known = self._made_rels(part), self.rels(part)
        number = 1
        while (rid := f"rIdPe{number}") in known:
            number += 1
        address = kind if ":" in kind else f"{base}/{kind}"
        way = quoteattr(_way(part, target))
        xml = f'<Relationship Id="{rid}" Type="{address}" Target={way}/>'
        self.append(name, b"Relationships", xml)
        shown = address.replace(STRICT_RELATIONSHIPS, RELATIONSHIPS)
        self._rels[part] = {**known, rid: Relationship(shown, target)}
        return rid

    def unrelate(self, part: str, target: str) -> None:
        """Take away the relationships from `part` to `target`."""
        gone = {rid for rid, rel in self.rels(part).items() if rel.target == target}
        if not gone:
            return
        root = self.tree(self._rels_part(part))
        self._rels.pop(part, None)
        for node in list(root):
            if node.get("Id") in gone:
                root.remove(node)

    def _made_rels(self, part: str) -> str:
        """The relationships part of a part, made where there is none."""
        name = self._rels_part(part)
        if not self.has(name):
            self.write(
                name, f'{DECLARATION}<Relationships xmlns="{_RELS}"></Relationships>'.encode()
            )
            # LibreOffice declares each .rels by an Override and has no Default
            self.declare(name, _RELS_TYPE)
        return name

    def _rels_part(self, part: str) -> str:
        name = rels_name(part)
        return self.package.find(name) or name

    def _stored(self, name: str) -> str:
        return self.package.find(name) or name

    def _is_taken(self, name: str) -> bool:
        return self.has(name) or self.package.mentions(name.rpartition("/")[2])


@lru_cache(maxsize=256)
def _way(part: str, target: str) -> str:
    """The path to `target` as `part` writes it."""
    return posixpath.relpath("/" + target, "/" + posixpath.dirname(part.replace("\\", "/")))
