"""Rows that wait on disk until the sheet, page or letter that they belong to is written."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar  # Any: columns of a row

from perfeval.packed import Packing

T = TypeVar("T")
_IN_MEMORY = 1 << 18  # bytes from which on they wait on disk


class Rows(Generic[T]):
    """Values of one type in the order in which they were added."""

    def __init__(self, of: type[T]) -> None:
        self._packing = Packing(of)
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed with the rows
        self._count = 0

    def add(self, row: T) -> None:
        """Add a value."""
        packed = self._packing.pack(row)
        self._file.seek(0, 2)
        self._file.write(len(packed).to_bytes(4, "big") + packed)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        place = 0
        for _ in range(self._count):
            self._file.seek(place)
            size = int.from_bytes(self._file.read(4), "big")
            place += 4 + size
            yield self._packing.unpack(self._file.read(size))


class Table:
    """Rows of columns, for what has to be sorted or counted in the end: `rows` in SQL."""

    def __init__(self, *columns: str) -> None:
        """Raises OSError, as all of this, where the disk is full."""
        with _told():
            self._database = sqlite3.connect("", isolation_level=None)  # a file without a name
            self._database.execute(f"pragma cache_size = -{_IN_MEMORY // 1024}")
            self._database.execute(f"create table rows ({', '.join(columns)})")
            self._database.execute("begin")
        self._insert = f"insert into rows values ({', '.join('?' * len(columns))})"

    def add(self, *values: Any) -> None:
        try:
            self._database.execute(self._insert, values)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error

    def ask(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """What SQL answers, row by row."""
        with _told():
            yield from self._database.execute(query, values)

    def sort(self, column: str) -> None:
        """Let rows be found by a column, once there are no more to come."""
        with _told():
            self._database.execute(f"create index if not exists by_{column} on rows ({column})")

    def can(self, name: str, aggregate: type) -> None:
        """Teach SQL an aggregate of one value, as sqlite3 takes it."""
        self._database.create_aggregate(name, 1, aggregate)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
