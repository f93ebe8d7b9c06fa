"""Anhui's form of 2022: points in labels, template rows left over, parts that do not add up."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import ANHUI


def sample() -> Sample:
    page = Page("自评表")
    write_form(page, _form(), ANHUI)
    return Sample(
        "澄溪县水利局_河道清理_2022",
        (page,),
        (Truth("anhui-ab", "340000", 2022, "万元", 7, "99.5", "99.5", "优"),),
        (
            Expected("F104", "funds", 1, "executed"),
            Expected("I113", "indicators", 2, "level3"),
            Expected("I113", "indicators", 3, "level3"),
        ),
    )


def _form() -> Form:
    return Form(
        title="项目支出绩效自评表",
        year_line="（2022年度）",
        project="河道清理和岸坡绿化",
        department="219-安徽省澄溪县水利局",
        unit="219003-澄溪县河道管理所",
        money_unit="万元",
        funds=(
            Fund("年度资金总额：", 90, 90, 85.5, 10, 0.95, 9.5),
            Fund("其中：本年财政拨款", 90, 90, 80.5, "-", "-", "-"),
            Fund("上年结转资金", points="-", rate="-", score="-"),
            Fund("其他资金", points="-", rate="-", score="-"),
        ),
        goal="清理河道20公里，绿化岸坡300亩，5个断面水质达标，沿河1.2万人受益。",
        result="全年清理河道21公里，栽植岸坡林草300亩，5个断面水质均达标。",
        indicators=(
            Indicator("产出指标（50分）", "数量指标", "指标1：清理河道长度", "≥20公里", "21公里", 15, 15),
            Indicator(None, None, "指标2：", None, None, None, None),
            Indicator(None, None, "……", None, None, None, None),
            Indicator(None, "质量指标", "指标1：水质达标断面", "≥5个", "5个", 15, 15),
            Indicator(None, "时效指标", "指标1：清理完成时间", "2022年12月底前", "2022年12月", 10, 10),
            Indicator(None, "成本指标", "指标1：清理绿化成本", "≤90万元", "85.5万元", 10, 10),
            Indicator("效益指标（30分）", "社会效益指标", "指标1：受益人口", "≥1.2万人", "1.25万人", 15, 15),
            Indicator(None, "生态效益指标", "指标1：绿化面积", "≥300亩", "300亩", 15, 15),
            Indicator(
                "满意度指标（10分）", "服务对象满意度指标", "指标1：沿河群众满意度", "≥90%", "96%", 10, 10
            ),
        ),
        total_score=99.5,
        notes=(
            "注：1.得分一档最高不能超过该指标分值上限。\n2.定性指标分三档：达成预期指标、部分达成预期指标并具有"
            "一定效果、未达成预期指标且效果较差，分别按100%-80%（含）、80%-60%（含）、60%-0%给分。",
        ),
    )  # fmt: skip
