"""What a run keeps in --out: each checked file, for its own later phases and for the next run.

Where nothing is kept for a next run, and files were checked in this process, the first of them stay
in memory as they are.

The store is disposable: deleting it loses nothing but time. A run writes a store of its own, which
takes the place of the last one when the run is over, so that runs never wait for each other. What
is damaged, or not as this version writes it, is not used.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias  # columns of a row

from perfeval.copies import Copy
from perfeval.course import LastRound
from perfeval.errors import PerfevalError
from perfeval.findings import FileResult, Plan
from perfeval.packed import PackedError, Packing
from perfeval.together import Brief, fits

NAME = ".perfeval-kept.sqlite"
_ROOM = 20_000  # lines of forms that stay in memory, of about 2 KiB each
_TABLES = """
create table if not exists checked
    (key blob primary key, digest blob, again int, back int, outcome blob, brief blob);
create table if not exists written
    (key blob primary key, digest blob, of blob, result blob);
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it was checked by itself. `whole` are all rows of a form that came back."""

    result: FileResult
    plan: Plan
    format: str
    last: LastRound | None
    whole: Brief | None
    again: bool  # whether another check of the same would surely give the same


@dataclass(frozen=True, slots=True)
class Written:
    """What was returned for a file: names of outputs by kind, SHA-256 by name, how the copy was
    made; or `why` nothing was, and whether what was checked `stays` true all the same.
    """

    outputs: Mapping[str, str]
    hashes: Mapping[str, str]
    copy: Copy | None = None
    why: str | None = None
    stays: bool = True

    def onto(self, checked: FileResult) -> FileResult:
        """The final result of a file."""
        if not self.stays:
            return FileResult(checked.path, "", "unreadable", self.why)
        if self.why is not None:
            return replace(checked, status="unreadable", reason=self.why)
        return replace(checked, outputs=self.outputs, copy=self.copy)


CHECKED, BRIEF, WRITTEN = Packing(Checked), Packing(Brief), Packing(Written)


@dataclass(frozen=True, slots=True)
class Packed:
    """A checked file and its brief, ready to be kept. `back`: it answers to a round."""

    sha256: str
    again: bool  # as in Checked
    back: bool
    checked: bytes
    brief: bytes


@dataclass(frozen=True, slots=True)
class Fresh:
    """The same as it comes from the check."""

    checked: Checked
    brief: Brief

    @property
    def sha256(self) -> str:
        return self.checked.result.sha256

    @property
    def lines(self) -> int:
        """How many lines its forms have."""
        return sum(len(form.indicators) + len(form.funds) for form in self.checked.result.forms)

    def packed(self) -> Packed:
        one = self.checked
        back = one.last is not None
        return Packed(self.sha256, one.again, back, CHECKED.pack(one), BRIEF.pack(self.brief))


New: TypeAlias = Fresh | Packed


@dataclass(frozen=True, slots=True)
class _Store:
    """A store that an earlier run has left."""

    path: Path
    connection: sqlite3.Connection

    def row(self, query: str, key: bytes) -> tuple[Any, ...] | None:
        """A row whose first column is the digest of the bytes in it; None where it is damaged."""
        with suppress(sqlite3.Error):
            row = self.connection.execute(f"{query} where key = ?", (key,)).fetchone()
            parts = [value for value in row or () if isinstance(value, bytes)]
            if row and parts and parts[0] == _digest(*parts[1:]):
                return tuple(row)
        return None


class Kept:
    """The store of one run, and what earlier ones have left."""

    def __init__(self, path: Path | None, earlier: list[_Store]) -> None:
        self._path, self._earlier = path, earlier
        self._room = 0 if path else _ROOM
        self._held: dict[bytes, Fresh] = {}
        with _told():
            self._own = _opened(path)
            self._own.execute("begin exclusive")

    @property
    def has_earlier(self) -> bool:
        """Whether anything is left of earlier runs."""
        return bool(self._earlier)

    @property
    def is_lasting(self) -> bool:
        """Whether anything is left to the next run."""
        return self._path is not None

    def has(self, key: bytes) -> bool:
        """Whether a file of this key was checked, in this run or before; then it is here now."""
        with _told():
            if self._own.execute("select 1 from checked where key = ?", (key,)).fetchone():
                return True
        for store in self._earlier:
            row = store.row("select digest, again, back, outcome, brief from checked", key)
            if row is None or not row[1]:
                continue
            with suppress(PackedError):
                checked, brief = CHECKED.unpack(row[3]), BRIEF.unpack(row[4])
                if fits(brief) and len(brief["forms"]) == len(checked.result.forms):
                    back = checked.last is not None
                    self.put(key, Packed(checked.result.sha256, True, back, row[3], row[4]))
                    return True
        return False

    def put(self, key: bytes, file: New) -> None:
        """Keep a file; without `again` not beyond this run."""
        if isinstance(file, Fresh):
            if file.lines <= self._room:
                self._room -= file.lines
                self._held.setdefault(key, file)
                return
            file = file.packed()
        digest = _digest(file.checked, file.brief)
        row = (key, digest, file.again, file.back, file.checked, file.brief)
        with _told():
            self._own.execute("insert or ignore into checked values (?, ?, ?, ?, ?, ?)", row)

    def lasts(self) -> Iterator[LastRound | None]:
        """The rounds that files of this run answer to."""
        yield from (file.checked.last for file in self._held.values())
        with _told():
            for (packed,) in self._own.execute("select outcome from checked where back"):
                yield CHECKED.unpack(packed).last

    def checked(self, key: bytes) -> Checked:
        if key in self._held:
            return self._held[key].checked
        return CHECKED.unpack(self._own_row("select outcome from checked", key))

    def brief(self, key: bytes) -> Brief:
        if key in self._held:
            return self._held[key].brief
        return BRIEF.unpack(self._own_row("select brief from checked", key))

    def written(self, key: bytes, of: bytes) -> Written | None:
        """What was returned for a file in an earlier run, if it was made `of` the same."""
        for store in self._earlier:
            row = store.row("select digest, of, result from written", key)
            if row is None or row[1] != of:
                continue
            with suppress(PackedError):
                return WRITTEN.unpack(row[2])
        return None

    def put_written(self, key: bytes, of: bytes, packed: bytes) -> None:
        """Keep a packed Written."""
        with _told():
            self._own.execute(
                "insert or replace into written values (?, ?, ?, ?)",
                (key, _digest(of, packed), of, packed),
            )

    def commit(self) -> None:
        """From here on a killed run leaves what it has kept until now."""
        with _told():
            self._own.execute("commit")
            self._own.execute("begin exclusive")

    def close(self) -> None:
        """Leave the store to the next run; it is nobody's loss where that fails."""
        with suppress(sqlite3.Error):
            self._own.execute("delete from checked where not again")
            self._own.execute("commit")
        self._own.close()
        for store in self._earlier:
            store.connection.close()
        if self._path:
            with suppress(OSError):
                self._path.replace(self._path.with_name(NAME))
                for store in self._earlier:
                    if store.path.name != NAME:
                        store.path.unlink(missing_ok=True)

    def _own_row(self, query: str, key: bytes) -> bytes:
        with _told():
            (value,) = self._own.execute(f"{query} where key = ?", (key,)).fetchone()
        return bytes(value)


