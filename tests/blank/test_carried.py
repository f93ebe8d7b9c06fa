"""--from: what goes over from last year's form, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from perfeval.blank import Asked, LastYear, blank_form, last_year
from perfeval.blank.sections import target_parts
from perfeval.config import Config
from perfeval.pipeline import read_chunk
from perfeval.sources import single
from tests.blank.filling import sheet_of
from tests.form_text import text_of


def carried(folder: Path, changes: Mapping[str, str], *, cost: bool = False) -> LastYear:
    path = folder / "last.txt"
    path.write_text(text_of(changes), encoding="utf-8")
    tables, _ = read_chunk([single(path)], Config())
    found = last_year(tables, "zh", cost=cost)
    assert found is not None
    return found


def test_project_offices_and_indicators_go_over(tmp_path: Path) -> None:
    """Names, targets and points; no result, score or reason of last year."""
    last = carried(tmp_path, {})
    assert (last.project, last.department, last.unit) == (
        "农村公路养护",
        "某县交通运输局",
        "公路管理所",
    )
    made = blank_form(Asked("000000", 2020, rows=1), last)
    _, sheet = sheet_of(made.content)
    rows = {row[3].value: [cell.value for cell in row[4:9]] for row in sheet["A13:I30"]}
    assert rows["养护里程"] == ["≥120公里", None, 20, None, None]
    assert rows["群众满意度"] == ["≥90%", None, 10, None, None]
    assert sheet["C3"].value == "农村公路养护"
    assert made.remarks == ()


def test_a_target_that_names_a_year_is_told(tmp_path: Path) -> None:
    """It goes over, and the unit is asked to change it."""
    last = carried(tmp_path, {})
    assert last.left_out == ("指标“完成时间”的指标值写有年份，请按新年度修改：2022年12月底前",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"农村公路养护": ""}, "没有沿用项目名称：上年表中未填"),
        ({"≥120公里|120公里": "|120公里"}, "指标“养护里程”没有沿用指标值：上年表中没有"),
        ({"产出指标|数量指标|养护里程": "项目决策|项目立项|养护里程"},
         "没有沿用指标“养护里程”：一级指标“项目决策”不在新表中"),
    ],
)  # fmt: skip
def test_what_does_not_go_over_is_said(changes: dict[str, str], said: str, tmp_path: Path) -> None:
    """Blanks, and indicators of a class that the new form has not."""
    assert said in carried(tmp_path, changes).left_out


def test_cost_moves_with_the_policy(tmp_path: Path) -> None:
    """成本指标 below 产出指标 becomes a first level where the new form has it as one."""
    changes = {"|质量指标|验收合格率": "|成本指标|养护总成本"}
    assert [row.class1 for row in carried(tmp_path, changes, cost=True).rows].count("cost") == 1
    assert [row.class1 for row in carried(tmp_path, changes, cost=False).rows].count("cost") == 0


def test_points_that_do_not_fit_the_policy_are_told(tmp_path: Path) -> None:
    """50 points of output go over, and 40 are due beside first-level cost indicators."""
    made = blank_form(Asked("000000", 2023, rows=1), carried(tmp_path, {}, cost=True))
    assert made.remarks == (
        "产出指标沿用的分值合计 50，新表应为 40，请调整",
        "效益指标沿用的分值合计 30，新表应为 20，请调整",
    )


def test_a_text_stays_a_text(tmp_path: Path) -> None:
    """=100% of last year's form is no formula in the new one."""
    last = carried(tmp_path, {"≥95%": "=100%"})
    _, sheet = sheet_of(blank_form(Asked("000000", 2020, rows=1), last).content)
    cell = next(c for row in sheet["E13:E30"] for c in row if c.value == "=100%")
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("≥95%", ("≥", "95", "%")),
        ("120公里", ("=", "120", "公里")),
        ("<=1,200万元", ("≤", "1,200", "万元")),
        ("按期完成", ("定性", "按期完成", "")),
        ("", ("", "", "")),
    ],
)
def test_a_target_is_divided_where_the_form_asks_so(target: str, parts: tuple[str, ...]) -> None:
    """Into sign, value and unit; words are 定性."""
    divided = target_parts(target)
    assert (divided["operator"], divided["target"], divided["unit"]) == parts
