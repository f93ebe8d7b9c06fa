"""A last round told in the names of this one: a sheet may have been renamed, a row relabelled.

The id of a finding holds sheet and label. Where it misses, findings are matched by where they stand
and what they say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from perfeval.course import LastRound, Line, Past
from perfeval.findings import FileResult, Finding, FormResult
from perfeval.rounds import kept, lines, place

_ALIKE = 0.5  # the share of rows that two forms must have in common to be the same form


def aligned(file: FileResult, last: LastRound) -> LastRound:
    """The same round with the sheets' and findings' names of `file`, as far as they are matched."""
    places = _renamed(file.forms, last.round.forms)
    sheets = {_sheet(old): _sheet(new) for old, new in places.items()}
    known = {past.id for past in last.round.findings}
    found = {finding.id: finding for finding in file.all_findings()}
    fresh = [finding for finding in found.values() if finding.id not in known]
    missed = [past for past in last.round.findings if past.id not in found]
    if not places and not (fresh and missed):
        return last
    ids = {past.id: finding.id for past, finding in _matched(missed, fresh, sheets)}
    findings = tuple(
        replace(past, id=ids.get(past.id, past.id), sheet=sheets.get(past.sheet, past.sheet))
        for past in last.round.findings
    )
    forms = {places.get(name, name): rows for name, rows in last.round.forms.items()}
    replies = tuple(
        replace(reply, finding_id=ids.get(reply.finding_id, reply.finding_id))
        for reply in last.replies
    )
    return LastRound(replace(last.round, findings=findings, forms=forms), replies)


def _matched(
    missed: Sequence[Past], fresh: Sequence[Finding], sheets: Mapping[str, str]
) -> Iterator[tuple[Past, Finding]]:
    """Pairs: of a rule, cell and value; then, on a sheet that was renamed, of a rule and value, as
    rows move; then of a rule and cell, as values are corrected.
    """
    waiting = {finding.id: finding for finding in fresh}
    for key in (_CELL | _VALUE, _VALUE, _CELL):
        open_to: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
        for one in waiting.values():
            open_to[_key(key, one.code, one.sheet, one.cell, kept(one.found))].append(one)
        left = []
        for past in missed:
            moved = past.sheet in sheets
            sheet = sheets.get(past.sheet, past.sheet)
            same = open_to[_key(key, past.code, sheet, past.cell, past.found)]
            if same and (moved or key == _CELL | _VALUE):
                finding = same.pop(0)
                del waiting[finding.id]
                yield past, finding
            else:
                left.append(past)
        missed = left


_CELL, _VALUE = frozenset({"cell"}), frozenset({"value"})


def _key(
    by: Collection[str], code: str, sheet: str | None, cell: str | None, value: str
) -> tuple[str, ...]:
    at = cell or "" if "cell" in by else ""
    return code, sheet or "", at, value if "value" in by else ""


def _renamed(forms: Sequence[FormResult], before: Mapping[str, Sequence[Line]]) -> dict[str, str]:
    """Old place → new place of the forms that stand on a sheet of another name."""
    new = [form for form in forms if place(form) not in before]
    old = [name for name in before if name not in set(map(place, forms))]
    if len(new) == len(old) == 1:
        return {old[0]: place(new[0])}
    rows_of = {place(form): {_row(line) for line, _ in lines(form)} for form in new}
    alike = sorted(
        (-_share({_row(line) for line in before[name]}, rows), at, to, name, now)
        for at, name in enumerate(old)
        for to, (now, rows) in enumerate(rows_of.items())
    )
    found: dict[str, str] = {}
    for share, _, _, name, now in alike:
        if -share > _ALIKE and name not in found and now not in found.values():
            found[name] = now
    return found


def _row(line: Line) -> tuple[str, str]:
    """What a row goes by; of the heading its project."""
    return line.table, line.label or kept(line.values.get("project", ""))


def _share(one: Collection[tuple[str, str]], other: Collection[tuple[str, str]]) -> float:
    both = {*one, *other}
    return len([row for row in both if row in one and row in other]) / len(both) if both else 0.0


def _sheet(place: str) -> str:
    """Sheet1!2 → Sheet1"""
    name, mark, number = place.rpartition("!")
    return name if mark and number.isdecimal() else place
