"""Writing what came of files: a delivery is a round of a submission, whichever run judged it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any  # rows mix types

import sqlalchemy as sa

from perfeval.course import LastRound
from perfeval.findings import FileResult, Finding, FormResult
from perfeval.identity import key_of
from perfeval.ledger import books
from perfeval.ledger.matching import parts, past_of, place
from perfeval.ledger.packing import content_of, memo_of, storable
from perfeval.rounds import round_of
from perfeval.waivers import Waiver, waived

Row = dict[str, Any]
_CHILDREN = (books.waivers, books.replies, books.findings, books.forms)
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Handed:
    """What is recorded of files beside their results."""

    run: int
    on: date
    reply_by: date | None = None
    waivers: tuple[Waiver, ...] = ()


def record(
    connection: sa.Connection,
    files: Sequence[FileResult],
    lasts: Sequence[LastRound | None],
    handed: Handed,
) -> None:
    """Write the results of files; a delivery that is there already is replaced."""
    past = past_of(connection, files, lasts, before=handed.run)
    made = _Made(_next_ids(connection), handed)
    replaced: list[int] = []
    for file, last in zip(files, lasts, strict=True):
        known = past.delivery(file)
        if known:
            replaced.append(known.id)
            made.take(file, last, known.id, known.submission_id, first_run=known.run_id)
        else:
            submission_id = past.answered(file, last) or made.next_id(books.submissions)
            made.take(file, last, made.next_id(books.rounds), submission_id, first_run=handed.run)
    _write(connection, made, replaced)


class _Made:
    """Rows by table; ids count on from those of the ledger (writers are alone)."""

    def __init__(self, ids: dict[str, int], handed: Handed) -> None:
        self.rows: dict[str, list[Row]] = {name: [] for name in ids}
        self._ids = ids
        self._handed = handed

    def next_id(self, table: sa.Table) -> int:
        self._ids[table.name] += 1
        return self._ids[table.name]

    def take(
        self,
        file: FileResult,
        last: LastRound | None,
        round_id: int,
        submission_id: int,
        *,
        first_run: int,
    ) -> None:
        levels = Counter(finding.level.value for finding in file.all_findings())
        digest, memo = memo_of(round_of(file))
        self.rows["rounds"].append({
            "id": round_id, "submission_id": submission_id, "number": file.round,
            "run_id": first_run, "judged_by": self._handed.run,
            "path": place(file), "name": storable(file.path), "sha256": file.sha256,
            "status": file.status, "reason": storable(file.reason),
            "errors": levels["error"], "warnings": levels["warning"], "infos": levels["info"],
            "memo_sha256": digest, "memo": memo, "reply_by": self._handed.reply_by,
        })  # fmt: skip
        self.rows["submissions"].append(_submission(file, round_id, submission_id))
        self._findings(file.findings, round_id, None)
        for form in file.forms:
            self._form(form, round_id)
        for past in file.past:
            self._add("findings", {
                "round_id": round_id, "form_id": None, "finding": past.id, "code": past.code,
                "level": past.level, "title": past.title, "sheet": storable(past.sheet),
                "cell": past.cell, "field": "", "found": storable(past.found), "expected": "",
                "message": past.title, "state": past.course[-1][1].value,
            })  # fmt: skip
        for reply in last.replies if last else ():
            if reply.handled or reply.explanation:
                self._add("replies", {
                    "round_id": round_id, "finding": reply.finding_id,
                    "handled": reply.handled.value, "explanation": storable(reply.explanation),
                })  # fmt: skip

    def _form(self, form: FormResult, round_id: int) -> None:
        key = key_of(form)
        total = next((fund for fund in form.funds if fund.kind == "total"), None)
        form_id = self._add("forms", {
            "round_id": round_id, "sheet": storable(form.sheet), "kind": form.kind,
            "region": form.region, "year": key.year, "project": storable(form.project),
            "department": storable(form.department), "unit": storable(form.unit), "who": key.who,
            "budget_fen": _scaled(total.budget, 2) if total else None,
            "executed_fen": _scaled(total.executed, 2) if total else None,
            "points_e4": _scaled(form.total.points, 4),
            "reported_e4": _scaled(form.total.reported, 4),
            "recomputed_e4": _scaled(form.total.recomputed, 4),
            "grade_reported": storable(form.total.grade_reported),
            "grade": storable(form.total.grade),
            "content": content_of(form),
        })  # fmt: skip
        self._findings(form.findings, round_id, form_id)
        covered = waived(form, self._handed.waivers, on=self._handed.on)
        for finding_id, waiver in covered.items():
            self._add("waivers", {
                "round_id": round_id, "finding": finding_id, "code": waiver.rule,
                "reason": waiver.reason, "signatory": waiver.signatory, "until": waiver.until,
            })  # fmt: skip

    def _findings(self, found: Iterable[Finding], round_id: int, form_id: int | None) -> None:
        for finding in found:
            self._add("findings", {
                "round_id": round_id, "form_id": form_id, "finding": finding.id,
                "code": finding.code, "level": finding.level.value, "title": finding.title,
                "sheet": storable(finding.sheet), "cell": finding.cell or "",
                "field": finding.field,
                "found": storable(finding.found), "expected": storable(finding.expected),
                "message": storable(finding.message), "state": finding.state.value,
            })  # fmt: skip

    def _add(self, table: str, row: Row) -> int:
        self._ids[table] += 1
        self.rows[table].append({"id": self._ids[table], **row})
        return self._ids[table]


def _submission(file: FileResult, round_id: int, submission_id: int) -> Row:
    """A submission goes by the first form of its last round."""
    first = file.forms[0] if file.forms else None
    return {
        "id": submission_id,
        "latest": round_id,
        "year": key_of(first).year if first else None,
        "project": storable(first.project) if first else "",
        "unit": storable(first.unit) if first else "",
        "department": storable(first.department) if first else "",
    }


def forget(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Take rounds away with all that belongs to them."""
    for part in parts(ids):
        for table in _CHILDREN:
            connection.execute(sa.delete(table).where(table.c.round_id.in_(part)))
        connection.execute(sa.delete(books.rounds).where(books.rounds.c.id.in_(part)))


