"""The watcher's run in the ledger: what it enters, and what it asks of other years.

A delivery is known there by its path and content, so that entering it again after a kill changes
nothing. A ledger that fails is an error here: the answer is then given later, and not without it.
Until it is reached again nothing more is asked of it: each question may take a minute to fail.
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
    from perfeval.ledger.matching import Several


@dataclass(slots=True)
class Entries:
    """An open ledger and our run in it. Every method raises LedgerError when it fails.

    `several` is told of the files that more than one submission fits.
    """

    ledger: Ledger
    run: int
    config: Config
    waivers: Sequence[Waiver]
    years: Sequence[Years]  # where last year's forms are, beside the ledger
    several: Several
    _away: str = ""

    def reach(self) -> None:
        """Ask again whether the ledger can be written."""
        self._away = ""
        with self.asked():
            self.ledger.reach()

    def enter(self, files: Sequence[FileResult], lasts: Sequence[LastRound | None]) -> None:
        """Write what came of a file that was received, and of which rounds it follows."""
        by = self.config.reply_by
        with self.asked():
            self.ledger.record(self.run, files, lasts, reply_by=by, waivers=self.waivers)

    def said(self, keys: Collection[Key]) -> Mapping[Key, Said]:
        """As years.Years."""
        with self.asked():
            return self.ledger.said(keys)

    def last_rounds(self, files: Sequence[FileResult]) -> Sequence[LastRound | None]:
        """As settled.Rounds; those of this run too: each file is a delivery of its own."""
        with self.asked():
            return self.ledger.last_rounds(files, several=self.several)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Something of the ledger, if it was there when it was last asked."""
        if self._away:
            raise LedgerError(self._away)
        try:
            yield
        except LedgerError as error:
            self._away = str(error)
            raise


@contextmanager
def entries(out: Path, config: Config, several: Several) -> Iterator[Entries]:
    """The entries of a watcher that answers into `out`.

    Raises LedgerError where the ledger cannot be opened now, UsageError where it is none.
    """
    from perfeval.ledger import open_ledger  # its libraries take as long to import as a check

    with open_ledger(config.ledger or out) as ledger:
        run = begun(ledger, out, config)
        codes = rules.catalogue(policy.own(config.policy))
        waivers = signed(config, codes=codes)
        book = Entries(ledger, run, config, waivers, last_years(config), several)
        yield book
        with suppress(LedgerError), book.asked():  # the run is over all the same; the next says so
            ledger.end(run)
