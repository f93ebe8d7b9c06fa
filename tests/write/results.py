"""Results of a check, made by hand: what the writers are given."""

from __future__ import annotations

from typing import Literal

from perfeval.findings import (
    Cause,
    FileResult,
    Finding,
    FormResult,
    LeftOut,
    Level,
    Patch,
    Plan,
    Safety,
    Total,
)
from tests.ooxml.books import SHEET


def finding(number: int, level: Level, cell: str | None, **more: object) -> Finding:
    """A finding of the form; `more` replaces fields."""
    values: dict[str, object] = {
        "id": f"id-{number}",
        "code": f"S10{number}",
        "rule": "total-mismatch",
        "level": level,
        "title": "总分与各项得分之和不符",
        "sheet": SHEET,
        "cell": cell,
        "field": "total.score",
        "found": "92",
        "expected": "92.996",
        "message": "总分 92，各项得分之和为 92.996。",
        "advice": "按各项得分之和填写总分。",
        "causes": (Cause("truncated", "总分可能去掉了小数"),),
        "basis": ("表内勾稽关系",),
    }
    return Finding(**{**values, **more})  # type: ignore[arg-type]  # fields by name


def result(*findings: Finding, path: str = "in/a.xlsx") -> FileResult:
    """A file with one form that has `findings`."""
    total = Total("100", "92", "92.996", "92.996", "92.996", None, "优", None, None, "E7")
    form = FormResult(
        form=f"a.xlsx#{SHEET}",
        sheet=SHEET,
        kind="project",
        layout="standard",
        region="310118",
        year=2021,
        project="推进乡村振兴项目",
        department="区农业农村委",
        unit="区农技中心",
        money_unit="元",
        total=total,
        findings=findings,
    )
    status = min((f.level for f in findings), key=lambda level: level.rank, default=None)
    return FileResult(path, "0" * 64, status.value if status else "clean", forms=(form,))


def some_result() -> FileResult:
    """Findings of every kind: on plain, noted and merged cells, and on one that is not there."""
    return result(
        finding(1, Level.ERROR, "E7"),
        finding(2, Level.WARNING, "F3", found="=8", expected="9.996"),
        finding(3, Level.INFO, "C1", advice="", causes=()),
        finding(4, Level.ERROR, "F3", title="得分与执行率不符"),
        finding(5, Level.WARNING, "H20"),
        finding(6, Level.WARNING, None, sheet=None),
        finding(7, Level.WARNING, "A1", sheet="没有这张表"),
    )


def patch(cell: str, old: str, new: str, kind: str = "number", sheet: str = SHEET) -> Patch:
    """A safe fix."""
    word: Literal["number", "text"] = "text" if kind == "text" else "number"
    return Patch("f", sheet, cell, old, new, word, "S101", "各项得分之和", Safety.SAFE)


def some_plan() -> Plan:
    """A number over a number, a text that begins like a formula, a cell that is not there."""
    return Plan(
        (patch("E7", "92", "92.996"), patch("B6", "≥1次", "=100%", "text"), patch("H21", "", "1")),
        (LeftOut("f", SHEET, "F3", "F103", "8", "9.996", "须单位确认后更正"),),
    )
