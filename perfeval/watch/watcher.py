"""Standing at the drop folder: look, take what has been still, answer it, keep the overview."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from perfeval.batch import check_all
from perfeval.config import Config
from perfeval.errors import LedgerError, PerfevalError
from perfeval.findings import FileResult
from perfeval.outbox import sweep
from perfeval.texts import Lang
from perfeval.watch import overview as listing
from perfeval.watch import settings
from perfeval.watch.answering import AT_ONCE, Answer, Came, Desk
from perfeval.watch.claims import HIDDEN, Claim, Room
from perfeval.watch.entries import entries
from perfeval.watch.events import Event, Tell
from perfeval.watch.heartbeat import beat
from perfeval.watch.inbox import Seen, State, look, observed, state_of
from perfeval.watch.receipt import counts, reason, verdict
from perfeval.watch.settings import Settings
from perfeval.watch.standing import found, probe, stand

LISTED = 60.0  # seconds after which the overview is written though files are still coming in
_SHARE = 10  # or so many times the seconds that it takes, where that is longer
_NAP = 0.2  # seconds in which a signal is heeded


def watch(
    told: Settings, config: Config, tell: Tell, *, stopping: Callable[[], bool]
) -> Counter[str]:
    """Watch until `stopping` answers yes, or, with `once`, until what was there is answered.

    Answers how many files were "returned" and "rejected", and with `once` how many are "stuck" and
    what was away: "inbox", "out".
    Raises UsageError for settings that are wrong.
    """
    told = settings.checked(told)
    check_all([], config, lambda _: None)  # what is wrong with the settings shows here
    _warm()
    tell(Event("watching", {"inbox": told.inbox, "out": told.out, "archive": told.archive}))
    watcher = _Watcher(told, config, tell, stopping)
    watcher.stand()
    watcher.leave()
    return watcher.done


def _warm() -> None:
    """Import what answering a file needs, so that the first one is answered as soon as others."""
    import perfeval.ledger
    import perfeval.report.index
    import perfeval.report.summary
    import perfeval.report.variance
    import perfeval.returning  # noqa: F401


@dataclass(slots=True)
class _Watcher:
    told: Settings
    config: Config
    tell: Tell
    stopping: Callable[[], bool]
    done: Counter[str] = field(default_factory=Counter)
    room: Room = field(init=False)
    desk: Desk | None = None  # once --out is there
    ledger: ExitStack = field(default_factory=ExitStack)
    seen: dict[PurePosixPath, Seen] = field(default_factory=dict)  # files in the inbox
    held: Mapping[str, Seen] = field(default_factory=dict)  # files that are claimed
    left: int = 0  # claims that this look could not end
    changing: set[str] = field(default_factory=set)  # claims of which it was said
    stuck: set[str] = field(default_factory=set)  # claims of which it was said
    odd: set[PurePosixPath] = field(default_factory=set)  # links of which it was said
    away: set[str] = field(default_factory=set)  # inbox, out
    unlisted: bool = False  # whether it was said that the overview cannot be written
    listed: tuple[float, float] = (0.0, 0.0)  # when the overview was written, and its seconds

    def __post_init__(self) -> None:
        self.room = Room.at(self.told.inbox)

    def stand(self) -> None:
        begun = time.monotonic()
        while not self.stopping():
            if self._look():
                continue
            if self.told.once and (self.away or not self._expects(begun)):
                self.done.update(self.away)
                self.done["stuck"] = len(self.stuck)
                return
            self._pause()
        self.tell(Event("stopping"))

    def leave(self) -> None:
        """What is claimed still is taken over by whoever comes next."""
        self._tell_on("stopped", overview=True)
        self.ledger.close()
        with suppress(OSError):
            self.room.leave()
        self.tell(Event("stopped", {name: self.done[name] for name in ("returned", "rejected")}))

    def _look(self) -> bool:
        """One look and all that follows from it; whether there may be more to do at once."""
        now, more, self.left = time.monotonic(), False, 0
        try:
            self.room.beat()
            if taken := self.room.take_over(now):
                self.tell(Event("taken_over", {"count": taken}))
            self.seen = observed(self.seen, look(self.told.inbox, self._tell_odd), now)
            self._is_back("inbox")
            desk = self._opened()
            more = desk is not None and self._work(desk, now)
        except OSError as error:
            self._is_away("inbox", str(error))
        last, took = self.listed
        self._tell_on("watching", overview=not more or _ago(last) > max(LISTED, _SHARE * took))
        return more

    def _work(self, desk: Desk, now: float) -> bool:
        """Answer what is claimed already, then what is ripe; whether more is."""
        answered = self._answer(desk, self._left(now))
        if not self.away:
            answered += self._answer(desk, self._claimed())
        return bool(answered and not self.away and self._ripe())

    def _left(self, now: float) -> list[Claim]:
        """Claims from before, if their files are as they were, or have become still since."""
        claims = self.room.claims()
        self.held = observed(self.held, {claim.id: _state(claim) for claim in claims}, now)
        ready = [
            replace(claim, state=seen.state)
            for claim, seen in ((claim, self.held[claim.id]) for claim in claims)
            if claim.state == seen.state or now >= seen.ripe_at(self.told.still)
        ]
        self.left += len(claims) - len(ready)
        return ready

    def _claimed(self) -> list[Claim]:
        """Ripe files, now ours; one that somebody has open counts as changing."""
        claimed = []
        for rel in self._ripe()[:AT_ONCE]:
            if claim := self.room.claim(rel, self.seen[rel].state):
                claimed.append(claim)
                del self.seen[rel]
            else:
                self.seen[rel] = replace(self.seen[rel], since=time.monotonic())
        return claimed

    def _ripe(self) -> list[PurePosixPath]:
        """Files that may be taken, those first that have been still longest."""
        now = time.monotonic()
        ripe = [rel for rel, seen in self.seen.items() if now >= seen.ripe_at(self.told.still)]
        return sorted(ripe, key=lambda rel: (self.seen[rel].since, rel))

    def _answer(self, desk: Desk, claims: Sequence[Claim]) -> int:
        """How many claims have ended."""
        ended = 0
        self.left += len(claims)
        for answer in desk.answers(claims):
            if answer.place:
                ended += 1
                self.left -= 1
                self.stuck.discard(answer.claim.id)
                self._is_back("out")
                self.done[answer.came.value] += 1
                self.tell(_ended(answer, answer.place.number, self.config.lang))
            self.room.beat()  # and no file is blamed for an inbox that is away
            self._note(answer)
        return ended

    def _note(self, answer: Answer) -> None:
        """Say, once, what keeps a claim from its end."""
        claim = answer.claim
        if answer.came is Came.BLOCKED:
            self._is_away("out", answer.why)
        elif answer.came is Came.STUCK:
            self.left -= 1
            if claim.id not in self.stuck:
                self.stuck.add(claim.id)
                self.tell(Event("stuck", {"file": claim.rel, "why": answer.why}))
        elif answer.came is Came.CHANGING and claim.id not in self.changing:
            self.changing.add(claim.id)
            self.tell(Event("changing", {"file": claim.rel}))

    def _opened(self) -> Desk | None:
        """The desk while --out and the archive are there; they are made at the start only, since a
        share may be mounted on them. Raises UsageError where the ledger is none.
        """
        try:
            if self.desk is None:
                found(self.told)
                sweep(self.told.out)
                probe(self.told.out)  # or a full disk would look like a ledger that is none
                book = self.ledger.enter_context(
                    entries(self.told.out, self.config, self._tell_several)
                )
                self.desk = Desk(self.told, self.config, book, self.stopping)
            stand(self.told)
            if "out" in self.away:
                probe(self.told.out)
                self.desk.entries.reach()
                if self.held.keys() <= self.stuck:  # else the answer to what is held will tell
                    self._is_back("out")
        except (OSError, LedgerError) as error:
            self._is_away("out", str(error))
            return None
        return self.desk

    def _tell_odd(self, rel: PurePosixPath) -> None:
        """Say so once."""
        if rel not in self.odd:
            self.odd.add(rel)
            self.tell(Event("odd", {"file": rel}))

    def _tell_several(self, file: FileResult, submissions: Sequence[int]) -> None:
        fitting = ", ".join(map(str, submissions))
        self.tell(Event("several", {"file": file.path, "submissions": fitting}))

    def _tell_on(self, state: str, *, overview: bool) -> None:
        """Bring the overview up to date, and the heartbeat, where --out is there."""
        if self.desk is None or not (self.told.out / HIDDEN).is_dir():
            return
        try:
            if overview and "out" not in self.away:
                self._list()
            self._beat(state)
        except OSError as error:
            self._is_away("out", str(error))

    def _list(self) -> None:
        if not listing.is_due(self.told.out):
            return
        begun = time.monotonic()
        try:
            count = listing.list_all(self.told.out, self.config)
        except (OSError, PerfevalError) as error:  # as while somebody has summary.xlsx open
            probe(self.told.out)
            if not self.unlisted:
                self.unlisted = True
                self.tell(Event("unlisted", {"why": error}))
            return
        self.unlisted = False
        self.listed = (time.monotonic(), _ago(begun))
        self.tell(Event("listed", {"count": count}))

    def _beat(self, state: str) -> None:
        facts = {
            "away": sorted(self.away),
            "returned": self.done["returned"],
            "rejected": self.done["rejected"],
            "stuck": len(self.stuck),
            "in_inbox": len(self.seen),
        }
        beat(self.told.out, "waiting" if self.away else state, facts)

    def _expects(self, begun: float) -> bool:
        """Whether a file that lay here from the start is still to become ripe."""
        first = begun + self.told.still
        return self.left > 0 or any(
            seen.since <= first and not seen.state.pending for seen in self.seen.values()
        )

    def _pause(self) -> None:
        """Until the next look, or until a file becomes ripe."""
        now = time.monotonic()
        ripe = (seen.ripe_at(self.told.still) for seen in self.seen.values())
        until = min([now + self.told.interval, *(at for at in ripe if at > now)])
        while (left := until - time.monotonic()) > 0 and not self.stopping():
            time.sleep(min(left, _NAP))

    def _is_away(self, what: str, why: str) -> None:
        """Say so once."""
        if what not in self.away:
            self.away.add(what)
            self.tell(Event(f"{what}_away", {"why": why}))

    def _is_back(self, what: str) -> None:
        if what in self.away:
            self.away.remove(what)
            self.tell(Event(f"{what}_back"))


def _state(claim: Claim) -> State:
    """As a look finds it; where that fails as it was, and answering it will tell."""
    try:
        return state_of(claim.file)
    except OSError:
        return claim.state


def _ago(moment: float) -> float:
    return time.monotonic() - moment


def _ended(answer: Answer, number: int, lang: Lang) -> Event:
    facts: dict[str, object] = {
        "file": answer.claim.rel,
        "round": number,
        **counts(answer.files),
        "verdict": verdict(answer.files, lang),
    }
    if answer.came is Came.REJECTED:
        facts["reason"] = reason(answer.files, lang)
    return Event(answer.came.value, facts)
