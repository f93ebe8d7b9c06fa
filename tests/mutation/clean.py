"""A form without fault, in the figures that each kind of template asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any  # a form is JSON, as in tests/forms

FUNDS = """
年度资金总额|200|200|190|10|95%|9.5
其中：当年财政拨款|150|150|140|—|93.33%|—
上年结转资金|50|50|50|—|100%|—
其他资金||||—||—
"""
INDICATORS = """
产出指标|数量指标|养护里程|≥120公里|120公里|10|10|
产出指标|数量指标|新设标志|≥40块|42块|10|10|
产出指标|质量指标|验收合格率|≥95%|97%|15|15|
产出指标|时效指标|完成时间|2022年12月底前|2022年11月|15|15|
效益指标|社会效益指标|事故下降率|≥5%|4%|10|8|两处急弯尚未改造，已列入下年计划
效益指标|生态效益指标|沿线绿化|建成并通过验收|达成预期指标|10|9|个别路段补植
效益指标|经济效益指标|节省运费|≥60万元|66万元|10|10|
满意度指标|服务对象满意度指标|群众满意度|≥90%|92%|10|10|
"""
FUND_FIELDS = ("label", "initial", "full", "executed", "weight", "rate", "score")
INDICATOR_FIELDS = ("l1", "l2", "l3", "target", "actual", "weight", "score", "reason")
MEASURE = re.compile(r"(≥)(\d+)(\D+)")  # where operator, value and unit have columns of their own


def form() -> dict[str, Any]:
    """Execution 10 points, indicators 90; every other form is made of it."""
    return {
        "year": "2022",
        "unit": "万元",
        "project_name": "农村公路养护",
        "department": "某县交通运输局",
        "implementing_unit": "公路管理所",
        "funds": _rows(FUNDS, FUND_FIELDS),
        "goal_expected": "养护县道 120 公里，路况保持良好",
        "goal_actual": "全年养护 120 公里，新设标志 42 块，路况评定为良",
        "indicators": [_measured(row) for row in _rows(INDICATORS, INDICATOR_FIELDS)],
        "total": {"weight": "100", "score": "96.5"},
        "decision": [],
        "extra": {},
    }


def without_execution() -> dict[str, Any]:
    """The money has no points: those of output are 60."""
    return changed(
        form(),
        {
            "funds 1 weight": "", "funds 1 score": "",
            "indicators 3 weight": "20", "indicators 3 score": "20",
            "indicators 4 weight": "20", "indicators 4 score": "20",
            "total score": "97",
        },
    )  # fmt: skip


def hubei() -> dict[str, Any]:
    """Execution 20 points, output 40, benefit and satisfaction 40; no points printed."""
    return changed(
        form(),
        {
            "funds 1 score": "19",
            "indicators 3 score": "10",
            "indicators 4 score": "10",
            "total score": "96",
        },
    )


def changed(figures: Mapping[str, Any], changes: Mapping[str, str]) -> dict[str, Any]:
    """A copy with other texts: "funds 1 rate" is the rate of the first row of the money."""
    made = {
        name: [dict(row) for row in value] if isinstance(value, list) else value
        for name, value in figures.items()
    } | {"total": dict(figures["total"]), "extra": dict(figures["extra"])}
    for place, text in changes.items():
        block, *more = place.split()
        if not more:
            made[block] = text
        elif len(more) == 1:
            dict.__setitem__(made[block], more[0], text)
        else:
            made[block][int(more[0]) - 1][more[1]] = text
    made["indicators"] = [_measured(row) for row in made["indicators"]]
    return made


def _rows(table: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    lines = table.strip().splitlines()
    return [dict(zip(names, line.split("|"), strict=True)) for line in lines]


def _measured(row: Mapping[str, Any]) -> dict[str, Any]:
    found = MEASURE.fullmatch(row["target"])
    op, value, unit = found.groups() if found else ("", row["target"], "")
    return {**row, "cols": {"op": op, "val": value, "unit": unit}}
