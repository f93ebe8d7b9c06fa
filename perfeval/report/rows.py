"""Rows that wait on disk until the sheet or page that they belong to is written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Generic, TypeVar

from perfeval.packed import Packing

T = TypeVar("T")
_IN_MEMORY = 4 << 20  # bytes from which on they wait on disk


class Rows(Generic[T]):
    """Values of one type in the order in which they were added."""

    def __init__(self, of: type[T]) -> None:
        self._packing = Packing(of)
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed with the rows
        self._count = 0

    def add(self, row: T) -> None:
        packed = self._packing.pack(row)
        self._file.seek(0, 2)
        self._file.write(len(packed).to_bytes(4, "big") + packed)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        at = 0
        for _ in range(self._count):
            self._file.seek(at)
            size = int.from_bytes(self._file.read(4), "big")
            yield self._packing.unpack(self._file.read(size))
            at += 4 + size
