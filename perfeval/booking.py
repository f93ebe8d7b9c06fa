"""What a run enters in the ledger, and what it asks of it; a ledger that fails stops no run."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from perfeval import policy, rules, stamp
from perfeval.config import Config
from perfeval.course import LastRound
from perfeval.errors import LedgerError
from perfeval.findings import FileResult
from perfeval.identity import Key
from perfeval.waivers import signed
from perfeval.years import Said

if TYPE_CHECKING:
    from perfeval.ledger import Ledger

AT_ONCE = 256  # files entered in one transaction
_LOST = "台账未能写全（the ledger does not hold all of this run）：{error}"


def begun(ledger: Ledger, out: Path, config: Config) -> int:
    """The id of a run into `out` that begins now, by this program, these rules and policies."""
    own = Path(config.policy).read_bytes() if config.policy else b""
    return ledger.begin(
        datetime.now(UTC),
        tool=stamp.tool(),
        rules_hash=stamp.rules_hash(),
        policy_hash=hashlib.sha256(own).hexdigest()[:16] if own else "",
        out=str(out),
    )


class Booking:
    """The run's entries. `lost` says why the ledger does not hold all of them, "" if it does."""

    def __init__(self, ledger: Ledger, out: Path, config: Config) -> None:
        self._ledger, self._config = ledger, config
        self._files: list[FileResult] = []
        self._lasts: list[LastRound | None] = []
        self._waivers = signed(config, codes=rules.catalogue(policy.own(config.policy)))
        self.lost = ""
        self._run = begun(ledger, out, config)

    def add(self, file: FileResult, last: LastRound | None) -> None:
        """Enter a file, together with some others."""
        self._files.append(file)
        self._lasts.append(last)
        if len(self._files) == AT_ONCE:
            self._record()

    def end(self, state: Literal["done", "interrupted", "failed"]) -> None:
        self._record()
        if not self.lost:
            with self._told():
                self._ledger.end(self._run, state)

    def said(self, keys: Collection[Key]) -> Mapping[Key, Said]:
        """As years.Years; nothing from a ledger that fails."""
        found: Mapping[Key, Said] = {}
        if not self.lost:
            with self._told():
                found = self._ledger.said(keys)
        return found

    def last_rounds(self, files: Sequence[FileResult]) -> Sequence[LastRound | None]:
        """As settled.Rounds; none of this run's own, nor of a ledger that fails."""
        found: Sequence[LastRound | None] = [None] * len(files)
        if not self.lost:
            with self._told():
                found = self._ledger.last_rounds(files, before=self._run)
        return found

    def _record(self) -> None:
        if self._files and not self.lost:
            with self._told():
                self._ledger.record(
                    self._run,
                    self._files,
                    self._lasts,
                    reply_by=self._config.reply_by,
                    waivers=self._waivers,
                )
        self._files, self._lasts = [], []

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except LedgerError as error:
            self.lost = _LOST.format(error=error)


@contextmanager
def booking(out: Path, config: Config) -> Iterator[Booking]:
    """The entries of a run into `out`. Raises UsageError where the ledger cannot be opened."""
    from perfeval.ledger import open_ledger  # its libraries take as long to import as a check

    with open_ledger(config.ledger or out) as ledger:
        booked = Booking(ledger, out, config)
        try:
            yield booked
        except BaseException:
            booked.end("failed")
            raise