@contextmanager
def kept_in(out: Path, *, fresh: bool) -> Iterator[Kept]:
    """The store of a run into `out`; with `fresh` it starts empty.

    Where the folder cannot hold a database (a share without locks), nothing is kept.
    """
    path = out / f"{NAME}.{secrets.token_hex(6)}.part"
    try:
        out.mkdir(parents=True, exist_ok=True)
        _opened(path).close()
    except (OSError, sqlite3.Error):
        kept = Kept(None, [])
    else:
        kept = Kept(path, [] if fresh else _left(out, path))
    try:
        yield kept
    finally:
        kept.close()


@contextmanager
def kept_nowhere() -> Iterator[Kept]:
    """A store that is gone when it is closed."""
    kept = Kept(None, [])
    try:
        yield kept
    finally:
        kept.close()


def key_of(name: str, sha256: str, judging: bytes) -> bytes:
    """What a checked file is known by: its name, its content, and stamp.judging."""
    named = name.encode("utf-8", "surrogatepass")
    return hashlib.sha256(judging + sha256.encode() + named).digest()


def _opened(path: Path | None) -> sqlite3.Connection:
    """A new store. It is locked while it is open, and never waits for the disk."""
    store = sqlite3.connect(path or "", timeout=0, isolation_level=None)
    for pragma in ("locking_mode = exclusive", "journal_mode = off", "synchronous = off"):
        store.execute(f"pragma {pragma}")
    store.executescript(_TABLES)
    return store


def _left(out: Path, own: Path) -> list[_Store]:
    """The stores of earlier runs, of killed ones too, the newest first; not those in use."""
    found = []
    for path in sorted(out.glob(f"{NAME}*"), key=_age):
        with suppress(sqlite3.Error):
            uri = f"{path.absolute().as_uri()}?mode=ro"
            store = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
            store.execute("select count(*) from checked")
            found.append(_Store(path, store))
    return [store for store in found if store.path != own]


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:  # its run has just ended
        return 0.0


def _digest(*parts: bytes) -> bytes:
    return hashlib.blake2b(b"".join(hashlib.sha256(p).digest() for p in parts)).digest()


@contextmanager
def _told() -> Iterator[None]:
    """A full disk in a line of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise KeptError(f"存不下中间结果（cannot keep results on the way）：{error}") from error


class KeptError(PerfevalError):
    """The disk does not take what a run has to keep until its end."""
