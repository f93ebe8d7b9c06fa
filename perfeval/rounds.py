"""From round to round: what is remembered of a result, and how the next one stands against it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perfeval.course import (
    ROUND_RULES,
    Course,
    Handled,
    LastRound,
    Line,
    Past,
    Reply,
    Round,
    Standing,
)
from perfeval.findings import FileResult, Finding, FormResult, Level, Outcome, heaviest
from perfeval.texts import Lang, Text
from perfeval.wording import bare_text, wording

EMPTY, COPIED = "empty", "copied"
Spread = Counter[str]
_LONGEST = 60  # letters of a value that is remembered as it is
_EXPLAINED = Text("单位说明：{said}", "the unit explains: {said}")
_DISPUTED = Text("单位提出异议：{said}", "the unit disputes this: {said}")


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is another than in the last round. `field` is "" for a whole row."""

    table: str
    field: str
    cell: str | None
    before: str
    after: str
    asked: bool


def round_of(result: FileResult) -> Round:
    """What the workbook that goes back remembers of this round."""
    first: Course = ((result.round, Standing.NEW),)
    found = [
        Past(
            f.id, f.code, f.title, f.level.value, f.sheet or "", f.cell or "", kept(f.found),
            f.course or first, f.reply,
        )
        for f in result.all_findings()
        if f.code not in ROUND_RULES
    ]  # fmt: skip
    forms = {place(form): _asked(form) for form in result.forms}
    return Round(result.round, (*found, *result.past), forms)


def followed(file: FileResult, last: LastRound, hollow: Mapping[str, str]) -> FileResult:
    """The result with the course of each finding since the last round.

    `hollow` are ids of findings whose explanation says nothing.
    """
    number = last.round.number + 1
    pasts = {past.id: past for past in last.round.findings}
    replies = {reply.finding_id: reply for reply in last.replies}

    def follow(finding: Finding) -> Finding:
        past, reply = pasts.get(finding.id), replies.get(finding.id)
        if past is None:
            return replace(finding, course=((number, Standing.NEW),))
        said = reply if reply and (reply.explains or reply.handled) else past.reply
        if finding.id in hollow or (said and not said.explains):
            said = None
        state = _standing(past, said)
        return replace(finding, state=state, course=(*past.course, (number, state)), reply=said)

    forms = tuple(replace(form, findings=tuple(map(follow, form.findings))) for form in file.forms)
    findings = tuple(map(follow, file.findings))
    here = {f.id for f in findings} | {f.id for form in forms for f in form.findings}
    ran = _ran(forms)
    gone = tuple(_gone(past, number, ran) for past in pasts.values() if past.id not in here)
    return replace(file, round=number, findings=findings, forms=forms, past=gone)


def accepted(file: FileResult, lang: Lang) -> FileResult:
    """The file with what was explained as a remark (核实 only) that says so; nothing is lost."""
    if file.round == 1:
        return file
    forms = tuple(
        replace(form, findings=_ranked(_heard(f, lang) for f in form.findings))
        for form in file.forms
    )
    findings = tuple(_heard(f, lang) for f in file.findings)
    status = file.status if file.status == "unreadable" else heaviest(findings, forms)
    return replace(file, findings=findings, forms=forms, status=status)


def said_in(last: LastRound | None) -> dict[str, str]:
    """The explanations of a file, comparable, by the id of the finding."""
    given = last.replies if last else ()
    return {r.finding_id: bare_text(r.explanation) for r in given if r.explains}


def spread_of(lasts: Iterable[LastRound | None]) -> Spread:
    """In how many files of a run each explanation stands."""
    return Counter(text for last in lasts for text in set(said_in(last).values()))


def hollow_in(last: LastRound | None, spread: Spread) -> dict[str, str]:
    """The findings of a file whose explanation says nothing: EMPTY, or COPIED from another."""
    words = wording()
    why = {}
    for finding_id, text in said_in(last).items():
        if not text or text in words.empty_explanations:
            why[finding_id] = EMPTY
        elif spread[text] > 1 and len(text) >= words.shortest_explanation:
            why[finding_id] = COPIED
    return why


def changes(form: FormResult, last: Round, forms: int) -> list[Change]:
    """What differs from the last round, rows matched by their names, wherever they have moved.

    `forms` is how many forms the file has: an only form is itself under any sheet name.
    """
    before = last.forms.get(place(form))
    if before is None and forms == len(last.forms) == 1:
        before = next(iter(last.forms.values()))
    if before is None:
        return []
    total_asked = any("total_score" in line.asked for line in before)
    found = []
    for old, (new, cells) in _matched(before, lines(form)):
        if old is None or new is None:
            line, cell = old or new, cells.get("level3") or cells.get("label")
            assert line is not None  # one of both is there
            gone = (line.label, "") if new is None else ("", line.label)
            found.append(Change(line.table, "", cell, *gone, asked=bool(old and old.asked)))
            continue
        for name in {**old.values, **new.values}:
            was, now = (kept(line.values.get(name, "")) for line in (old, new))
            if was != now:
                asked = name in old.asked or (total_asked and name == "score")
                found.append(Change(new.table, name, cells.get(name), was, now, asked))
    return _following(found)


def kept(value: str) -> str:
    """A value as a round remembers it: long texts by their beginning and a digest."""
    if len(value) <= _LONGEST:
        return value
    return f"{value[:20]}…{hashlib.sha256(value.encode(errors='replace')).hexdigest()[:16]}"


