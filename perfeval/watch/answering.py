"""Answering what was received: check, return, receipt, results, archive; the claim ends last.

For each file, in this order, so that a watcher that is killed anywhere and started again repeats
only what can be repeated:

    claimed      claims.py: the file is in our folder of the inbox, and in nobody else's
    place        places.py: its round and every name are settled; found again by claim and content
    checked      nothing is written
    returns      written whole, each by a rename; written again, they replace themselves
    receipt      the same
    ledger       entries.py: a delivery is known by path and content, and replaces itself
    results      overview.py: from here on a restart does not check again
    archived     archive.py: one rename; a copy that stands already is known by its content
    claim ended  its folder is removed

A file that changed meanwhile, or results that cannot be written, leave the claim as it is: it is
answered later. What was written of it until then is written over. Where one file cannot be read or
kept, the others do not wait for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePosixPath

from perfeval.batch import check, write_all
from perfeval.config import Config
from perfeval.copies import Copy
from perfeval.course import LastRound
from perfeval.errors import LedgerError, PerfevalError, UsageError
from perfeval.findings import FileResult
from perfeval.outbox import write_whole
from perfeval.packed import PackedError
from perfeval.pipeline import Outcome
from perfeval.sources import Source, find
from perfeval.texts import Text
from perfeval.watch import overview
from perfeval.watch.archive import digest, keep
from perfeval.watch.claims import Claim
from perfeval.watch.entries import Entries
from perfeval.watch.inbox import state_of
from perfeval.watch.places import KEPT, REASON, REJECTED, Place, reserve
from perfeval.watch.receipt import receipt
from perfeval.watch.settings import Settings
from perfeval.watch.standing import stand, takes

AT_ONCE = 32  # files: to check them together costs little more than to check one
WRITTEN = 8  # files after whose returns a watcher may end
TRIES = 3  # times that a file may fail to be read, checked or returned though others do not
# Rules that compare submissions: what happens to lie in the inbox together must decide on nothing.
TOGETHER = ("Y101", "Y102", "Y104")
_EMPTY = Text("压缩包里没有可审核的文件", "the archive holds no file that can be checked")
_BROKE = Text(
    "程序内部错误，请连同文件反馈：{error}",
    "internal failure, please report it with the file: {error}",
)


class Came(StrEnum):
    """What came of a claim."""

    RETURNED = "returned"
    REJECTED = "rejected"  # 退件
    CHANGING = "changing"  # it is not as it was: to be looked at until it is still
    BLOCKED = "blocked"  # no results can be written
    STUCK = "stuck"  # this one alone cannot be read, or its answer not be written
    LEFT = "left"  # not now: the watcher is told to end, or the file is not there any more


@dataclass(frozen=True, slots=True)
class Answer:
    """`why` says what is in the way; `place` and `files` are there where the claim has ended."""

    claim: Claim
    came: Came
    place: Place | None = None
    files: tuple[FileResult, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Job:
    claim: Claim
    place: Place
    sources: tuple[Source, ...]


@dataclass(slots=True)
class Desk:
    """What answering needs, and how often a claim has failed."""

    settings: Settings
    config: Config
    entries: Entries
    stopping: Callable[[], bool]
    failed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.config = replace(self.config, ignore=(*self.config.ignore, *TOGETHER))

    def answers(self, claims: Sequence[Claim]) -> Iterator[Answer]:
        """What comes of each claim. Raises OSError where the inbox is gone."""
        jobs = []
        for claim in claims:
            begun = self._begun(claim)
            if isinstance(begun, Answer):
                yield begun
            else:
                jobs.append(begun)
        for group in _groups(jobs):
            if self.stopping():
                yield from (Answer(job.claim, Came.LEFT) for job in group)
            else:
                yield from self._answered(group)

    def _begun(self, claim: Claim) -> Answer | _Job:
        """The claim with its place; its answer where it was all but finished."""
        try:
            sha256 = digest(claim.file)
            if state_of(claim.file) != claim.state:
                return Answer(claim, Came.CHANGING)
        except OSError as error:
            return self._unread_now(claim, error)
        settings, lang = self.settings, self.config.lang
        try:
            stand(settings)
            place = reserve(claim, sha256, settings.out, settings.archive, lang=lang)
            if place.is_done and place.claim == claim.id:
                with suppress(PackedError):  # of another version: once more, then
                    return self._ended(claim, place, overview.files_of(place))
        except OSError as error:
            return self._hindered(claim, error)
        name = (settings.inbox / claim.rel).as_posix()
        try:
            sources = find([claim.file])
            opened = any(source.member for source in sources)
            if _is_archive(claim.rel) and not opened:  # damaged, or the share failed for a moment
                digest(claim.file)
                sources = find([claim.file])
        except UsageError:  # the share went away since the look above
            return Answer(claim, Came.LEFT)
        except OSError as error:
            return self._unread_now(claim, error)
        return _Job(claim, place, tuple(_placed(source, name, place) for source in sources))

    def _answered(self, group: Sequence[_Job]) -> Iterator[Answer]:
        try:
            checked = self._checked([source for job in group for source in job.sources])
        except PerfevalError as error:  # the ledger, the disk, or a file of the settings
            yield from (Answer(job.claim, Came.BLOCKED, why=str(error)) for job in group)
            return
        except Exception as error:  # noqa: BLE001  # the border at which one bad file must not stop the rest
            if len(group) > 1:
                for job in group:
                    yield from self._answered([job])
            elif isinstance(error, OSError):
                yield self._hindered(group[0].claim, error)
            elif self._again(group[0].claim):
                yield Answer(group[0].claim, Came.LEFT)
            else:
                why = _BROKE(self.config.lang, error=f"{type(error).__name__}: {error}")
                yield self._finished(group[0], (self._unread(group[0], why),), [None])
            return
        waiting = iter(checked)
        work = [(job, [next(waiting) for _ in job.sources]) for job in group]
        for start in range(0, len(work), WRITTEN):
            part = work[start : start + WRITTEN]
            if self.stopping():
                yield from (Answer(job.claim, Came.LEFT) for job, _ in part)
            else:
                yield from self._returned(part)

    def _checked(self, sources: Sequence[Source]) -> list[Outcome]:
        if not sources:
            return []
        own = self.entries
        outcomes = check(sources, self.config, lambda _: None, years=[*own.years, own], rounds=own)
        return [outcome for outcome in outcomes if outcome.source]  # the register's own is none

    def _returned(self, part: Sequence[tuple[_Job, list[Outcome]]]) -> Iterator[Answer]:
        outcomes = [outcome for _, of_job in part for outcome in of_job]
        try:
            stand(self.settings)
            written = list(write_all(outcomes, self.settings.out, self.config, lambda _: None))
        except (PerfevalError, OSError) as error:
            yield from (Answer(job.claim, Came.BLOCKED, why=str(error)) for job, _ in part)
            return
        files = iter(written)
        for job, of_job in part:
            yield self._judged(job, of_job, tuple(next(files) for _ in of_job))

    def _judged(
        self, job: _Job, outcomes: Sequence[Outcome], files: tuple[FileResult, ...]
    ) -> Answer:
        """Whether what was written may be believed; then the claim is ended."""
        claim = job.claim
        try:
            if state_of(claim.file) != claim.state or digest(claim.file) != job.place.sha256:
                return Answer(claim, Came.CHANGING)
        except OSError as error:
            return self._unread_now(claim, error)
        if self.stopping() and any(_is_doubtful(file) for file in files):
            return Answer(claim, Came.LEFT)
        if claim.state.size and not all(o.result.sha256 for o in outcomes) and self._again(claim):
            return Answer(claim, Came.LEFT)
        for outcome, file in zip(outcomes, files, strict=True):
            if file.status == "unreadable" != outcome.result.status:
                held_up = self._held_up(claim)
                if held_up is not Came.STUCK:  # else it cannot be returned, and its reason says why
                    return Answer(claim, held_up, why=file.reason or "")
        if not files:
            return self._finished(job, (self._unread(job, _EMPTY(self.config.lang)),), [None])
        return self._finished(job, files, [outcome.last for outcome in outcomes])

    def _unread_now(self, claim: Claim, error: OSError) -> Answer:
        """Of a file that is gone with its share, or cannot be read, for a moment or for good."""
        is_gone = isinstance(error, FileNotFoundError)
        came = Came.LEFT if is_gone or self._again(claim) else Came.STUCK
        return Answer(claim, came, why=str(error))

    def _hindered(self, claim: Claim, error: OSError) -> Answer:
        """Of a file whose answer cannot be written."""
        try:
            state_of(claim.file)
        except OSError:  # it is the inbox that went away
            return Answer(claim, Came.LEFT)
        return Answer(claim, self._held_up(claim), why=str(error))

    def _held_up(self, claim: Claim) -> Came:
        """By what: a disk that takes nothing, once by chance, or again and again by itself."""
        if not takes(self.settings):
            return Came.BLOCKED
        return Came.LEFT if self._again(claim) else Came.STUCK

    def _again(self, claim: Claim) -> bool:
        """Whether to try once more: a share may fail for a moment."""
        self.failed[claim.id] += 1
        return self.failed[claim.id] < TRIES

    def _unread(self, job: _Job, why: str) -> FileResult:
        name = (self.settings.inbox / job.claim.rel).as_posix()
        return FileResult(name, job.place.sha256, "unreadable", why)

    def _finished(
        self, job: _Job, files: tuple[FileResult, ...], lasts: Sequence[LastRound | None]
    ) -> Answer:
        out, lang = self.settings.out, self.config.lang
        try:
            stand(self.settings)
            write_whole(out / job.place.receipt, receipt(job.claim, job.place, files, lang))
            self.entries.enter(files, lasts)
            overview.put(job.place, files, out)
        except LedgerError as error:
            return Answer(job.claim, Came.BLOCKED, why=str(error))
        except OSError as error:
            return self._hindered(job.claim, error)
        return self._ended(job.claim, job.place, files)

    def _ended(self, claim: Claim, place: Place, files: tuple[FileResult, ...]) -> Answer:
        """The original goes to where it is kept, and the claim is over."""
        lang = self.config.lang
        rejected = all(file.status == "unreadable" for file in files)
        archive, rel = self.settings.archive, (REJECTED if rejected else KEPT)(lang) / place.dated
        try:
            stand(self.settings)
            if rejected:  # first, since a claim without its file is over
                reason = archive / rel.with_name(rel.name + REASON(lang))
                write_whole(reason, receipt(claim, place, files, lang))
            keep(claim.file, archive, rel)
        except OSError as error:
            return self._hindered(claim, error)
        claim.end()
        return Answer(claim, Came.REJECTED if rejected else Came.RETURNED, place, files)


def _groups(jobs: Sequence[_Job]) -> list[list[_Job]]:
    """What is checked together: archives by themselves, and of files of one place one at a time."""
    files = [job for job in jobs if not _is_archive(job.claim.rel)]
    first = {job.place.folder: job for job in reversed(files)}
    together = [job for job in files if first[job.place.folder] is job]
    return ([together] if together else []) + [[job] for job in jobs if job not in together]


def _is_archive(rel: PurePosixPath) -> bool:
    return rel.suffix.lower() == ".zip"


def _placed(source: Source, name: str, place: Place) -> Source:
    """The source under the name that a run over the inbox would give it, bound for its place."""
    rel = PurePosixPath(source.rel)
    if source.member:
        inside = PurePosixPath(*rel.parts[1:])
        return replace(source, name=f"{name}!{inside}", rel=str(place.stem / inside))
    return replace(source, name=name, rel=str(place.stem.with_name(place.stem.name + rel.suffix)))


def _is_doubtful(file: FileResult) -> bool:
    """Whether it may have failed only because the processes that help were told to end, too."""
    return file.status == "unreadable" or file.copy is Copy.REBUILT
