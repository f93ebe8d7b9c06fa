"""Rows that wait on disk until the sheet or page that they belong to is written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Generic, TypeVar

from perfeval.packed import Packing

T = TypeVar("T")
_IN_MEMORY = 1 << 18  # bytes from which on they wait on disk


class Rows(Generic[T]):
    """Values of one type in the order in which they were added."""

    def __init__(self, of: type[T]) -> None:
        self._packing = Packing(of)
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed with the rows
        self._count = 0

    def add(self, row: T) -> int:
        """Add a value; where it stands, for `at`."""
        packed = self._packing.pack(row)
        place = self._file.seek(0, 2)
        self._file.write(len(packed).to_bytes(4, "big") + packed)
        self._count += 1
        return place

    def at(self, place: int) -> T:
        return self._read(place)[0]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        place = 0
        for _ in range(self._count):
            row, place = self._read(place)
            yield row

    def _read(self, place: int) -> tuple[T, int]:
        """The value at a place, and the next one's."""
        self._file.seek(place)
        size = int.from_bytes(self._file.read(4), "big")
        return self._packing.unpack(self._file.read(size)), place + 4 + size
