"""Sichuan's form of 2023: goals first, targets in three columns, an execution rate too high."""

from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import SICHUAN


def sample() -> Sample:
    page = Page("部门预算项目支出绩效自评表")
    write_form(page, _form(), SICHUAN)
    return Sample(
        "青岩县文旅局_文化惠民_2023",
        (page,),
        (Truth("sichuan-dept-project", "510000", 2023, "万元", 7, "99.6", "99.6", "优"),),
        (Expected("F102", "funds", 1, "rate"), Expected("F103", "funds", 1, "score")),
    )


def _form() -> Form:
    return Form(
        title="部门预算项目支出绩效自评表（2023年度）",
        year_line=None,
        project="51000023T000000000000-文化惠民演出",
        department="四川省青岩县文化广播电视和旅游局",
        unit="青岩县文化馆",
        money_unit="万元",
        funds=(
            Fund("总额", 150, 150, 138.6, 10, 0.96, 9.6),
            Fund("其中：财政资金", 150, 150, 138.6, "/", 0.924, "/"),
            Fund("财政专户管理资金", 0, 0, 0, "/", 0, "/"),
            Fund("单位资金", 0, 0, 0, "/", 0, "/"),
            Fund("其他资金", None, None, None, "/", None, "/"),
        ),
        goal="送文化下乡演出60场，培训乡村文艺骨干200名，观众满意度90%以上。",
        result="完成演出62场、培训骨干205名，问卷显示观众满意度为93%。",
        indicators=(
            _row("产出指标", "数量指标", "下乡演出场次", "≥", 60, "场", 62, 15),
            _row(None, None, "培训文艺骨干", "≥", 200, "名", 205, 15),
            _row(None, "质量指标", "节目审核通过率", "＝", 100, "%", 100, 10),
            _row(None, "时效指标", "演出完成月份", "≤", 11, "月", 11, 10),
            _row("效益指标", "社会效益指标", "观众人次", "≥", 3, "万人次", 3.2, 15),
            _row(None, "可持续影响指标", "文化服务水平", "定性", "优良中低差", None, "优", 15),
            _row("满意度指标", "服务对象满意度指标", "观众满意度", "≥", 90, "%", 93, 10),
        ),
        total_score=99.6,
        notes=(
            ("评价结论", "项目按计划实施，自评得分99.6分。"),
            ("存在问题", "个别乡镇演出场地条件不足。"),
            ("改进措施", "2024年起提前两周踏勘场地。"),
        ),
    )


def _row(
    level1: str | None,
    level2: str | None,
    level3: str,
    operator: str,
    target: int | str,
    measure: str | None,
    actual: float | str,
    points: int,
) -> Indicator:
    """A row with full points."""
    return Indicator(
        level1, level2, level3, target, actual, points, points, None, operator, measure
    )
