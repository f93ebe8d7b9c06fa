"""What a file is, told from its content and never from its name."""

from __future__ import annotations

import re
from enum import StrEnum

from perfeval.read.decoding import decoded
from perfeval.read.refusals import by_first_bytes, other_kind, unknown

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|tr)(?=[\s>/])", re.IGNORECASE)
_XML_BOOK = re.compile(r"<(?:\w+:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_HEAD = 8192  # characters in which a web page or XML document says what it is


class Kind(StrEnum):
    """How a file is read."""

    PACKAGE = "package"  # zip: .xlsx, .xlsm, .xlsb, .ods
    XLS = "xls"  # BIFF, in an OLE container or bare
    ENCRYPTED = "encrypted"  # an encrypted package in an OLE container
    HTML = "html"
    MHTML = "mhtml"
    XML = "xml"  # Excel 2003 XML, flat OpenDocument
    TEXT = "text"


def kind_of(data: bytes) -> tuple[Kind, str]:
    """The kind of `data`, and its text if it is one. Raises UnreadableError saying what it is."""
    refusal = by_first_bytes(data)
    if refusal is not None:
        raise refusal
    if data.startswith(b"PK"):
        return Kind.PACKAGE, ""
    if data.startswith(_OLE):
        return _ole_kind(data), ""
    if data.startswith(_BARE_BIFF):
        return Kind.XLS, ""
    text = decoded(data)
    if text is None:
        raise unknown()
    return _text_kind(text), text


def _ole_kind(data: bytes) -> Kind:
    """Told by the names in the container's directory, which are UTF-16."""
    if _named(data, "EncryptedPackage"):
        return Kind.ENCRYPTED
    if _named(data, "Workbook") or _named(data, "Book"):
        return Kind.XLS
    for name, zh, en in (
        ("WordDocument", "Word 文档（.doc）", "a Word document (.doc)"),
        ("PowerPoint Document", "演示文稿（.ppt）", "a presentation (.ppt)"),
        ("WpsCustomData", "WPS 文档", "a WPS document"),
        ("__properties_version1.0", "邮件（.msg）", "a mail (.msg)"),
    ):
        if _named(data, name):
            raise other_kind(zh, en)
    raise unknown()


def _named(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\x00\x00" in data


def _text_kind(text: str) -> Kind:
    head = text[:_HEAD].lstrip()
    if head[:13].lower() == "mime-version:":
        return Kind.MHTML
    if not head.startswith("<"):
        return Kind.TEXT
    if _XML_BOOK.search(head) or (head.startswith("<?xml") and "<html" not in head.lower()):
        return Kind.XML
    return Kind.HTML if _HTML.search(head) else Kind.TEXT
