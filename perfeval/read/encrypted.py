"""Encrypted workbooks, opened with the passwords that were given."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

import msoffcrypto  # type: ignore[import-untyped]  # ships no types
from msoffcrypto.exceptions import (  # type: ignore[import-untyped]  # ships no types
    DecryptionError,
    FileFormatError,
    InvalidKeyError,
    ParseError,
)

from perfeval.read.refusals import damaged, encrypted

# What Excel sets by itself on a workbook that is only write-protected: anyone may read it.
_EVERYONE = "VelvetSweatshop"


def decrypt(data: bytes, passwords: Sequence[str]) -> bytes:
    """The file without its encryption. Raises EncryptedError if no password fits.

    Runs in the worker only: the file says how many rounds of hashing it wants.
    """
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
    except (FileFormatError, OSError, struct.error) as exc:
        raise damaged("加密的工作簿", "encrypted workbook") from exc
    for password in (_EVERYONE, *passwords):
        plain = io.BytesIO()
        try:
            file.load_key(password=password)
            file.decrypt(plain)
        except (InvalidKeyError, DecryptionError, ParseError, ValueError, zlib.error):
            continue
        return plain.getvalue()
    raise encrypted(len(passwords))
