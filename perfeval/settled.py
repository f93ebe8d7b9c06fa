"""Files as they are judged in the end: each by itself, across the run, over years, with waivers.

What was checked waits in kept.Kept; of a run only keys, and the tables of the rules across forms,
are in memory at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from typing import Protocol

from perfeval import policy, rules, stamp, work
from perfeval.across import Across, Single
from perfeval.config import Config
from perfeval.course import LastRound
from perfeval.executors import Crew
from perfeval.findings import FileResult, Plan
from perfeval.fix import spared
from perfeval.kept import Kept, key_of
from perfeval.pipeline import Outcome, read_chunk
from perfeval.rounds import spread_of
from perfeval.sources import Source
from perfeval.together import Brief, briefs
from perfeval.waivers import signed, waive
from perfeval.years import Years

CHUNK = 128  # files whose tables are in memory at once
SLICE = 64  # files whose results are
Advance = Callable[[int], None]  # told how many files more are done


@dataclass(frozen=True, slots=True)
class Settled:
    """An outcome with its final result. `key` is that of kept.Kept, b"" for the register's."""

    key: bytes
    outcome: Outcome
    again: bool = False  # as kept.Checked has it


class Rounds(Protocol):
    """Where rounds are remembered that files may follow: a ledger."""

    def last_rounds(self, files: Sequence[FileResult]) -> Sequence[LastRound | None]:
        """For each file that came without our sheet the round that it follows, if any."""


@dataclass(frozen=True, slots=True)
class Judging:
    """How the files of a run are judged. Raises UsageError for a setting that is wrong."""

    config: Config
    kept: Kept
    crew: Crew
    years: Sequence[Years] = ()
    rounds: Rounds | None = None

    def checked(self, sources: Sequence[Source], advance: Advance) -> tuple[list[bytes], int]:
        """Check each source by itself; their keys, and how many were kept from earlier runs."""
        judging = stamp.judging(self.config) if self.kept.is_lasting else b""
        keys = [self._known(source, judging) for source in sources]
        new = [n for n, key in enumerate(keys) if not key]
        before = len(keys) - len(new)
        advance(before)
        size = _part(len(new), max(1, self.crew.size))
        parts = (
            [self._sent(sources[n]) for n in new[at : at + size]] for at in range(0, len(new), size)
        )
        left = iter(new)
        work_of = partial(
            work.packed_part if self.crew.size else work.check_part, config=self.config
        )
        for part in self.crew.results(work_of, parts, work.packed_lost):
            for file, n in zip(part, islice(left, len(part)), strict=True):
                keys[n] = key_of(sources[n].name, file.sha256, judging)
                self.kept.put(keys[n], file)
            self.kept.commit()
            advance(len(part))
        return keys, before

    def settled(self, sources: Sequence[Source], keys: Sequence[bytes]) -> Iterator[Settled]:
        """The final results, in order; with a register one of its own at the end."""
        office = policy.own(self.config.policy)
        _, asked = rules.parted(rules.chosen(self.config.select, self.config.ignore, office=office))
        waivers = signed(self.config, codes=rules.catalogue(office))
        spread = spread_of(self.kept.lasts())
        across = Across.of(
            lambda n: self.kept.brief(keys[n]),
            len(keys),
            spread,
            asked,
            self.config,
            years=self.years,
        )
        form = 0
        for start in range(0, len(keys), SLICE):
            singles = []
            waiting = []
            for at, key in enumerate(keys[start : start + SLICE], start):
                one = self.kept.checked(key)
                brief = partial(self._brief, key, one.whole)
                singles.append(Single(at, form, one.result, one.last, brief))
                waiting.append((key, one))
                form += len(one.result.forms)
            singles = self._followed(singles, sources)
            judged = across.onto(singles)
            for single, (key, one), result in zip(singles, waiting, judged, strict=True):
                final = waive(result, waivers, on=date.today(), lang=self.config.lang)
                source = sources[single.at]
                fixes = spared(one.plan, one.result, final, lang=self.config.lang)
                outcome = Outcome(source, final, fixes, one.format, single.last)
                yield Settled(key, outcome, one.again)
        missing = across.of_register()
        if missing:
            yield Settled(b"", Outcome(None, missing, Plan()))

    def _followed(self, singles: list[Single], sources: Sequence[Source]) -> list[Single]:
        """With the rounds that files without our sheet follow, and then every row of theirs."""
        alone = [n for n, one in enumerate(singles) if one.last is None and one.result.forms]
        if self.rounds is None or not alone:
            return singles
        lasts = self.rounds.last_rounds([singles[n].result for n in alone])
        back = {n: last for n, last in zip(alone, lasts, strict=True) if last}
        if back:
            again = [sources[singles[n].at] for n in back]
            whole = iter(briefs(read_chunk(again, self.config)[0], range(len(again))))
        made = list(singles)
        for n, last in back.items():
            one, brief = singles[n], next(whole)
            same = len(brief["forms"]) == len(one.result.forms)  # else it has been changed since
            of = partial(self._brief, b"", brief) if same else one.brief
            made[n] = replace(one, last=last, brief=of)
        return made

    def _brief(self, key: bytes, whole: Brief | None) -> Brief:
        return self.kept.brief(key) if whole is None else whole

    def _sent(self, source: Source) -> Source:
        """The source as those who work on it need it."""
        return source.loaded(self.config.limits) if self.crew.is_far else source

    def _known(self, source: Source, judging: bytes) -> bytes:
        """The key of a source that was checked in an earlier run, as it is now; else b""."""
        if not self.kept.has_earlier:
            return b""
        key = key_of(source.name, source.sha256(self.config.limits), judging)
        return key if self.kept.has(key) else b""


def _part(files: int, processes: int) -> int:
    """How many files a part has, so that every process has equally many parts of equal size."""
    rounds = -(-files // (CHUNK * processes))
    return -(-files // max(1, rounds * processes)) or 1
