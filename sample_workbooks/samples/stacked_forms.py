"""Two forms of 2024 on one sheet, cost as a first level; the second scores above its points."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import MOF


def sample() -> Sample:
    page = Page("自评表")
    row = write_form(page, _training(), MOF)
    write_form(page, _screening(), MOF, top=row + 2)
    truth = Truth("mof10-standard", "370000", 2024, "万元", 7, "100", "100", "优")
    other = Truth("mof10-standard", "370000", 2024, "万元", 7, "96.5", "96.5", "优")
    return Sample(
        "海岳县卫健局_两个项目_2024",
        (page,),
        (truth, other),
        (
            Expected("R015"),
            Expected("S104", "indicators", 3, "score", form=2),
        ),
    )


def _training() -> Form:
    return _form(
        "乡村医生培训",
        (60, 60, 60, 10, 1, 10),
        "培训乡村医生240人，考核合格率95%以上。",
        "全年办班6期，培训246人，233人考核合格。",
        (
            Indicator("成本指标", "经济成本指标", "人均培训成本", "≤2500元", "2439元", 20, 20),
            Indicator("产出指标", "数量指标", "培训乡村医生", "≥240人", "246人", 15, 15),
            Indicator(None, "质量指标", "考核合格率", "≥90%", "94.7%", 15, 15),
            Indicator(None, "时效指标", "培训结束日期", "2024年10月31日前", "2024年10月25日", 10, 10),
            Indicator("效益指标", "社会效益指标", "覆盖村卫生室", "≥120个", "123个", 10, 10),
            Indicator(None, "可持续影响指标", "带教基地", "≥3个", "3个", 10, 10),
            Indicator("满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "96%", 10, 10),
        ),
        100,
    )  # fmt: skip


def _screening() -> Form:
    return _form(
        "适龄妇女免费检查",
        (85, 85, 80.75, 10, 0.95, 9.5),
        "为4000名适龄妇女免费检查，阳性病例随访。",
        "检查3000人，阳性病例全部随访，异常者转诊21人。",
        (
            Indicator("成本指标", "经济成本指标", "人均检查成本", "≤215元", "212.5元", 20, 20),
            Indicator(
                "产出指标", "数量指标", "检查人数", "≥4000人", "3000人", 20, 15,
                "外出务工人员多，集中检查日到场少；2025年改为分片预约。",
            ),
            Indicator(None, "质量指标", "阳性随访率", "=100%", "100%", 10, 12),
            Indicator(None, "时效指标", "检查结束日期", "2024年11月底前", "2024年11月12日", 10, 10),
            Indicator("效益指标", "社会效益指标", "转诊服务", "≥20人", "21人", 10, 10),
            Indicator(None, "可持续影响指标", "建档人数", "≥3000人", "3000人", 10, 10),
            Indicator("满意度指标", "服务对象满意度指标", "受检妇女满意度", "≥90%", "95%", 10, 10),
        ),
        96.5,
    )  # fmt: skip


def _form(
    project: str,
    money: tuple[float, float, float, float, float, float],
    goal: str,
    result: str,
    indicators: tuple[Indicator, ...],
    total: float,
) -> Form:
    return Form(
        title="项目支出绩效自评表",
        year_line="（2024年度）",
        project=project,
        department="山东省海岳县卫生健康局",
        unit="海岳县妇幼保健院",
        money_unit="万元",
        funds=(
            Fund("年度资金总额", *money),
            Fund("其中：当年财政拨款", money[0], money[1], money[2], "—", money[4], "—"),
            Fund("上年结转资金", points="—", score="—"),
            Fund("其他资金", points="—", score="—"),
        ),
        goal=goal,
        result=result,
        indicators=indicators,
        total_score=total,
    )
