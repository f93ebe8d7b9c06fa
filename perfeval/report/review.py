"""A form as its report shows it: findings numbered and grouped, marks at cells, sums of parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from perfeval.findings import Finding, FormResult, IndicatorLine, Level, Outcome, Safety
from perfeval.report.amounts import beyond, number, percent, span, total, up_to_cap
from perfeval.texts import plain

_MAIN = 6


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding under the number by which the document refers to it."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings of one rule, told together; `followers` follow from them."""

    items: tuple[Numbered, ...]
    followers: tuple[Entry, ...]

    @property
    def first(self) -> Finding:
        return self.items[0].finding

    @property
    def advice(self) -> str:
        """The advice if it is the same for all."""
        return self._common(item.finding.advice for item in self.items)

    @property
    def derivation(self) -> str:
        return self._common(item.finding.derivation for item in self.items)

    @property
    def has_values(self) -> bool:
        """Whether any of them has a figure to show."""
        return any(item.finding.found or item.finding.expected for item in self.items)

    @property
    def has_expected(self) -> bool:
        return any(item.finding.expected for item in self.items)

    def _common(self, texts: Iterable[str]) -> str:
        found = list(dict.fromkeys(texts))
        return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the total: budget execution, or the indicators of one first level."""

    label: str | None  # None is budget execution
    points: str
    reported: str
    low: str
    high: str
    lost: Decimal | None


@dataclass(frozen=True, slots=True)
class Review:
    """A form with everything that its report needs beyond the results themselves."""

    form: FormResult
    verdict: str
    counts: Mapping[str, int]
    entries: tuple[Entry, ...]
    parts: tuple[Part, ...]
    marks: Mapping[str, tuple[Numbered, ...]]  # by cell
    corrected: Decimal | None  # the total after the corrections of listed scores, if there are any
    due: Decimal | None  # corrected or recomputed, up to the cap of the execution rate
    difference: Decimal | None  # due − reported
    outcomes: Mapping[str, tuple[str, ...]]  # codes by outcome
    basis: tuple[str, ...]

    @property
    def main(self) -> tuple[Entry, ...]:
        """What the verdict rests on: the entries of the heaviest level, the first few."""
        heaviest = [e for e in self.entries if e.first.level == self.verdict]
        return tuple(heaviest[:_MAIN])

    @property
    def is_capped(self) -> bool:
        """Whether the parts add to more than the execution rate allows."""
        whole = number(self.form.total.recomputed) if self.corrected is None else self.corrected
        return self.due != whole

    @property
    def span(self) -> str:
        """The defensible range of the total, up to its cap."""
        made = self.form.total
        ends = (made.due_low or made.low, made.due_high or made.high)
        low, high = (up_to_cap(number(end), made) for end in ends)
        return span(*(None if end is None else plain(end) for end in (low, high)))

    @property
    def outside(self) -> Decimal | None:
        """How far the recomputed total lies outside of what its parts can bear."""
        total = self.form.total
        return beyond(total.recomputed, total.due_low, total.due_high)

    @property
    def total_level(self) -> str:
        """How both totals stand: clean, a level, rounding, outside (its range), soft (unknown)."""
        levels = [item.finding.level for item in self.at(self.form.total.cell)]
        if self.corrected is not None and self.difference:
            levels += [f.level for f in self.form.findings if _changes_score(f)]
        if levels:
            return min(levels, key=lambda level: level.rank).value
        if self.difference is None:
            return "soft"
        if self.outside:
            return "outside"
        return "rounding" if self.difference else "clean"

    def at(self, cell: str | None) -> tuple[Numbered, ...]:
        """The findings at a cell."""
        return self.marks.get(cell, ()) if cell else ()

    def on_line(self, line: IndicatorLine) -> tuple[Numbered, ...]:
        """The findings at any cell of an indicator, by number."""
        marks = self.marks
        items = [item for cell in line.cells.values() if cell in marks for item in marks[cell]]
        found = {item.number: item for item in items}
        return tuple(found[key] for key in sorted(found))

    def difference_of(self, line: IndicatorLine) -> Decimal | None:
        """How far the reported score lies outside of its range."""
        return beyond(line.reported, line.low, line.high)


def review(form: FormResult, *, start: int = 1) -> Review:
    """The review of one form; its findings are numbered from `start`."""
    entries = grouped(form.findings, start=start)
    reported, due = number(form.total.reported), due_total(form)
    known = reported is not None and due is not None
    return Review(
        form,
        verdict(form.findings),
        {level.value: sum(f.level is level for f in form.findings) for level in Level},
        entries,
        parts(form),
        _marks(entries, form.sheet),
        corrected_total(form),
        due,
        due - reported if known else None,  # type: ignore[operator]  # both known here
        _by_outcome(form.outcomes),
        tuple(dict.fromkeys(basis for finding in form.findings for basis in finding.basis)),
    )


def verdict(findings: Sequence[Finding]) -> str:
    """The heaviest level, "clean" where nothing was found."""
    return min((f.level for f in findings), key=lambda level: level.rank, default=None) or "clean"


def grouped(findings: Sequence[Finding], *, start: int = 1) -> tuple[Entry, ...]:
    """Entries by weight; what follows from an entry stands in it. Each finding appears once."""
    ids = {finding.id for finding in findings}
    tops = [f for f in findings if f.root is None or f.root not in ids or f.root == f.id]
    children: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.root is not None and finding.root in ids and finding.root != finding.id:
            children.setdefault(finding.root, []).append(finding)
    entries = _Numbering(children, start).entries(tops)
    missed = len(findings) - sum(_size(entry) for entry in entries)
    if missed:  # roots that name each other in a circle: nothing may be lost for it
        return _Numbering({}, start).entries(findings)
    return entries


def parts(form: FormResult) -> tuple[Part, ...]:
    """Budget execution, then each first level in the order of the form."""
    found = [
        Part(
            None,
            fund.points,
            fund.score or "",
            fund.recomputed_score or "",
            fund.recomputed_score or "",
            _lost(fund.points, fund.score),
        )
        for fund in form.funds
        if number(fund.points) is not None and fund.points
    ]
    by_level: dict[str, list[IndicatorLine]] = {}
    for line in form.indicators:
        if not line.placeholder:
            by_level.setdefault(line.level1, []).append(line)
    for label, lines in by_level.items():
        points, reported = total([i.points for i in lines]), total([i.reported for i in lines])
        low, high = total([i.low for i in lines]), total([i.high for i in lines])
        lost = points - reported if points is not None and reported is not None else None
        found.append(Part(label, _text(points), _text(reported), _text(low), _text(high), lost))
    return tuple(found)


def by_levels(
    lines: Iterable[IndicatorLine],
) -> list[tuple[tuple[str, str], list[IndicatorLine]]]:
    """Runs of lines under the same first and second level, in the order of the form."""
    runs = groupby(lines, key=lambda line: (line.level1, line.level2))
    return [(levels, list(run)) for levels, run in runs]


def corrected_total(form: FormResult) -> Decimal | None:
    """The recomputed total with every score put right that follows; None where none has to be."""
    recomputed = number(form.total.recomputed)
    changes = [number(f.expected) - number(f.found) for f in form.findings if _changes_score(f)]  # type: ignore[operator]  # both are numbers there
    return recomputed + sum(changes) if changes and recomputed is not None else None


def due_total(form: FormResult) -> Decimal | None:
    """The corrected or else the recomputed total, up to the cap of the execution rate."""
    corrected = corrected_total(form)
    whole = number(form.total.recomputed) if corrected is None else corrected
    return up_to_cap(whole, form.total)


def settled_grade(form: FormResult) -> str:
    """The grade of the total that is due; "" where corrections or judgement may still change it."""
    total = form.total
    sure = total.due_grade_low == total.due_grade_high or corrected_total(form) is None
    return (sure and total.grade) or ""


def shown(finding: Finding, text: str) -> str:
    """A found or expected value as people read it: rates as percentages."""
    return percent(text) if finding.field.endswith(".rate") else text


class _Numbering:
    """Hands out numbers in the order of reading."""

    def __init__(self, children: Mapping[str, list[Finding]], start: int) -> None:
        self.children, self.next = children, start

    def entries(self, findings: Sequence[Finding]) -> tuple[Entry, ...]:
        groups: dict[tuple[int, str, str], list[Finding]] = {}
        for finding in sorted(findings, key=lambda f: f.level.rank):
            groups.setdefault((finding.level.rank, finding.code, finding.title), []).append(finding)
        return tuple(self._entry(group) for group in groups.values())

    def _entry(self, group: list[Finding]) -> Entry:
        items = tuple(Numbered(self.next + i, finding) for i, finding in enumerate(group))
        self.next += len(group)
        below = [child for finding in group for child in self.children.get(finding.id, ())]
        return Entry(items, self.entries(below))


def _size(entry: Entry) -> int:
    return len(entry.items) + sum(_size(follower) for follower in entry.followers)


def _marks(entries: Iterable[Entry], sheet: str) -> dict[str, tuple[Numbered, ...]]:
    marks: dict[str, tuple[Numbered, ...]] = {}
    for entry in entries:
        for item in entry.items:
            finding = item.finding
            if finding.cell and finding.sheet in (None, sheet):
                marks[finding.cell] = (*marks.get(finding.cell, ()), item)
        for cell, items in _marks(entry.followers, sheet).items():
            marks[cell] = (*marks.get(cell, ()), *items)
    return marks


def _by_outcome(outcomes: Mapping[str, Outcome]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = {outcome.value: [] for outcome in Outcome}
    for code in sorted(outcomes):
        codes[outcomes[code]].append(code)
    return {outcome: tuple(found) for outcome, found in codes.items()}


def _changes_score(finding: Finding) -> bool:
    """Whether a listed score has a value that is due instead, and none but that."""
    return (
        finding.field in ("funds.score", "indicators.score")
        and finding.fix is not None
        and finding.fix.safety is not Safety.MANUAL
        and number(finding.found) is not None
        and number(finding.expected) is not None
    )


def _lost(points: str | None, score: str | None) -> Decimal | None:
    possible, given = number(points), number(score)
    return possible - given if possible is not None and given is not None else None


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
