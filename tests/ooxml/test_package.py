"""Packages: opened safely, read tolerantly, copied raw."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.ooxml import rawzip
from perfeval.ooxml.package import Package, rels_name, resolve
from tests.ooxml.books import (
    BOOKS,
    change,
    data_descriptor_book,
    members,
    openpyxl_book,
    plain_book,
    strict_book,
    with_members,
    zipped,
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Excel"),
        (b"\xef\xbb\xbf<html>", "网页"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"PK\x03\x04 and no more", "损坏"),
        (zipped({"a.txt": "a"}), "普通压缩包"),
        (zipped({"word/document.xml": "<a/>"}), "Word"),
        (zipped({"mimetype": "x", "content.xml": "<a/>"}), "OpenDocument"),
        (zipped({"xl/workbook.bin": "x"}), "xlsb"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, kind: str) -> None:
    """The refusal says what the file is instead."""
    with pytest.raises(UnreadableError, match=kind):
        _ = Package.open(data).workbook_part


def test_a_name_that_stands_twice_is_refused() -> None:
    """Two members of one name: which one counts cannot be known."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a.xml", "1")
        archive.writestr("a.xml", "2")
    with pytest.raises(UnreadableError, match="同名"):
        Package.open(out.getvalue())


def test_a_document_type_is_refused() -> None:
    """Entities are never expanded: a part that declares a document type is not read."""
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;&b;</a>'
    package = Package.open(with_members(plain_book(), {"xl/workbook.xml": bomb}))
    with pytest.raises(UnreadableError, match="文档类型"):
        package.xml("xl/workbook.xml")


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to far more than it is packed is not opened."""
    monkeypatch.setattr(rawzip, "RATIO_FROM", 2**20)
    with pytest.raises(UnreadableError, match="解压后过大"):
        Package.open(zipped({"a.xml": b"\0" * 2**22}))


def test_a_member_that_lies_about_its_size_is_damaged() -> None:
    """A member is unpacked up to the size it claims, and no further."""
    member = rawzip.pack("a", b"0" * 1000)
    with pytest.raises(UnreadableError, match="损坏"):
        rawzip.Member("a", member.packed, member.method, member.crc, 10).unpack()


def test_a_zip_password_is_an_encrypted_file() -> None:
    """A zip with a password is told from a damaged one."""
    data = bytearray(plain_book())
    for at, signature in ((0, b"PK\x03\x04"), (0, b"PK\x01\x02")):
        start = data.index(signature, at)
        flags = start + (6 if signature == b"PK\x03\x04" else 8)
        data[flags] |= 1
    with pytest.raises(EncryptedError):
        Package.open(bytes(data))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_damage_is_refused_or_read(at: int, garbage: bytes) -> None:
    """Whatever bytes are damaged, the answer is a package or our own error."""
    data = bytearray(plain_book())
    at %= len(data)
    data[at : at + len(garbage)] = garbage
    try:
        package = Package.open(bytes(data))
        for name in package.names():
            package.read(name)
        package.rels(package.workbook_part)
    except UnreadableError:
        pass


@pytest.mark.parametrize("book", sorted(BOOKS))
def test_a_copy_keeps_packed_bytes(book: str) -> None:
    """A copy without changes holds every member as it was packed, in its order."""
    package = Package.open(BOOKS[book]())
    copy = Package.open(package.with_parts({}))
    assert copy.names() == package.names()
    assert [m.packed for m in copy.members.values()] == [m.packed for m in package.members.values()]


def test_other_tools_read_a_copy() -> None:
    """The archive we write is sound for zipfile, data descriptors gone."""
    copy = Package.open(data_descriptor_book()).with_parts({"new.xml": b"<a/>"})
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        assert archive.testzip() is None
        assert not any(info.flag_bits & 0x8 for info in archive.infolist())


def test_strict_names_read_as_transitional() -> None:
    """Relationship types and namespaces of strict files look like those of any other."""
    package = Package.open(strict_book())
    kinds = {rel.type for rel in package.rels(package.workbook_part).values()}
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    assert f"{base}/worksheet" in kinds
    assert "purl.oclc.org" not in package.xml(package.workbook_part).tag
    assert "purl.oclc.org" in package.source_xml(package.workbook_part).tag


def test_case_and_slashes_do_not_hide_a_part() -> None:
    """Sheet1.xml is found for sheet1.xml, xl\\a.xml for xl/a.xml."""
    package = Package.open(zipped({"xl\\Worksheets\\Sheet1.xml": "<a/>"}))
    assert package.find("/xl/worksheets/sheet1.xml") == "xl\\Worksheets\\Sheet1.xml"


@pytest.mark.parametrize(
    ("part", "target", "member"),
    [
        ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/workbook.xml", "/xl/styles.xml", "xl/styles.xml"),
        ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
        ("xl/worksheets/sheet1.xml", "..\\drawings\\a%20b.vml", "xl/drawings/a b.vml"),
        ("", "xl/workbook.xml", "xl/workbook.xml"),
        ("xl/workbook.xml", "../../../up.xml", "up.xml"),
    ],
)
def test_targets_are_resolved(part: str, target: str, member: str) -> None:
    """Relative, absolute, escaped and backslash targets lead to a member."""
    assert resolve(part, target) == member


def test_relationships_stand_beside_their_part() -> None:
    """xl/workbook.xml has its relationships in xl/_rels, the package in _rels."""
    assert rels_name("xl/workbook.xml") == "xl/_rels/workbook.xml.rels"
    assert rels_name("") == "_rels/.rels"


def test_a_directory_entry_is_kept() -> None:
    """Directory entries, as WPS writes them, are members like others."""
    assert "xl/media/" in Package.open(BOOKS["wps"]()).names()


def test_a_missing_part_is_told() -> None:
    """Reading what is not there names it."""
    with pytest.raises(UnreadableError, match=r"xl/none\.xml"):
        Package.open(openpyxl_book()).read("xl/none.xml")


def test_a_workbook_without_its_relationship_is_found() -> None:
    """A package whose root relationships are gone still leads to its workbook by content type."""
    data = change(
        openpyxl_book(), {"_rels/.rels": lambda text: text.replace("officeDocument", "x")}
    )
    assert Package.open(data).workbook_part == "xl/workbook.xml"


def test_the_size_of_the_archive_stays() -> None:
    """Copying adds nothing: the copy of a copy is the copy."""
    once = Package.open(openpyxl_book()).with_parts({})
    assert Package.open(once).with_parts({}) == once
    assert struct.unpack("<4s", once[:4]) == (b"PK\x03\x04",)
    assert members(once)
