"""What a run enters in the ledger, and what it asks of it; a ledger that fails stops no run."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from perfeval import policy, rules, stamp
from perfeval.config import Config
from perfeval.course import LastRound
from perfeval.errors import LedgerError
from perfeval.findings import FileResult
from perfeval.identity import Key
from perfeval.texts import Text
from perfeval.waivers import signed
from perfeval.years import Said

if TYPE_CHECKING:
    from perfeval.ledger import Ledger

AT_ONCE = 64  # files entered in one transaction
_LOST = (
    "台账没有写全，个别文件的轮次可能没有接上，台账恢复后请重新运行（the ledger does not hold all "
    "of this run, and rounds may be missing: run again when it is back）：{error}"
)
_AWAY = (
    "{error}；这次还没有写出结果，台账恢复后请重新运行，或用 --ledger 另指一处"
    "（nothing was written: run again when it is back, or name another one with --ledger）"
)
SEVERAL = Text(
    "{file}：台账中有几件都相符（{submissions}），没有接上轮次；请用 perfeval ledger show 核对",
    "{file}: several submissions of the ledger fit ({submissions}), so it follows none; "
    "see `perfeval ledger show`",
)


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
    """The run's entries. `lost` says why the ledger does not hold all of them, "" if it does.

    `several` are the files that more than one submission of the ledger fits, with these.
    """

    def __init__(self, ledger: Ledger, out: Path, config: Config) -> None:
        self._ledger, self._config = ledger, config
        self._files: list[FileResult] = []
        self._lasts: list[LastRound | None] = []
        self._waivers = signed(config, codes=rules.catalogue(policy.own(config.policy)))
        self.lost = ""
        self.several: list[tuple[str, str]] = []
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
                found = self._ledger.last_rounds(files, before=self._run, several=self._doubt)
        return found

    def _doubt(self, file: FileResult, submissions: Sequence[int]) -> None:
        self.several.append((file.path, ", ".join(map(str, submissions))))

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
    """The entries of a run into `out`.

    Raises UsageError where the ledger is none, LedgerError where it cannot be opened now.
    """
    from perfeval.ledger import open_ledger  # its libraries take as long to import as a check

    with ExitStack() as opened:
        try:
            ledger = opened.enter_context(open_ledger(config.ledger or out))
            booked = Booking(ledger, out, config)
        except LedgerError as error:
            raise LedgerError(_AWAY.format(error=error)) from error
        try:
            yield booked
        except BaseException:
            booked.end("failed")
            raise
