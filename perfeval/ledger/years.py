"""What the forms of the same projects said the year before, as the table `earlier`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # rows mix types

import pandas as pd
import sqlalchemy as sa

from perfeval import schema
from perfeval.extract.measure import Measure, parse_measure
from perfeval.ledger.books import forms as forms_kept
from perfeval.ledger.books import submissions
from perfeval.ledger.keys import Key, who
from perfeval.ledger.matching import parts
from perfeval.ledger.packing import content_in

_TEXT = Measure("")  # a text that is no target


def earlier(connection: sa.Connection, forms: pd.DataFrame) -> pd.DataFrame:
    """The rows of last year's last rounds; none for a form without project or year."""
    names = ("project", "unit", "department", "year", "run_year")
    columns = (forms[name].tolist() for name in names)
    wanted: dict[Key, list[int]] = {}
    for at, (project, unit, department, year, run_year) in enumerate(zip(*columns, strict=True)):
        year = run_year if pd.isna(year) else year
        key = who(project, unit, department)
        if key and not pd.isna(year):
            wanted.setdefault(Key(key, int(year) - 1), []).append(at)
    contents = _contents(connection, set(wanted))
    row_ids, form_ids = forms.row_id.tolist(), forms.form_id.tolist()
    rows = [
        (row_ids[at], form_ids[at], key.year, *row)
        for key, places in wanted.items()
        if key in contents
        for at in places
        for row in _rows(contents[key])
    ]
    return schema.frame("earlier", rows)


def _contents(connection: sa.Connection, wanted: set[Key]) -> dict[Key, Any]:
    """By key the content of the form of the last round; the latest where several were handed in."""
    found: dict[Key, bytes] = {}
    for part in parts({key.who for key in wanted}):
        query = (
            sa.select(forms_kept.c.who, forms_kept.c.year, forms_kept.c.content)
            .join_from(forms_kept, submissions, submissions.c.latest == forms_kept.c.round_id)
            .where(forms_kept.c.who.in_(part))
            .order_by(forms_kept.c.id)
        )
        for one, year, content in connection.execute(query):
            if Key(one, year) in wanted:
                found[Key(one, year)] = content
    return {key: content_in(content) for key, content in found.items()}


def _rows(content: Any) -> Iterator[tuple[str | int | None, ...]]:
    for expected, actual in content["goals"]:
        yield _row("expected", "", expected)
        yield _row("actual", "", actual)
    for label, target, done, reason in content["indicators"]:
        yield _row("target", label, target, parse_measure(target))
        yield _row("done", label, done)
        yield _row("reason", label, reason)


def _row(
    field: str, label: str, text: str, measure: Measure = _TEXT
) -> tuple[str | int | None, ...]:
    high = measure.high_e6
    return field, label, text, measure.kind, measure.op, measure.value_e6, high, measure.unit
