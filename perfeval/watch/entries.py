"""The watcher's run in the ledger: what it enters, and what it asks of other years.

A delivery is known there by its path and content, so that entering it again after a kill changes
nothing. A ledger that fails is an error here: the answer is then given later, and not without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval import policy, rules
from perfeval.booking import begun
from perfeval.config import Config
from perfeval.course import LastRound
from perfeval.errors import LedgerError
from perfeval.findings import FileResult
from perfeval.identity import Key
from perfeval.previous import last_years
from perfeval.waivers import Waiver, signed
from perfeval.years import Said, Years

if TYPE_CHECKING:
    from perfeval.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Entries:
    """An open ledger and our run in it. Every method raises LedgerError when it fails."""

    ledger: Ledger
    run: int
    config: Config
    waivers: Sequence[Waiver]
    years: Sequence[Years]  # where last year's forms are, beside the ledger

    def enter(self, files: Sequence[FileResult], lasts: Sequence[LastRound | None]) -> None:
        """Write what came of a file that was received, and of which rounds it follows."""
        by = self.config.reply_by
        self.ledger.record(self.run, files, lasts, reply_by=by, waivers=self.waivers)

    def said(self, keys: Collection[Key]) -> Mapping[Key, Said]:
        """As years.Years."""
        return self.ledger.said(keys)

    def last_rounds(self, files: Sequence[FileResult]) -> Sequence[LastRound | None]:
        """As settled.Rounds; those of this run too: each file is a delivery of its own."""
        return self.ledger.last_rounds(files)


@contextmanager
def entries(out: Path, config: Config) -> Iterator[Entries]:
    """The entries of a watcher that answers into `out`.

    Raises UsageError where the ledger cannot be opened.
    """
    from perfeval.ledger import open_ledger  # its libraries take as long to import as a check

    with open_ledger(config.ledger or out) as ledger:
        run = begun(ledger, out, config)
        codes = rules.catalogue(policy.own(config.policy))
        yield Entries(ledger, run, config, signed(config, codes=codes), last_years(config))
        with suppress(LedgerError):  # the run is over all the same; the next one says so
            ledger.end(run)
