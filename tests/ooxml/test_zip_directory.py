"""The directory of a zip archive: read at once where it is usual, by zipfile where it is not."""

from __future__ import annotations

import io
import zipfile

import pytest

from perfeval.errors import UnreadableError
from perfeval.ooxml.rawzip import _entries, _plain_entries


def archive(*, comment: bytes = b"", extra: bytes = b"") -> bytes:
    """Two members, one of them deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, method in (("a.xml", zipfile.ZIP_DEFLATED), ("b/c.bin", zipfile.ZIP_STORED)):
            info = zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6))
            info.compress_type, info.extra = method, extra
            made.writestr(info, b"text " * 40)
        made.comment = comment
    return out.getvalue()


def test_what_is_usual_is_read_as_zipfile_reads_it() -> None:
    """All that the directory says, the same both ways."""
    data = archive()
    assert _plain_entries(data) == _entries(data)


@pytest.mark.parametrize(
    "data",
    [
        archive(comment=b"said"),
        archive(extra=b"\x01\x00\x02\x00xx"),
        b"#!/bin/sh\n" + archive(),
        archive() + b"\n",
        archive()[:-1],
        b"",
    ],
    ids=["comment", "extra field", "leading bytes", "trailing byte", "cut short", "empty"],
)
def test_what_is_unusual_is_left_to_zipfile(data: bytes) -> None:
    """Nothing is guessed."""
    assert _plain_entries(data) is None


@pytest.mark.parametrize("value", [0, 1, 8, 0x7F, 0xFF])
def test_a_directory_with_one_byte_changed(value: int) -> None:
    """Whichever byte it is: nothing is read that zipfile reads otherwise."""
    data = archive()
    read = 0
    for at in range(data.index(b"PK\1\2"), len(data)):
        changed = data[:at] + bytes([value]) + data[at + 1 :]
        plain = _plain_entries(changed)
        if plain is None:
            continue
        read += 1
        try:
            assert plain == _entries(changed), at
        except UnreadableError:
            continue  # zipfile refuses it: the member itself will not be where it should be
    assert read
