"""From tables, scores and findings to what the contract publishes: one FileResult a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any  # rows of frames mix types by nature

import pandas as pd

from perfeval.checking import Checked
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
from perfeval.scores import Scores, recompute
from perfeval.shown import as_number
from perfeval.tables import Tables
from perfeval.texts import Lang

Row = Mapping[str, Any]
Cells = Mapping[int, Mapping[str, str]]  # row_id → field → ref


def files(
    tables: Tables, policies: Policies, checked: Checked, hashes: Sequence[str], *, lang: Lang
) -> list[FileResult]:
    """One result a file of the chunk, in order; `hashes` are the SHA-256 of the sources."""
    scores = recompute(tables, policies)
    forms = _forms(tables, scores, policies, checked)
    made = []
    for file_id, row in enumerate(_records(tables.files)):
        findings = checked.by_file.get(file_id, ())
        of_file = tuple(forms.get(file_id, ()))
        unreadable = row["problem"] in ("unreadable", "encrypted")
        made.append(
            FileResult(
                path=row["file"],
                sha256=hashes[file_id],
                status="unreadable" if unreadable else heaviest(findings, of_file),
                reason=row[f"detail_{lang}"] or None,
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
    funds = _by_form(_records(tables.funds, scores.funds))
    goals = _by_form(_records(tables.goals))
    indicators = _by_form(_records(tables.indicators, scores.indicators))
    made: dict[int, list[FormResult]] = {}
    for row in _records(tables.forms, scores.forms.rename(columns={"grade": "made_grade"})):
        form_id = row["form_id"]
        made.setdefault(row["file_id"], []).append(
            FormResult(
                form=row["form"],
                sheet=row["sheet"],
                kind=row["kind"],
                layout=row["layout"],
                region=row["region"],
                year=None if row["year"] is None else int(row["year"]),
                project=_text(row, "project", asked=row["has_project"]),
                department=_text(row, "department", asked=row["has_department"]),
                unit=_text(row, "unit", asked=row["has_unit"]),
                money_unit=row["money_unit"],
                total=_total(row, cells),
                funds=tuple(_fund(line, row, cells) for line in funds.get(form_id, ())),
                goals=tuple(_goal(line, cells) for line in goals.get(form_id, ())),
                indicators=tuple(
                    _indicator(line, row, cells) for line in indicators.get(form_id, ())
                ),
                findings=checked.by_form.get(form_id, ()),
                outcomes=checked.outcomes[form_id],
                policy=used[id(policies.of(form_id))],
            )
        )
    return made


def _total(row: Row, cells: Cells) -> Total:
    def points(column: str) -> str | None:
        return as_number(column, row[column]) or None

    return Total(
        points=_number(row, "total_points_e4", row["total_points_state"]),
        reported=_number(row, "total_score_e4", row["total_score_state"]),
        recomputed=points("listed_e4"),
        low=points("low_e4"),
        high=points("high_e4"),
        grade_reported=_text(row, "grade", asked=row["has_grade"]),
        grade=row["made_grade"] or None if row["grade_low"] == row["grade_high"] else None,
        grade_low=row["grade_low"] or None,
        grade_high=row["grade_high"] or None,
        cell=cells.get(row["row_id"], {}).get("total_score"),
        due_low=points("due_low_e4"),
        due_high=points("due_high_e4"),
        due_grade_low=row["due_grade_low"] or None,
        due_grade_high=row["due_grade_high"] or None,
    )


def _fund(line: Row, form: Row, cells: Cells) -> FundLine:
    unit = form["money_unit"]
    return FundLine(
        kind=line["kind"],
        label=line["label"],
        **{
            name: _number(line, f"{name}_fen", line[f"{name}_state"], unit)
            for name in ("initial_budget", "budget", "executed")
        },
        points=_number(line, "points_e4", line["points_state"]),
        rate=_number(line, "rate_e6", line["rate_state"]),
        score=_number(line, "score_e4", line["score_state"]),
        recomputed_rate=as_number("due_rate_e6", line["due_rate_e6"]) or None,
        recomputed_score=as_number("due_e4", line["due_e4"]) or None
        if line["is_execution"]
        else None,
        cells=cells.get(line["row_id"], {}),
    )


def _goal(line: Row, cells: Cells) -> GoalLine:
    return GoalLine(
        expected=_text(line, "expected", asked=line["expected_state"] != State.ABSENT),
        actual=_text(line, "actual", asked=line["actual_state"] != State.ABSENT),
        cells=cells.get(line["row_id"], {}),
    )


def _indicator(line: Row, form: Row, cells: Cells) -> IndicatorLine:
    return IndicatorLine(
        position=line["position"],
        level1=line["level1"],
        level2=line["level2"],
        level3=line["level3"],
        target=_text(line, "target", asked=form["has_target"]),
        actual=_text(line, "actual", asked=form["has_actual"]),
        points=_number(line, "points_e4", line["points_state"]),
        reported=_number(line, "score_e4", line["score_state"]),
        low=as_number("low_e4", line["low_e4"]) or None,
        high=as_number("high_e4", line["high_e4"]) or None,
        due=line["due"],
        reason=_text(line, "reason", asked=line["reason_state"] != State.ABSENT),
        placeholder=line["placeholder"],
        cells=cells.get(line["row_id"], {}),
    )


def _text(row: Row, name: str, *, asked: bool) -> str | None:
    """The text, "" where the field is blank, None where the form does not have it."""
    return row[name] if asked or row[name] else None


def _number(row: Row, column: str, state: str, unit: str = "") -> str | None:
    """Plain decimals, "" where the field holds no number, None where the form does not have it."""
    return None if state == State.ABSENT else as_number(column, row[column], unit)


def _cells(tables: Tables) -> dict[int, dict[str, str]]:
    places: dict[int, dict[str, str]] = {}
    columns = (tables.cells[name].tolist() for name in ("row_id", "field", "ref"))
    for row_id, name, ref in zip(*columns, strict=True):
        places.setdefault(row_id, {})[name] = ref
    return places


def _records(*frames: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows as plain values, NA as None; frames on one index side by side, the first one winning."""
    first, *rest = frames
    columns = {name: frame[name] for frame in (*reversed(rest), first) for name in frame.columns}
    values = [[None if v is pd.NA else v for v in column.tolist()] for column in columns.values()]
    for row in zip(*values, strict=True):
        yield dict(zip(columns, row, strict=True))


def _by_form(rows: Iterator[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["form_id"], []).append(row)
    return grouped
