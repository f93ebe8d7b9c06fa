"""Encrypted workbooks opened for patching, and locked again with the password that opened them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from perfeval.errors import EncryptedError
from perfeval.limits import DEFAULT, Limits
from perfeval.read.content import Kind, kind_of
from perfeval.read.guarded import decrypt_guarded


def unlocked(
    data: bytes, passwords: Sequence[str], *, limits: Limits = DEFAULT
) -> tuple[bytes, str]:
    """The file without encryption and the password that it had; "" where anyone may open it.

    Raises EncryptedError if no password fits.
    """
    kind, _ = kind_of(data)
    if kind is Kind.XLS:  # whether an old workbook is encrypted shows only in opening it
        return next(_opened(data, passwords, limits), (data, ""))
    if kind is not Kind.ENCRYPTED:
        return data, ""
    for opened in _opened(data, ("", *passwords), limits):
        return opened
    return decrypt_guarded(data, passwords, limits), ""


def _opened(data: bytes, passwords: Sequence[str], limits: Limits) -> Iterator[tuple[bytes, str]]:
    for password in passwords:
        try:
            yield decrypt_guarded(data, [password] if password else [], limits), password
        except EncryptedError:
            continue


def locked(package: bytes, password: str) -> bytes:
    """An .xlsx package encrypted with `password` (AES, as Excel does it)."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]  # ships no types

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(password, out)
    return out.getvalue()
