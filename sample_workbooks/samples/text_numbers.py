"""A form of 2021 whose figures are texts with their units, and a reason that says nothing."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import MOF


def sample() -> Sample:
    page = Page("Sheet1")
    write_form(page, _form(), MOF)
    money = ("initial_budget", "budget", "executed", "rate", "score")
    return Sample(
        "信岭市司法局_普法宣传_2021",
        (page,),
        (Truth("mof10-standard", "360000", 2021, "万元", 7, "98.95", "98.95", "优"),),
        (
            *(Expected("R007", "funds", 1, name) for name in money),
            *(Expected("R007", "funds", 2, name) for name in money[:4]),
            Expected("R007", "funds", 1, "points"),
            Expected("R007", "indicators", 1, "points"),
            Expected("R007", "indicators", 1, "score"),
            Expected("R007", "forms", 0, "total_score"),
            Expected("I106", "indicators", 2, "reason"),
        ),
    )


def _form() -> Form:
    money = ("620.82万元", "620.82万元", "617.72 万元")
    return Form(
        title="项目支出绩效自评表",
        year_line="(2021年度)",
        project="普法宣传和人民调解",
        department="江西省信岭市司法局",
        unit="江西省信岭市司法局",
        money_unit="万元",
        funds=(
            Fund("年度资金总额：", *money, "10分", "99.50%", "9.95"),
            Fund("其中：当年财政拨款", *money, "—", "99.50％", "—"),
            Fund("上年结转资金"),
            Fund("其他资金"),
        ),
        goal="开展普法宣传40场，调解矛盾纠纷1200件，培训调解员300人。",
        result="举办普法宣传36场，调解纠纷1290件，300名调解员参加培训。",
        indicators=(
            Indicator("产出指标", "数量指标", "调解矛盾纠纷", "不少于1200件", "1290件", "15 分", "１５"),
            Indicator(None, None, "普法宣传场次", "大于等于40场", "36场", 10, 9, "无"),
            Indicator(None, "质量指标", "调解成功率", "不低于95%", "97.30%", 15, 15),
            Indicator(None, "时效指标", "普法活动完成", "12月底前", "12月", 10, 10),
            Indicator("效益指标", "社会效益指标", "受教育群众", "≥2万人次", "2.1万人次", 15, 15),
            Indicator(None, "可持续影响指标", "培训调解员", "≥300人", "300人", 15, 15),
            Indicator("满意度指标", "服务对象满意度指标", "群众满意度", "≥90百分比", "92%", 10, 10),
        ),
        total_score="98.95分",
    )  # fmt: skip
