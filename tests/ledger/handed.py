"""Files as they are handed in, made by hand, and what a ledger says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any  # values of rows

from perfeval.course import LastRound
from perfeval.findings import FileResult, Finding, GoalLine, IndicatorLine, Level, heaviest
from perfeval.ledger import VIEWS, Ledger, Sought
from tests.write.results import finding, result

WRONG = finding(1, Level.ERROR, "E7")
DOUBTFUL = finding(2, Level.WARNING, "E9")


def file(
    path: str = "in/a.xlsx",
    *findings: Finding,
    project: str = "道路养护",
    unit: str = "养护中心",
    year: int | None = 2021,
    content: str = "",
    target: str = "≥12公里",
    actual: str = "",
    number: int = 1,
    **more: Any,
) -> FileResult:
    """A file with one form; `content` tells two files at one path apart, `more` is of the form."""
    base = result(*findings, path=path)
    row = IndicatorLine(
        1, "产出指标", "数量指标", "养护里程", target, "", "5", "5", "5", "5", "", "", False,
        {"target": "D9", "actual": "E9"},
    )  # fmt: skip
    form = replace(
        base.forms[0], project=project, unit=unit, year=year, indicators=(row,),
        goals=(GoalLine("养护县道", actual, {"actual": "B5"}),), **more,
    )  # fmt: skip
    digest = sha256(f"{path} {content}".encode(errors="replace")).hexdigest()
    return replace(base, sha256=digest, forms=(form,), status=heaviest((), (form,)), round=number)


def unreadable(path: str) -> FileResult:
    return FileResult(path, "", "unreadable", "文件已损坏")


def run(
    ledger: Ledger,
    *files: FileResult,
    lasts: Sequence[LastRound | None] = (),
    reply_by: date | None = None,
) -> int:
    """A run that has recorded files."""
    number = begun(ledger)
    ledger.record(number, files, list(lasts) or [None] * len(files), reply_by=reply_by)
    ledger.end(number)
    return number


def begun(ledger: Ledger) -> int:
    return ledger.begin(
        datetime.now(UTC), tool="perfeval 1", rules_hash="r1", policy_hash="p1", out="out"
    )


def table(
    ledger: Ledger, view: str, *names: str, sought: Sought | None = None
) -> list[tuple[Any, ...]]:
    """Some columns of a view."""
    places = [[column.name for column in VIEWS[view].columns].index(name) for name in names]
    return [tuple(row[at] for at in places) for row in ledger.rows(view, sought)]
