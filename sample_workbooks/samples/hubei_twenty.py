"""Hubei's form of 2021: execution worth 20, no points column, reasons in rows below; the execution score
is too high and an actual value is blank."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import HUBEI


def sample() -> Sample:
    page = Page("项目自评表")
    row = write_form(page, _form(), HUBEI)
    for label, words in (
        ("偏差大或目标未完成原因分析", "设备采购流标一次，执行推迟。"),
        ("改进措施及结果应用方案", "提前备案采购需求，结果用于下年度预算安排。"),
    ):
        page.put(row, 1, label, "label")
        page.put(row, 2, words, "left", columns=6)
        page.heights[row] = 36
        row += 1
    return Sample(
        "汉溪市文化馆_数字服务_2021",
        (page,),
        (Truth("hubei-20-80", "420000", 2021, "万元", 7, "100", "100", "优"),),
        (
            Expected("F103", "funds", 1, "score"),
            Expected("I102", "indicators", 3, "actual"),
        ),
    )


def _form() -> Form:
    return Form(
        title="2021年度数字文化服务项目自评表",
        year_line="单位名称：汉溪市文化馆          填报日期：2022年3月8日",
        project="数字文化服务",
        department="湖北省汉溪市文化和旅游局",
        unit="汉溪市文化馆",
        category="1、部门预算项目 ☑  2、市直专项 □  3、中央转移支付 □",
        money_unit="万元",
        funds=(Fund("年度财政资金总额", None, 5, 4.6, None, 0.92, 20),),
        goal=None,
        result=None,
        indicators=(
            Indicator("产出指标（40分）", "数量指标", "新建数字阅览终端", "12台", "12台", None, 10),
            Indicator(None, None, "存储备份容量", "25TB", "25TB", None, 10),
            Indicator(None, "质量指标", "设备验收合格率", "100%", None, None, 10),
            Indicator(None, "时效指标", "终端上线时间", "2021年11月底", "2021年11月", None, 10),
            Indicator("效益指标（20分）", "社会效益指标", "线上服务人次", "≥1.5万人次", "1.62万人次", None, 10),
            Indicator(None, "可持续影响指标", "服务站点", "≥8个", "8个", None, 10),
            Indicator("满意度指标（20分）", "服务对象满意度", "读者满意度", "90%", "94%", None, 20),
        ),
        total_score=100,
    )  # fmt: skip
