"""The same seven rules by perfeval and by frameworks that check tables, on the same rows.

Target, actual value, points and score are given; the score lies between 0 and its points; lost
points have a reason; the points of a form add to 100. The frameworks get a frame that is ready for
them, since none reads a form; perfeval gets its tables.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pandas as pd

from perfeval import rules
from perfeval.checking import check
from perfeval.policy import Policies
from perfeval.tables import Tables

SEVEN = ("I101", "I102", "I103", "I104", "S104", "I105", "S102")
GIVEN = ("target", "actual", "points", "score")


def contenders(tables: Tables) -> dict[str, Callable[[], object]]:
    """A call each, of the frameworks that are installed; what is built once is built here."""
    rows = flat(tables)
    asked = rules.chosen(SEVEN)
    made: dict[str, Callable[[], object]] = {
        "perfeval: seven rules, findings": lambda: check(
            tables, Policies.resolve(tables), rules=asked
        )
    }
    peers = {"pandera": _pandera, "frictionless": _frictionless, "pointblank": _pointblank}
    return made | {name: peer(rows) for name, peer in peers.items() if find_spec(name)}


def flat(tables: Tables) -> pd.DataFrame:
    """Indicators with the sum of their form's points: what a framework can check row by row."""
    rows = tables.indicators
    made = pd.DataFrame(
        {
            "form": rows.form_id,
            "target": rows.target.astype(object),
            "actual": rows.actual.astype(object),
            "points": rows.points_e4.astype("float64") / 10_000,
            "score": rows.score_e4.astype("float64") / 10_000,
            "reason": rows.reason.astype(object),
        }
    )
    sums = made.groupby("form").points.sum()
    execution = tables.funds[tables.funds.level == 0].groupby("form_id").points_e4.sum() / 10_000
    made["total"] = made.form.map(sums + execution.reindex(sums.index).fillna(0)).astype("float64")
    made["explained"] = (made.reason != "") | ~(made.score < made.points)
    return made


def _pandera(rows: pd.DataFrame) -> Callable[[], object]:
    import pandera.pandas as pandera
    from pandera.errors import SchemaErrors

    given = {name: pandera.Column(object, pandera.Check(lambda s: s != "")) for name in GIVEN[:2]}
    given |= {name: pandera.Column(float, nullable=False) for name in GIVEN[2:]}
    schema = pandera.DataFrameSchema(
        {**given, "total": pandera.Column(float, pandera.Check.equal_to(100.0))},
        checks=[
            pandera.Check(lambda frame: (frame.score >= 0) & (frame.score <= frame.points)),
            pandera.Check(lambda frame: frame.explained),
        ],
    )

    def run() -> object:
        try:
            return schema.validate(rows, lazy=True)
        except SchemaErrors as errors:
            return errors.failure_cases

    return run


def _frictionless(rows: pd.DataFrame) -> Callable[[], object]:
    from frictionless import Checklist, Resource, checks, fields
    from frictionless import Schema as Columns

    texts = {name: fields.StringField(name=name) for name in ("target", "actual", "reason")}
    numbers = {name: fields.NumberField(name=name) for name in ("points", "score", "total")}
    needed: dict[str, Any] = {**texts, **numbers}
    for name in GIVEN:
        needed[name].constraints = {"required": True}
    columns = Columns(fields=list(needed.values()))
    checklist = Checklist(
        checks=[
            checks.row_constraint(formula="score is None or 0 <= score <= points"),
            checks.row_constraint(formula="score is None or score >= points or bool(reason)"),
            checks.row_constraint(formula="total == 100"),
        ]
    )
    records = rows[list(needed)].astype(object).where(rows[list(needed)].notna(), None)
    data = records.to_dict("records")

    def run() -> object:
        return Resource(data=data, schema=columns).validate(checklist)

    return run


def _pointblank(rows: pd.DataFrame) -> Callable[[], object]:
    import pointblank

    def run() -> object:
        return (
            pointblank.Validate(rows)
            .col_vals_not_in_set("target", [""])
            .col_vals_not_in_set("actual", [""])
            .col_vals_not_null("points")
            .col_vals_not_null("score")
            .col_vals_between("score", 0, pointblank.col("points"), na_pass=True)
            .col_vals_in_set("explained", [True])
            .col_vals_eq("total", 100.0)
            .interrogate()
        )

    return run
