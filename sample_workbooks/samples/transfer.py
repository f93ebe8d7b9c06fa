"""A transfer payment form of 2021 without scores: a result far beyond its target, and a blank."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import TRANSFER


def sample() -> Sample:
    page = Page("绩效目标自评表")
    write_form(page, _form(), TRANSFER)
    return Sample(
        "苍河市交通局_省道改建_2021",
        (page,),
        (Truth("transfer-payment-noscore", "510000", 2021, "万元", 7, "", "", ""),),
        (
            Expected("I114", "indicators", 2, "actual"),
            Expected("I102", "indicators", 6, "actual"),
        ),
    )


def _form() -> Form:
    return Form(
        title="转移支付区域（项目）绩效目标自评表",
        year_line="（2021年度）",
        project="车辆购置税收入补助地方资金（普通省道）",
        leader="交通运输部",
        department="四川省苍河市交通运输局",
        unit="苍河市公路建设服务中心",
        money_unit="万元",
        funds=(
            Fund("年度资金总额：", None, 4000, 3860, None, 0.965),
            Fund("其中：中央补助", None, 4000, 3860, None, 0.965),
            Fund("地方资金"),
            Fund("其他资金"),
        ),
        goal="改建普通省道二级公路32.1公里，配套建设桥涵8座，年内完成路基工程。",
        result="路基工程32.1公里已完成，桥涵建成20座，路面工程按计划转入下年。",
        indicators=(
            Indicator("产出指标", "数量指标", "路基工程里程", "≥32.1公里", "32.1公里", None, None),
            Indicator(None, None, "配套桥涵", "≥8座", "20座", None, None),
            Indicator(None, "质量指标", "分项工程合格率", "100%", "100%", None, None),
            Indicator(None, "时效指标", "路基完工日期", "2021年12月31日前", "2021年12月18日", None, None),
            Indicator(None, "成本指标", "每公里补助标准", "≤125万元", "120.25万元", None, None),
            Indicator("效益指标", "社会效益指标", "沿线受益人口", "≥5.6万人", None, None, None),
            Indicator("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥85%", "91%", None, None),
        ),
        notes=("说明：本表由资金使用单位填报，经主管部门审核后汇总。",),
    )  # fmt: skip
