"""A county's form of 2023, points first: a 其中 row, a full-width figure, a reduced row without a reason,
and a total that leaves one score out."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import COUNTY


def sample() -> Sample:
    page = Page("Sheet1")
    write_form(page, _form(), COUNTY)
    return Sample(
        "临河县民政局_困难群众增收_2023",
        (page,),
        (Truth("xianjie-weight-first", "340000", 2023, "万元", 6, "79", "94", "优"),),
        (
            Expected("S101", "forms", 0, "total_score"),
            Expected("I105", "indicators", 5, "reason"),
            Expected("R007", "indicators", 4, "points"),
        ),
    )


def _form() -> Form:
    return Form(
        title="绩效目标自评表",
        year_line="（2023年度）",
        project="困难群众增收补助",
        department="安徽省临河县民政局",
        unit="临河县社会救助中心",
        leader="社会救助股（办公室电话略）",
        money_unit="万元",
        funds=(
            Fund("年度资金总额：", None, 48, 48, 10, 1, 10),
            Fund("其中：本年财政拨款", None, 48, 48, 10, 1, 10),
            Fund("其他资金", points="-", score="-"),
        ),
        goal="为310户困难家庭发放增收补助，户均增收800元以上。",
        result="全年向312户发放补助48万元，户均增收650元，发放名单经公示无异议。",
        indicators=(
            Indicator("产出指标", "数量指标", "★发放补助户数", "≥310户", "312户", 20, 20),
            Indicator(None, None, "其中：脱贫户", "≥80户", "83户", None, None),
            Indicator(None, "质量指标", "补助对象准确率", "=100%", "100%", 15, 15),
            Indicator(None, "时效指标", "补助发放时间", "2023年12月10日前", "2023年12月8日", "１５", 15),
            Indicator("效益指标", "经济效益指标", "户均增收", "≥800元", "650元", 30, 24),
            Indicator("满意度指标", "服务对象满意度指标", "受助家庭满意度", "≥90%", "92%", 10, 10),
        ),
        total_score=79,
    )  # fmt: skip
