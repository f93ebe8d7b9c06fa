"""Forms that have come back, as tables: what the rules on rounds look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # rows of frames mix types

from perfeval import schema
from perfeval.course import LastRound
from perfeval.findings import FileResult, Finding, FormResult
from perfeval.rounds import Change, changes, in_tables, kept, short
from perfeval.tables import Tables

Rows = list[tuple[Any, ...]]
_Places = Mapping[
    tuple[int, str, str], tuple[int, bool]
]  # (form, table.field, cell) → row, formula


def with_rounds(
    tables: Tables,
    files: Sequence[FileResult],
    lasts: Sequence[LastRound | None],
    hollow: Sequence[Mapping[str, str]],
) -> Tables:
    """The tables of a run with those of its rounds. `files` have their courses."""
    made = _Made([], [], [])
    places: _Places | None = None
    form_id, rows = 0, tables.rows("forms").row_id.tolist()
    for file, last, empty in zip(files, lasts, hollow, strict=True):
        for form in file.forms:
            if last is not None:
                places = _places(tables) if places is None else places
                at = _Form(form_id, rows[form_id], places, len(file.forms))
                _take(made, form, at, last, empty)
            form_id += 1
    return tables.having(
        rounds=schema.rows("rounds", made.rounds),
        replies=schema.rows("replies", made.replies),
        changes=schema.rows("changes", made.changes),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    rounds: Rows
    replies: Rows
    changes: Rows


@dataclass(frozen=True, slots=True)
class _Form:
    """Where a form is in the tables; `of` is how many its file has."""

    form_id: int
    row_id: int
    places: _Places
    of: int


def _take(
    made: _Made, form: FormResult, at: _Form, last: LastRound, hollow: Mapping[str, str]
) -> None:
    pasts = {past.id: past for past in last.round.findings}
    given = {r.finding_id: r for r in last.replies if r.handled or r.explanation}
    for finding in form.findings:
        past = pasts.get(finding.id)
        if past is None or not past.is_open:
            continue
        row_id, field = _place_of(finding, at)
        reply = given.get(finding.id) or past.reply
        made.replies.append((
            row_id, at.form_id, field, finding.code, past.level, finding.cell or "",
            kept(finding.found) == past.found, reply.handled if reply else "",
            bool(reply and reply.explains), hollow.get(finding.id, ""),
            reply.explanation if reply else "",
        ))  # fmt: skip
    found = changes(form, last.round, at.of)
    for change in found:
        row_id, computed = _row_of(change, at)
        if not computed:
            values = (short(change.before), short(change.after), change.asked)
            made.changes.append((row_id, at.form_id, change.field, *values))
    made.rounds.append((at.row_id, at.form_id, last.round.number, len(found), len(given)))


def _place_of(finding: Finding, at: _Form) -> tuple[int, str]:
    field = in_tables(finding.field)
    row_id, _ = at.places.get((at.form_id, field, finding.cell or ""), (at.row_id, False))
    return row_id, field.rpartition(".")[2]


def _row_of(change: Change, at: _Form) -> tuple[int, bool]:
    """The row of a change, and whether a formula made it, not the unit."""
    key = (at.form_id, f"{change.table}.{change.field}", change.cell or "")
    return at.places.get(key, (at.row_id, False))


def _places(tables: Tables) -> _Places:
    columns = ("form_id", "table", "field", "ref", "row_id", "formula")
    return {
        (form_id, f"{table}.{field}", ref): (row_id, formula != "")
        for form_id, table, field, ref, row_id, formula in tables.rows("cells").values(*columns)
    }
