"""Faults that are planted in drawn forms: each knows the finding that it must give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from sample_workbooks.building.form import Form, Indicator
from sample_workbooks.building.sample import Expected
from sample_workbooks.building.template import Template

from .drawing import number, with_total


@dataclass(frozen=True, slots=True)
class Planted:
    """A form with a fault, and what must be found for it."""

    form: Form
    findings: tuple[Expected, ...]


Fault = Callable[[Form, Template, Random, int], Planted | None]


def plant(form: Form, template: Template, random: Random, count: int) -> Planted:
    """Plant up to `count` faults in rows or places of their own; the total is made to follow."""
    rows = list(range(1, len(form.indicators) + 1))
    random.shuffle(rows)
    findings: tuple[Expected, ...] = ()
    names = random.sample(sorted(FAULTS), len(FAULTS))
    for name in sorted(names[: count * 2], key=lambda fault: fault in LAST):
        if len(findings) >= count or not rows:
            break
        planted = FAULTS[name](form, template, random, rows[-1])
        if planted is not None:
            rows.pop()
            form, findings = planted.form, findings + planted.findings
    return Planted(form, findings)


def _changed(form: Form, row: int, **values: object) -> Form:
    indicators = list(form.indicators)
    indicators[row - 1] = replace(indicators[row - 1], **values)  # type: ignore[arg-type]  # names
    return replace(form, indicators=tuple(indicators))


def _row(form: Form, row: int) -> Indicator:
    return form.indicators[row - 1]


def _has(template: Template, *names: str) -> bool:
    return {column.name for column in template.indicators}.issuperset(names)


def missing_actual(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if _row(form, row).reason is not None:
        return None
    return Planted(
        _changed(form, row, actual=None), (Expected("I102", "indicators", row, "actual"),)
    )


def missing_target(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    changed = _changed(form, row, target=None, operator=None, measure=None)
    return Planted(changed, (Expected("I101", "indicators", row, "target"),))


def missing_reason(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if not _has(template, "score", "reason") or _row(form, row).reason is None:
        return None
    return Planted(
        _changed(form, row, reason=None), (Expected("I105", "indicators", row, "reason"),)
    )


def empty_reason(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if not _has(template, "score", "reason") or _row(form, row).reason is None:
        return None
    words = random.choice(("无", "无偏差", "已完成"))
    return Planted(
        _changed(form, row, reason=words), (Expected("I106", "indicators", row, "reason"),)
    )


def score_too_high(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    old = _row(form, row)
    if not _has(template, "points", "score") or old.reason is not None:
        return None
    assert isinstance(old.points, int)
    changed = with_total(_changed(form, row, score=old.points + random.randint(1, 3)))
    return Planted(changed, (Expected("S104", "indicators", row, "score"),))


def text_points(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    old = _row(form, row)
    if not _has(template, "points"):
        return None
    words = random.choice((f"{old.points}分", f" {old.points} ", f"{old.points}"))
    return Planted(
        _changed(form, row, points=words), (Expected("R007", "indicators", row, "points"),)
    )


def wrong_rate(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    rate = form.funds[0].rate
    assert isinstance(rate, float)
    wrong = round(rate - random.randint(20, 90) / 1000, 4)  # seen in whole percents, too
    return Planted(_with_fund(form, rate=wrong), (Expected("F102", "funds", 1, "rate"),))


def wrong_execution_score(
    form: Form, template: Template, random: Random, row: int
) -> Planted | None:
    if "score" not in {column.name for column in template.money}:
        return None
    points, score = form.funds[0].points, form.funds[0].score
    assert isinstance(points, int)
    assert isinstance(score, int | float)
    wrong = number(Fraction(str(score)) - Fraction(random.randint(11, 19), 10))
    changed = with_total(_with_fund(form, score=wrong))
    return Planted(changed, (Expected("F103", "funds", 1, "score"),))


def parts_differ(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if len(form.funds) == 1:
        return None
    part = form.funds[1]
    assert isinstance(part.executed, int | float)
    less = number(Fraction(str(part.executed)) - 3)
    funds = (form.funds[0], replace(part, executed=less, rate=None), *form.funds[2:])
    return Planted(replace(form, funds=funds), (Expected("F104", "funds", 1, "executed"),))


def wrong_total(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if template.total_label is None:
        return None
    total = Fraction(str(form.total_score))
    wrong = number(total - random.randint(1, 4) - Fraction(random.randint(1, 3), 4))
    changed = replace(form, total_score=wrong)
    if changed.grade is not None:
        changed = replace(changed, grade=_grade(Fraction(str(wrong))))
    return Planted(changed, (Expected("S101", "forms", 0, "total_score"),))


def missing_result(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if not template.goals or str(form.result).startswith("<"):
        return None
    return Planted(replace(form, result=None), (Expected("G102", "goals", 1, "actual"),))


def markup(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if not template.goals or form.result is None:
        return None
    changed = replace(form, result=f"<p>{form.result}</p>")
    return Planted(changed, (Expected("R008", "goals", 1, "actual"),))


def missing_unit(form: Form, template: Template, random: Random, row: int) -> Planted | None:
    if not any(name == "unit" for line in template.heading for _, name, *_ in line):
        return None
    return Planted(replace(form, unit=""), (Expected("H102", "forms", 0, "unit"),))


def _with_fund(form: Form, **values: object) -> Form:
    total = replace(form.funds[0], **values)  # type: ignore[arg-type]  # names of Fund's fields
    return replace(form, funds=(total, *form.funds[1:]))


def _grade(total: Fraction) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


LAST = ("wrong_total",)  # after the faults that change scores
FAULTS: Mapping[str, Fault] = {
    fault.__name__: fault
    for fault in (
        missing_actual,
        missing_target,
        missing_reason,
        empty_reason,
        score_too_high,
        text_points,
        wrong_rate,
        wrong_execution_score,
        parts_differ,
        wrong_total,
        missing_result,
        markup,
        missing_unit,
    )
}
