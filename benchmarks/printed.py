"""Drawn forms, and forms with one fault of every kind, printed in any layout that is known."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any  # figures are JSON, as in tests/forms

from benchmarks.drawing import draw, number
from sample_workbooks.building.form import Form, Fund, Indicator
from sample_workbooks.building.templates import MOF
from tests.building import STYLES, Style, lay_out
from tests.mutation import clean
from tests.mutation.drawn import Drawn
from tests.mutation.drawn import draw as drawn
from tests.mutation.faults import FAULTS, Fault

# of the others one asks for points of its own, one lists its money by incomes and expenses
LAYOUTS = sorted(slug for slug in STYLES if slug not in ("hubei-20-80", "hunan-dept-overall"))


@dataclass(frozen=True, slots=True)
class Truth:
    """What must be found: each code at its cell. `follow` must name a finding as their root,
    `beside` may be there, too.
    """

    findings: tuple[tuple[str, str | None], ...] = ()
    follow: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def clean_form(random: Random, serial: int) -> tuple[str, bytes]:
    """The layout and the workbook of a drawn form without a fault, in any layout."""
    form, _ = draw(random, serial, (MOF,))
    slug = random.choice(LAYOUTS)
    return slug, _undated(lay_out(_figures(form, STYLES[slug]), STYLES[slug]).data())


def faulty_form(kind: int, turn: int, serial: int) -> tuple[str, bytes, Truth]:
    """The layout, the workbook and the truth of a form with the fault number `kind`.

    `turn` takes the layouts that have the fault in turn.
    """
    fault = KINDS[kind]
    slugs = [slug for slug in fault.styles if _fits(fault, slug)]
    slug = slugs[turn % len(slugs)]
    own = {
        "project_name": f"农村公路养护（第{serial}号）",
        "implementing_unit": f"第{serial}公路管理所",
        "goal_actual": f"全年养护 120 公里，新设标志 42 块，第{serial}号",
    }
    if slug == "dept-overall-mof10like":  # which prints no 实施单位
        own["department"] = f"某县第{serial}交通运输局"
    base = clean.changed(clean.form(), own)
    planted = drawn(clean.changed(base, fault.changes), STYLES[slug])
    if fault.tamper:
        fault.tamper(planted)
    whole = drawn(base | {"extra": {"grade": "优"}}, STYLES[slug])
    cell = None if fault.at == "-" else whole.refs.get(fault.place, fault.place)
    found = ((fault.code, cell),)
    truth = Truth(found, tuple(fault.follow.split()), tuple(fault.beside.split()))
    return slug, _undated(planted.data()), truth


def _second_form(form: Drawn) -> None:
    project = form["project_name"].value + "（续建）"
    other = clean.changed(clean.form(), {"project_name": project})
    lay_out(other, STYLES["mof10-standard"], form.page)


# Without a policy of its own, or the year that is asked for, such a fault is none.
KINDS: tuple[Fault, ...] = tuple(
    replace(fault, tamper=_second_form) if fault.code == "R015" else fault
    for fault in FAULTS
    if fault.policy is None and fault.code != "H103"
)


def _undated(workbook: bytes) -> bytes:
    """The same without the moment at which openpyxl has written it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(b"2022-03-15T09:30:00Z", content)
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _fits(fault: Fault, slug: str) -> bool:
    """Whether a layout prints all fields that the fault changes or is found at."""
    style = STYLES[slug]
    columns = {
        "funds": {"label", *(name for name, *_ in style.money_heads)},
        "indicators": {name.replace("val", "target") for name, *_ in style.indicator_heads},
    }
    places = (place.split() for place in (*fault.changes, fault.place))
    return all(
        place[-1] in columns[place[0]]
        for place in places
        if len(place) == 3  # of a row: table, number, field
    )


def _figures(form: Form, style: Style) -> dict[str, Any]:
    """The form as printed figures; its points go to output where the money has none."""
    has_points = "money" in style.order and any(name == "weight" for name, *_ in style.money_heads)
    rows, funds, total = form.indicators, form.funds, Fraction(str(form.total_score))
    if not has_points:
        third = rows[2]
        assert isinstance(third.points, int)
        more = replace(third, points=third.points + 10, score=third.points + 10)
        rows = (*rows[:2], more, *rows[3:])
        total += 10 - Fraction(str(funds[0].score))
        funds = tuple(replace(fund, points=None, score=None) for fund in funds)
    level1 = level2 = ""
    indicators = []
    for row in rows:
        level1, level2 = row.level1 or level1, row.level2 or level2
        indicators.append(_row(row, level1, level2))
    return clean.changed(
        {
            "year": (form.year_line or "")[1:5],
            "unit": form.money_unit,
            "project_name": form.project,
            "department": form.department,
            "implementing_unit": form.unit,
            "funds": [_fund(fund) for fund in funds],
            "goal_expected": form.goal,
            "goal_actual": form.result,
            "indicators": indicators,
            "total": {"weight": "100", "score": _text(number(total))},
            "decision": [],
            "extra": {},
        },
        {},
    )


def _fund(fund: Fund) -> Mapping[str, str]:
    rate = f"{fund.rate:.2%}" if isinstance(fund.rate, float) else _text(fund.rate)
    money = (fund.initial_budget, fund.budget, fund.executed)
    values = (fund.label, *money, fund.points, rate, fund.score)
    return dict(zip(clean.FUND_FIELDS, map(_text, values), strict=True))


def _row(row: Indicator, level1: str, level2: str) -> Mapping[str, str]:
    values = (level1, level2, row.level3, row.target, row.actual, row.points, row.score, row.reason)
    return dict(zip(clean.INDICATOR_FIELDS, map(_text, values), strict=True))


def _text(value: object) -> str:
    return "" if value is None else str(value)
