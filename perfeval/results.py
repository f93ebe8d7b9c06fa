"""From tables, scores and findings to what the contract publishes: one FileResult a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np

from perfeval.checking import Checked
from perfeval.exact import Flags, Texts, where
from perfeval.findings import (
    FileResult,
    FormResult,
    FundLine,
    GoalLine,
    IndicatorLine,
    Total,
    heaviest,
)
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows, plain
from perfeval.scores import Scores, recompute
from perfeval.shown import as_number
from perfeval.tables import Tables
from perfeval.texts import Lang

Cells = Mapping[int, Mapping[str, str]]  # row_id → field → ref
Told = list[str | None]  # a column as it is published


def files(
    tables: Tables, policies: Policies, checked: Checked, hashes: Sequence[str], *, lang: Lang
) -> list[FileResult]:
    """One result a file of the chunk, in order; `hashes` are the SHA-256 of the sources."""
    scores = recompute(tables, policies)
    forms = _forms(tables, scores, policies, checked)
    made = []
    rows = tables.rows("files").values("file", "problem", f"detail_{lang}")
    for file_id, (file, problem, detail) in enumerate(rows):
        findings = checked.by_file.get(file_id, ())
        of_file = tuple(forms.get(file_id, ()))
        unreadable = problem in ("unreadable", "encrypted")
        made.append(
            FileResult(
                path=file,
                sha256=hashes[file_id],
                status="unreadable" if unreadable else heaviest(findings, of_file),
                reason=detail or None,
                findings=findings,
                forms=of_file,
            )
        )
    return made


def _forms(
    tables: Tables, scores: Scores, policies: Policies, checked: Checked
) -> dict[int, list[FormResult]]:
    used = {id(one): one.used(found=policies.found) for one in policies.distinct}
    cells = _cells(tables)
    forms = tables.rows("forms")
    funds = _by_form(tables.rows("funds"), _funds(tables, scores, cells))
    goals = _by_form(tables.rows("goals"), _goals(tables, cells))
    indicators = _by_form(tables.rows("indicators"), _indicators(tables, scores, cells))
    rows = zip(
        forms.values("form_id", "file_id", "form", "sheet", "kind", "layout", "region", "year"),
        *(_texts(forms, name, forms.column(f"has_{name}")) for name in _NAMED),
        forms.money_unit.tolist(),
        _totals(forms, scores, cells),
        strict=True,
    )
    made: dict[int, list[FormResult]] = {}
    for head, project, department, unit, money_unit, total in rows:
        form_id, file_id, form, sheet, kind, layout, region, year = head
        made.setdefault(file_id, []).append(
            FormResult(
                form, sheet, kind, layout, region, year,
                project, department, unit, money_unit, total,
                funds.get(form_id, ()),
                goals.get(form_id, ()),
                indicators.get(form_id, ()),
                checked.by_form.get(form_id, ()),
                checked.outcomes[form_id],
                used[id(policies.of(form_id))],
            )
        )  # fmt: skip
    return made


_NAMED = ("project", "department", "unit")


def _totals(forms: Rows, scores: Scores, cells: Cells) -> Iterator[Total]:
    made = scores.forms
    grade = np.where(made.grade_low == made.grade_high, made.grade, "")
    refs = [cells.get(row_id, {}).get("total_score") for row_id in forms.row_id.tolist()]
    columns = (
        _asked(forms, "total_points_e4", "total_points_state"),
        _asked(forms, "total_score_e4", "total_score_state"),
        _told(made, "listed_e4"),
        _told(made, "low_e4"),
        _told(made, "high_e4"),
        _texts(forms, "grade", forms.has_grade),
        _or_none(grade),
        _or_none(made.grade_low),
        _or_none(made.grade_high),
        refs,
        _told(made, "due_low_e4"),
        _told(made, "due_high_e4"),
        _or_none(made.due_grade_low),
        _or_none(made.due_grade_high),
        _told(made, "cap_e4"),
    )
    return map(Total, *columns)


def _funds(tables: Tables, scores: Scores, cells: Cells) -> Iterator[FundLine]:
    rows, made = tables.rows("funds"), scores.funds
    units = tables.of_form(rows, "money_unit").tolist()
    due = made.assign(due_e4=where(made.due_e4, made.is_execution))
    columns = (
        rows.kind.tolist(),
        rows.label.tolist(),
        *(
            _asked(rows, f"{name}_fen", f"{name}_state", units)
            for name in ("initial_budget", "budget", "executed")
        ),
        _asked(rows, "points_e4", "points_state"),
        _asked(rows, "rate_e6", "rate_state"),
        _asked(rows, "score_e4", "score_state"),
        _told(made, "due_rate_e6"),
        _told(due, "due_e4"),
        _placed(rows, cells),
    )
    return map(FundLine, *columns)


def _goals(tables: Tables, cells: Cells) -> Iterator[GoalLine]:
    rows = tables.rows("goals")
    columns = (
        _texts(rows, "expected", rows.expected_state != State.ABSENT),
        _texts(rows, "actual", rows.actual_state != State.ABSENT),
        _placed(rows, cells),
    )
    return map(GoalLine, *columns)


def _indicators(tables: Tables, scores: Scores, cells: Cells) -> Iterator[IndicatorLine]:
    rows, made = tables.rows("indicators"), scores.indicators
    columns = (
        rows.position.tolist(),
        rows.level1.tolist(),
        rows.level2.tolist(),
        rows.level3.tolist(),
        _texts(rows, "target", tables.of_form(rows, "has_target")),
        _texts(rows, "actual", tables.of_form(rows, "has_actual")),
        _asked(rows, "points_e4", "points_state"),
        _asked(rows, "score_e4", "score_state"),
        _told(made, "low_e4"),
        _told(made, "high_e4"),
        made.due.tolist(),
        _texts(rows, "reason", rows.reason_state != State.ABSENT),
        rows.placeholder.tolist(),
        _placed(rows, cells),
    )
    return map(IndicatorLine, *columns)


def _texts(rows: Rows, name: str, asked: Flags) -> Told:
    """The texts, "" where the field is blank, None where the form does not have it."""
    texts = rows.column(name)
    flags = (asked | (texts != "")).tolist()
    return [text if told else None for text, told in zip(texts.tolist(), flags, strict=True)]


def _or_none(texts: Texts) -> Told:
    return [text or None for text in texts.tolist()]


def _told(rows: Rows, column: str) -> Told:
    """Plain decimals, None for NA."""
    return [text or None for text in _numbers(rows, column)]


def _asked(rows: Rows, column: str, state: str, units: Sequence[str] = ()) -> Told:
    """Plain decimals, "" where the field holds no number, None where the form does not have it."""
    absent = (rows.column(state) == State.ABSENT).tolist()
    texts = _numbers(rows, column, units)
    return [None if is_absent else text for text, is_absent in zip(texts, absent, strict=True)]


def _numbers(rows: Rows, column: str, units: Sequence[str] = ()) -> list[str]:
    """Plain decimals, "" for NA; equal numbers are written once."""
    values = plain(rows.column(column))
    if units:
        return [as_number(column, v, unit) for v, unit in zip(values, units, strict=True)]
    known = {value: as_number(column, value) for value in set(values)}
    return [known[value] for value in values]


def _placed(rows: Rows, cells: Cells) -> list[Mapping[str, str]]:
    return [cells.get(row_id, {}) for row_id in rows.row_id.tolist()]


def _cells(tables: Tables) -> dict[int, dict[str, str]]:
    """Fields and refs by row; mostly the cells of a row stand together."""
    cells = tables.rows("cells")
    if not len(cells):
        return {}
    row_ids, fields, refs = (column.tolist() for column in (cells.row_id, cells.field, cells.ref))
    others = (np.flatnonzero(np.diff(cells.row_id)) + 1).tolist()
    places: dict[int, dict[str, str]] = {}
    for start, end in pairwise([0, *others, len(fields)]):
        of_row = dict(zip(fields[start:end], refs[start:end], strict=True))
        row_id = row_ids[start]
        places[row_id] = places[row_id] | of_row if row_id in places else of_row
    return places


Line = TypeVar("Line")


def _by_form(rows: Rows, lines: Iterator[Line]) -> dict[int, tuple[Line, ...]]:
    grouped: dict[int, list[Line]] = {}
    for form_id, line in zip(rows.form_id.tolist(), lines, strict=True):
        grouped.setdefault(form_id, []).append(line)
    return {form_id: tuple(of_form) for form_id, of_form in grouped.items()}
