"""An .xlsx package: parts, content types and relationships, read safely, copied faithfully."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from urllib.parse import unquote

from lxml import etree

from perfeval.errors import UnreadableError
from perfeval.ooxml import rawzip
from perfeval.ooxml.alike import ALIKE, SMALL, once

CONTENT_TYPES = "[Content_Types].xml"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_KEPT = 2**20  # bytes of a part that is kept unpacked for a second reading
# Strict files (ISO 29500) name the same things by other addresses.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _OFFICE.encode()),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another. `target` is a member name, or an address if `external`."""

    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type: worksheet, comments, vmlDrawing, …"""
        return self.type.rpartition("/")[2]


@dataclass(slots=True)
class Package:
    """An opened package. Nothing in it changes; `with_parts` writes a new one."""

    members: Mapping[str, rawzip.Member]
    _rels: dict[str, dict[str, Relationship]] = field(default_factory=dict, repr=False)
    _unpacked: dict[str, bytes] = field(default_factory=dict, repr=False)
    _packed: dict[str, tuple[bytes, rawzip.Member]] = field(default_factory=dict, repr=False)
    _listing: bytes | None = field(default=None, repr=False)
    _folds: Mapping[str, str] | None = field(default=None, repr=False)
    _workbook: str = ""

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Open a package. Raises UnreadableError (saying what the file is) and EncryptedError."""
        if not data.startswith(b"PK"):
            raise _not_a_package(data)
        return cls.of(rawzip.read_members(data))

    @classmethod
    def of(cls, members: Mapping[str, rawzip.Member]) -> Package:
        """A package of members in the order given."""
        return cls(members)

    def names(self) -> tuple[str, ...]:
        """Member names as stored."""
        return tuple(self.members)

    def find(self, name: str) -> str | None:
        """The stored name of a part, whatever its case and slashes; None if it is not there."""
        if name in self.members:
            return name
        if self._folds is None:
            self._folds = _folded(self.names())
        return self._folds.get(_fold(name))

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises UnreadableError if it is missing or damaged."""
        if name in self._unpacked:
            return self._unpacked[name]
        stored = self.find(name)
        if stored is None:
            raise UnreadableError(
                f"文件不完整：缺少“{name}”。请用 Excel 或 WPS 打开后另存一次",
                f"the file is incomplete: {name!r} is missing; "
                "open it in Excel or WPS and save it again",
            )
        if stored in self._unpacked:
            return self._unpacked[stored]
        member = self.members[stored]
        if member.size <= SMALL and stored.endswith(ALIKE):
            content = _unpacked(member.packed, stored, member.method, member.crc, member.size)
        else:
            content = member.unpack()
        if len(content) <= _KEPT:
            self._unpacked[stored] = content
        return content

    def xml(self, name: str) -> etree._Element:
        """A part for reading: strict namespaces appear as transitional ones."""
        return parse(as_transitional(self.read(name)), name)

    def source_xml(self, name: str) -> etree._Element:
        """A part for patching: namespaces as they are written."""
        return parse(self.read(name), name)

    def rels(self, part: str) -> dict[str, Relationship]:
        """Relationships of a part by id, targets resolved; `part` "" is the package itself.

        A target that does not exist is given as it would be named. Strict types appear as
        transitional ones.
        """
        if part not in self._rels:
            self._rels[part] = self._read_rels(part)
        return self._rels[part]

    def _read_rels(self, part: str) -> dict[str, Relationship]:
        stored = self.find(rels_name(part))
        if stored is None:
            return {}
        found = dict(_links(as_transitional(self.read(stored)), stored, part))
        for key, rel in found.items():
            if not rel.external and rel.target not in self.members:
                found[key] = replace(rel, target=self.find(rel.target) or rel.target)
        return found

    def mentions(self, step: str) -> bool:
        """Whether a path in relationships or content types ends with `step`, in any case."""
        if self._listing is None:
            listing = [name for name in self.members if name.lower().endswith(".rels")]
            text = b"\0".join(self.read(name) for name in (*listing, CONTENT_TYPES))
            self._listing = text.lower()
        wanted = step.lower().encode()
        if wanted not in self._listing:
            return False
        quoted = rb"""[/\\"']%s["']""" % re.escape(wanted)
        return re.search(quoted, self._listing) is not None

    def default_type(self, part: str) -> str:
        """The content type that a part has by its ending, "" if none is declared for it."""
        return self._content_types()[0].get(part.rpartition(".")[2].lower(), "")

    def content_type(self, part: str) -> str:
        """The content type of a part, "" if none is declared."""
        defaults, overrides = self._content_types()
        extension = part.rpartition(".")[2].lower()
        return overrides.get(_fold(part)) or defaults.get(extension, "")

    @property
    def workbook_part(self) -> str:
        """The name of the workbook part. Raises UnreadableError if there is no workbook."""
        if not self._workbook:
            self._workbook = self._find_workbook()
        return self._workbook

    def _find_workbook(self) -> str:
        related = (rel.target for rel in self.rels("").values() if rel.kind == "officeDocument")
        typed = (name for name in self.members if ".main+xml" in self.content_type(name))
        for name in chain(related, typed, ("xl/workbook.xml",)):
            stored = self.find(name)
            if stored and ("sheet" in self.content_type(stored) or "workbook" in stored.lower()):
                return stored
        raise UnreadableError(*_what_package(self.members))

    def with_parts(self, parts: Mapping[str, bytes | rawzip.Member | None]) -> bytes:
        """A copy with parts replaced, added or removed (None); all others copied as they lie.

        A part given as a Member is written as it is packed.
        """
        packed = {
            name: self._pack(name, part) if isinstance(part, bytes) else part
            for name, part in parts.items()
        }
        return rawzip.write_members(rawzip.replaced(self.members, packed))

    def _pack(self, name: str, content: bytes) -> rawzip.Member:
        """A part to be written; two copies of a package often have the same one."""
        if name not in self._packed or self._packed[name][0] != content:
            member = rawzip.pack(name, content, like=self.members.get(name))
            self._packed[name] = content, member
        return self._packed[name][1]

    def replaced(self, parts: Mapping[str, bytes | rawzip.Member | None]) -> Package:
        """As `with_parts`, not written but as a package."""
        members = rawzip.replaced(self.members, parts)
        return Package.of({member.name: member for member in members})

    def _content_types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        if self.find(CONTENT_TYPES) is None:
            return {}, {}
        return _declared_types(as_transitional(self.read(CONTENT_TYPES)), CONTENT_TYPES)


@once
def _unpacked(packed: bytes, name: str, method: int, crc: int, size: int) -> bytes:
    return rawzip.Member(name, packed, method, crc, size).unpack()


@lru_cache(maxsize=128)
def _folded(names: tuple[str, ...]) -> Mapping[str, str]:
    return {_fold(name): name for name in names}


@once
def _links(content: bytes, name: str, part: str) -> tuple[tuple[str, Relationship], ...]:
    """The relationships of `part` by id, not looked for in the package."""
    found = []
    for node in parse(content, name).iterchildren("{*}Relationship"):
        target, external = node.get("Target", ""), node.get("TargetMode") == "External"
        if not external:
            target = resolve(part, target)
        found.append((node.get("Id", ""), Relationship(node.get("Type", ""), target, external)))
    return tuple(found)


@once
def _declared_types(content: bytes, name: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Content types by extension and by part."""
    root = parse(content, name)
    return (
        {
            node.get("Extension", "").lower(): node.get("ContentType", "")
            for node in root.iterfind(_CT + "Default")
        },
        {
            _fold(node.get("PartName", "")): node.get("ContentType", "")
            for node in root.iterfind(_CT + "Override")
        },
    )


def parse(content: bytes, name: str) -> etree._Element:
    """Parse a part. Raises UnreadableError if it is no XML or has a DTD (entity bombs)."""
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise UnreadableError(
            f"文件损坏：其中的“{name}”不是有效的 XML。请用 Excel 或 WPS 打开后另存一次",
            f"the file is damaged: {name!r} is no valid XML; "
            "open it in Excel or WPS and save it again",
        ) from exc
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(
            f"“{name}”中有文档类型声明，正常的工作簿没有，为安全起见不打开",
            f"{name!r} declares a document type, which no real workbook does; "
            "not opened for safety",
        )
    return root


def as_transitional(content: bytes) -> bytes:
    """Strict namespaces and relationship types replaced by the transitional ones."""
    if b"purl.oclc.org/ooxml/" in content:
        for strict, transitional in _STRICT:
            content = content.replace(strict, transitional)
    return content


@lru_cache(maxsize=256)
def rels_name(part: str) -> str:
    """xl/workbook.xml → xl/_rels/workbook.xml.rels"""
    folder, _, base = part.replace("\\", "/").rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


@lru_cache(maxsize=1024)
def resolve(part: str, target: str) -> str:
    """The member name of a relationship target written in `part`."""
    target = unquote(target.replace("\\", "/").partition("#")[0])
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    folder = part.replace("\\", "/").rpartition("/")[0]
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


@lru_cache(maxsize=1024)
def _fold(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


_KINDS = (
    (
        b"\xd0\xcf\x11\xe0",
        "旧版 Excel（.xls）或加密的文件",
        "an old Excel file (.xls) or an encrypted one",
    ),
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"<", "网页或 XML 文件", "a web page or XML file"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"\x89PNG", "图片", "a picture"),
)


def _not_a_package(data: bytes) -> UnreadableError:
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    zh, en = "无法识别的文件", "of no known kind"
    if not head:
        zh, en = "空文件", "empty"
    for magic, kind_zh, kind_en in _KINDS:
        if head.startswith(magic):
            zh, en = kind_zh, kind_en
            break
    return UnreadableError(
        f"不是 .xlsx 工作簿，而是{zh}。请用 Excel 或 WPS 另存为 .xlsx 后再提交",
        f"no .xlsx workbook: the file is {en}; save it as .xlsx in Excel or WPS and submit that",
    )


def _what_package(names: Mapping[str, rawzip.Member]) -> tuple[str, str]:
    folded = {name.lower() for name in names}
    zh, en = "普通压缩包", "an ordinary zip archive"
    if any(name.startswith("word/") for name in folded):
        zh, en = "Word 文档", "a Word document"
    elif any(name.startswith("ppt/") for name in folded):
        zh, en = "演示文稿", "a presentation"
    elif "content.xml" in folded and "mimetype" in folded:
        zh, en = "OpenDocument 文件", "an OpenDocument file"
    elif "xl/workbook.bin" in folded:
        zh, en = ".xlsb 二进制工作簿", "a binary workbook (.xlsb)"
    return (
        f"不是 .xlsx 工作簿，而是{zh}。请提交 .xlsx 文件",
        f"no .xlsx workbook: the file is {en}; submit an .xlsx file",
    )