def in_tables(field: str) -> str:
    """total.score → forms.total_score: a finding's field as the tables name it."""
    return f"forms.{field.replace('.', '_')}" if field.startswith("total.") else field


def short(value: str) -> str:
    """A remembered value as people read it: without the digest."""
    return f"{value[:20]}…" if len(value) == 37 and value[20] == "…" else value


def _following(found: list[Change]) -> list[Change]:
    """Total and grade follow from whatever else was changed."""
    follows = ("total_score", "grade")
    if all(change.field in follows for change in found):
        return found
    return [replace(c, asked=True) if c.field in follows else c for c in found]


def _standing(past: Past, said: Reply | None) -> Standing:
    if not past.is_open:
        return Standing.RECURRED
    return Standing.EXPLAINED if said is not None else Standing.UNCHANGED


def _gone(past: Past, number: int, ran: Collection[str]) -> Past:
    """A finding that is not found now: corrected, unless its rule was not asked."""
    if past.is_open and past.code in ran:
        return replace(past, course=(*past.course, (number, Standing.CORRECTED)))
    return past


def _ran(forms: Sequence[FormResult]) -> set[str]:
    silent = (Outcome.OFF, Outcome.CRASHED)
    return {code for form in forms for code, outcome in form.outcomes.items()
            if outcome not in silent}  # fmt: skip


def _heard(finding: Finding, lang: Lang) -> Finding:
    reply = finding.reply
    if reply is None:
        return finding
    disputed = reply.handled is Handled.DISPUTED
    words = (_DISPUTED if disputed else _EXPLAINED)(lang, said=reply.explanation)
    accepts = finding.state is Standing.EXPLAINED and not disputed
    settled = accepts and finding.level is Level.WARNING
    level = Level.INFO if settled else finding.level
    return replace(finding, level=level, message=f"{finding.message}；{words}")


def _ranked(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.level.rank))


def place(form: FormResult) -> str:
    """a.xlsx#Sheet1!2 → Sheet1!2: a file may come back under another name."""
    return form.form.partition("#")[2]


def _asked(form: FormResult) -> tuple[Line, ...]:
    """The lines of a form, each with the fields that its findings are about."""
    findings = [f for f in form.findings if f.code not in ROUND_RULES]
    cells = {f.cell for f in findings if f.cell}
    fields = {in_tables(f.field) for f in findings}
    found = []
    for line, places in lines(form):
        values, asked = line.values, line.asked
        if len("".join(values.values())) > _LONGEST:  # one of them may be
            values = {name: kept(value) for name, value in values.items()}
        if line.table == "forms":
            asked = tuple(sorted(name for name in values if f"forms.{name}" in fields))
        elif cells and not cells.isdisjoint(places.values()):
            asked = tuple(sorted(values))
        same = values is line.values and not asked
        found.append(line if same else Line(line.table, line.label, values, asked))
    return tuple(found)


def lines(form: FormResult) -> list[tuple[Line, Mapping[str, str]]]:
    """What a form holds, row by row, with the cells."""
    head = {
        "project": form.project, "department": form.department, "unit": form.unit,
        "year": None if form.year is None else str(form.year),
        "total_score": form.total.reported, "grade": form.total.grade_reported,
    }  # fmt: skip
    total = {"total_score": form.total.cell} if form.total.cell else {}
    found: list[tuple[Line, Mapping[str, str]]] = [(Line("forms", "", _there(head)), total)]
    for fund in form.funds:
        values = {
            "initial_budget": fund.initial_budget, "budget": fund.budget,
            "executed": fund.executed, "points": fund.points, "rate": fund.rate,
            "score": fund.score,
        }  # fmt: skip
        found.append((Line("funds", fund.label, _there(values)), fund.cells))
    for goal in form.goals:
        values = {"expected": goal.expected, "actual": goal.actual}
        found.append((Line("goals", "", _there(values)), goal.cells))
    for row in form.indicators:
        values = {
            "level1": row.level1, "level2": row.level2, "level3": row.level3,
            "target": row.target, "actual": row.actual, "points": row.points,
            "score": row.reported, "reason": row.reason,
        }  # fmt: skip
        found.append((Line("indicators", row.level3, _there(values)), row.cells))
    return found


def _there(values: Mapping[str, str | None]) -> Mapping[str, str]:
    """The fields that the form has."""
    if None not in values.values():
        return values  # type: ignore[return-value]  # no None in them
    return {name: value for name, value in values.items() if value is not None}


_Now = tuple[Line | None, Mapping[str, str]]


def _matched(
    before: Sequence[Line], after: Sequence[tuple[Line, Mapping[str, str]]]
) -> Iterator[tuple[Line | None, _Now]]:
    """Rows of both rounds side by side: by name, the rest of a table by order if equally many."""
    waiting: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in before:
        waiting[line.table, line.label].append(line)
    fresh: dict[str, list[_Now]] = defaultdict(list)
    for line, cells in after:
        same = waiting[line.table, line.label]
        if same:
            yield same.pop(0), (line, cells)
        else:
            fresh[line.table].append((line, cells))
    left: dict[str, list[Line]] = defaultdict(list)
    for (table, _), lines in waiting.items():
        left[table] += lines
    for table in {**left, **fresh}:
        if len(left[table]) == len(fresh[table]):
            yield from zip(left[table], fresh[table], strict=True)
        else:
            yield from ((line, (None, {})) for line in left[table])
            yield from ((None, now) for now in fresh[table])
