"""Zip packages and XML documents, each by the reader of its kind."""

from __future__ import annotations

from functools import lru_cache

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.limits import Limits
from perfeval.model import Workbook
from perfeval.ooxml.grid import read_sheets
from perfeval.ooxml.grid_binary import is_binary, read_binary_sheets
from perfeval.ooxml.opendocument import read_opendocument
from perfeval.ooxml.package import CONTENT_TYPES, Package, parse
from perfeval.ooxml.spreadsheet_2003 import NAMESPACE, read_spreadsheet_2003
from perfeval.ooxml.traits import traits_of
from perfeval.read.refusals import other_kind

_BOOKS = (".xlsx", ".xls", ".et", ".xlsm", ".ods", ".docx", ".doc", ".wps", ".pdf")


def read_package(data: bytes, limits: Limits) -> Workbook:
    """A workbook from a zip. Raises UnreadableError saying what else the zip is."""
    return read_opened(Package.open(data), limits)


def read_opened(package: Package, limits: Limits) -> Workbook:
    """A workbook from an opened zip."""
    if package.find("content.xml") and package.find("META-INF/manifest.xml"):
        return _read_ods(package, limits)
    refusal = None if _is_office(package.names()) else _other_package(package)
    if refusal is not None:
        raise refusal
    if is_binary(package):
        return Workbook("", "", read_binary_sheets(package, limits), "xlsb", traits_of(package))
    return Workbook("", "", read_sheets(package, limits), "xlsx", traits_of(package))


def read_xml(data: bytes, limits: Limits) -> Workbook:
    """A workbook from one XML document: Excel 2003 XML or flat OpenDocument."""
    root = parse(data, "XML")
    if root.tag == f"{{{NAMESPACE}}}Workbook":
        return Workbook("", "", read_spreadsheet_2003(root, limits), "xml")
    sheets = read_opendocument(root, limits)
    if sheets is None:
        raise other_kind("XML 文件", "an XML file")
    return Workbook("", "", sheets, "ods")


def _read_ods(package: Package, limits: Limits) -> Workbook:
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise _locked()
    sheets = read_opendocument(package.xml("content.xml"), limits)
    if sheets is None:
        raise other_kind("OpenDocument 文档", "an OpenDocument text or presentation")
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in package.names())
    return Workbook("", "", sheets, "ods", frozenset({"macros"} if macros else ()))


def _locked() -> EncryptedError:
    return EncryptedError(
        "OpenDocument 文件（.ods）有打开密码，本程序不能解开。请取消密码后提交",
        "the OpenDocument file (.ods) has a password, which cannot be used here; "
        "remove it and submit the file again",
    )


@lru_cache(maxsize=128)  # forms of one template have the same parts
def _is_office(members: tuple[str, ...]) -> bool:
    """Whether these may be the members of a workbook, without a look at what else they may be."""
    names = "\n".join(members).lower()
    return CONTENT_TYPES in members and "ofd.xml" not in names and ".iwa" not in names


def _other_package(package: Package) -> UnreadableError | None:
    names = {name.lower().replace("\\", "/") for name in package.names()}
    if "ofd.xml" in names:
        return other_kind("OFD 版式文件", "an OFD document")
    if any(name.endswith(".iwa") for name in names):
        return other_kind("苹果 Numbers 等文稿", "an Apple iWork document")
    if "[content_types].xml" in names:
        return None
    packed = sorted(name for name in names if name.endswith(_BOOKS))
    if packed:
        return UnreadableError(
            f"这是压缩包，内有 {len(packed)} 个文件（如“{packed[0]}”）。"
            "请解压后提交，或把压缩包以 .zip 为名交给 perfeval",
            f"a zip archive with {len(packed)} documents in it (such as {packed[0]!r}); "
            "unpack it, or give it to perfeval under a name that ends in .zip",
        )
    return other_kind("普通压缩包", "an ordinary zip archive")
