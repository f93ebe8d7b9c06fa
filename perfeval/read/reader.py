"""From a path or bytes to a workbook, by content."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.limits import DEFAULT, Limits
from perfeval.model import Workbook
from perfeval.ooxml.grid import parsed_bytes
from perfeval.ooxml.package import Package
from perfeval.read.content import Kind, kind_of
from perfeval.read.guarded import decrypt_guarded, read_guarded
from perfeval.read.html import read_html
from perfeval.read.packages import read_opened, read_xml
from perfeval.read.refusals import is_lock_file, lock_file, too_large
from perfeval.read.text import read_text

_CALLED = {
    Kind.PACKAGE: ("工作簿", "workbook"),
    Kind.MHTML: ("网页存档", "web archive"),
    Kind.XML: ("XML 表格", "XML spreadsheet"),
}


def read(path: str | Path, *, passwords: Sequence[str] = (), limits: Limits = DEFAULT) -> Workbook:
    """The workbook at `path`.

    Raises UnreadableError (EncryptedError where a password is missing) saying what the file is
    instead and what to do; nothing else, whatever the file holds.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= limits.file_bytes else b""
    except OSError as exc:
        why = exc.strerror or type(exc).__name__
        raise UnreadableError(f"打不开文件：{why}", f"cannot open the file: {why}") from exc
    if size > limits.file_bytes:
        raise too_large(size, limits)
    return read_bytes(data, path.as_posix(), passwords=passwords, limits=limits)


def read_bytes(
    data: bytes,
    name: str,
    *,
    passwords: Sequence[str] = (),
    limits: Limits = DEFAULT,
    package: Package | None = None,
    sha256: str | None = None,
) -> Workbook:
    """The workbook in `data`, `name` being its path and a text's sheet name. Raises as `read`.

    `package` is `data` opened, and `sha256` its hash, where the caller has them.
    """
    if len(data) > limits.file_bytes:
        raise too_large(len(data), limits)
    if is_lock_file(name, data):
        raise lock_file()
    workbook = _read(data, name, passwords, limits, package)
    return replace(workbook, path=name, sha256=sha256 or hashlib.sha256(data).hexdigest())


def _read(
    data: bytes, name: str, passwords: Sequence[str], limits: Limits, package: Package | None
) -> Workbook:
    kind, text = kind_of(data)
    if kind is Kind.ENCRYPTED:
        data = decrypt_guarded(data, passwords, limits)
        kind, text = kind_of(data)
    if kind is Kind.XLS:
        return _read_xls(data, passwords, limits)
    if kind is Kind.TEXT:
        stem = PurePosixPath(name.replace("\\", "/")).stem
        return read_text(text, stem, limits)
    if kind is Kind.HTML:
        return read_html(text, limits)
    if kind is Kind.PACKAGE:
        package = package or Package.open(data)
        if parsed_bytes(package) <= limits.in_process_bytes:
            return read_opened(package, limits)
    elif kind is Kind.XML and len(data) <= limits.in_process_bytes:
        return read_xml(data, limits)
    return read_guarded(kind.value, data, limits, called=_CALLED[kind])


def _read_xls(data: bytes, passwords: Sequence[str], limits: Limits) -> Workbook:
    """Encryption of an old workbook shows only when it is read."""
    called = ("旧版工作簿（.xls）", "old workbook (.xls)")
    try:
        return read_guarded("xls", data, limits, called=called)
    except EncryptedError:
        opened = decrypt_guarded(data, passwords, limits)
    return read_guarded("xls", opened, limits, called=called)
