"""Yunnan's form of 2022 in 元: a heading of two rows, a wrong grade, one reason given twice."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import YUNNAN


def sample() -> Sample:
    page = Page("GK14 项目支出绩效自评表")
    write_form(page, _form(), YUNNAN)
    return Sample(
        "梅溪县教体局_营养改善_2022",
        (page,),
        (Truth("yunnan-gk14", "530000", 2022, "元", 7, "89.5", "89.5", "良"),),
        (Expected("S109", "forms", 0, "grade"), Expected("I117", "indicators", 5, "reason")),
    )


def _form() -> Form:
    money = (387_664.62, 387_664.62, 387_664.62)
    return Form(
        title="2022年度项目支出绩效自评表",
        year_line="公开14表",
        project="学生营养改善补助",
        department="云南省梅溪县教育体育局",
        unit="梅溪县第二中学",
        money_unit="元",
        funds=(
            Fund("年度资金总额", *money, 10, 1, 10),
            Fund("其中：当年财政拨款", *money, "—", None, "—"),
            Fund("上年结转资金", points="—", score="—"),
            Fund("其他资金", "—", "—", "—", "—", None, "—"),
        ),
        goal="为735名学生提供营养餐，资金及时到位，建立3项食堂管理制度。",
        result="735名学生享受营养餐，覆盖率95%，两项食堂管理制度已印发执行。",
        indicators=_indicators(),
        total_score=89.5,
        grade="优",
        notes=(("其他需要说明事项", "无"),),
    )


def _indicators() -> tuple[Indicator, ...]:
    late = "上级资金分两批下达，第二批3月到账；已与财政股建立按月对账。"
    away = "部分学生走读在家用餐；下学期起按实际人数申报。"
    rules = "一项制度待教代会审议，2023年4月前印发。"
    canteen = "调查显示菜品更换慢；食堂已改为每周公布菜单。"
    return (
        Indicator("产出指标", "数量指标", "受益学生", 735, "735", 10, 10, None, "≧", "人次"),
        Indicator(None, "质量指标", "营养餐覆盖率", 100, "95%", 10, 9.5, away, "≧", "%"),
        Indicator(None, "时效指标", "资金及时到位率", 100, "85%", 10, 8.5, late, "═", "%"),
        Indicator(None, "成本指标", "每生每天补助", 5, "5", 20, 20, None, "≤", "元"),
        Indicator("效益指标", "社会效益指标", "学生体检达标率", 90, "72%", 15, 12, away, "≧", "%"),
        Indicator(None, "可持续影响指标", "食堂管理制度", 3, "2", 15, 10, rules, "≧", "项"),
        Indicator(
            "满意度指标", "服务对象满意度指标", "学生和家长满意度", 95, "90.25%", 10, 9.5, canteen, "≧", "%"
        ),
    )  # fmt: skip