def _write(connection: sa.Connection, made: _Made, replaced: Sequence[int]) -> None:
    forget(connection, replaced)
    _insert(connection, books.submissions, _new_submissions(connection, made))
    for table in (books.rounds, *reversed(_CHILDREN)):
        _insert(connection, table, made.rows[table.name])


def _new_submissions(connection: sa.Connection, made: _Made) -> list[Row]:
    """The submissions to add; those that are there are brought to their last round."""
    numbers = {row["id"]: row["number"] for row in made.rows["rounds"]}
    old = _latest(connection, [row["id"] for row in made.rows["submissions"]])
    best = dict(old)
    rows: dict[int, Row] = {}
    for row in made.rows["submissions"]:
        place = (numbers[row["latest"]], row["latest"])
        if place >= best.get(row["id"], (0, 0)):
            best[row["id"]], rows[row["id"]] = place, row
    changed = [row for row in rows.values() if row["id"] in old]
    for names in (("latest",), ("latest", "year", "project", "unit", "department")):
        # what cannot be read has no names: the submission keeps those of its last readable round
        some = [row for row in changed if bool(row["project"]) is (len(names) > 1)]
        if some:
            update = sa.update(books.submissions).where(books.submissions.c.id == sa.bindparam("b"))
            values = update.values({name: sa.bindparam(f"b_{name}") for name in names})
            connection.execute(
                values, [{"b": r["id"], **{f"b_{n}": r[n] for n in names}} for r in some]
            )
    return [row for row in rows.values() if row["id"] not in old]


def _latest(connection: sa.Connection, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Number and id of the last round of submissions, by their ids."""
    submissions, rounds = books.submissions, books.rounds
    found = {}
    for part in parts(ids):
        query = (
            sa.select(submissions.c.id, sa.func.coalesce(rounds.c.number, 0), submissions.c.latest)
            .join_from(submissions, rounds, rounds.c.id == submissions.c.latest, isouter=True)
            .where(submissions.c.id.in_(part))
        )
        for submission_id, number, latest in connection.execute(query):
            found[submission_id] = (number, latest)
    return found


def _insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    if not rows:
        return
    if table is books.findings:  # by far the most: past SQLAlchemy, which takes as long again
        statement = sa.insert(table).compile(dialect=connection.dialect)
        names = statement.positiontup
        values = [tuple(row[n] for n in names) for row in rows] if names else rows
        connection.exec_driver_sql(str(statement), values)
    else:
        connection.execute(sa.insert(table), rows)


def _next_ids(connection: sa.Connection) -> dict[str, int]:
    tables = (books.submissions, books.rounds, *_CHILDREN)
    return {
        table.name: connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0
        for table in tables
    }


def _scaled(value: str | None, places: int) -> int | None:
    """Plain decimals as a whole number of 10^-places; None where blank or beyond 64 bits."""
    if not value:
        return None
    scaled = int(Decimal(value).scaleb(places))
    return scaled if abs(scaled) < _LARGEST else None
