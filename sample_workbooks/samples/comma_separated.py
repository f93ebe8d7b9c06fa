"""A form of 2020 exported as .csv in GB18030: the points add up to 110, a reason is copied."""

# a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import MOF


def sample() -> Sample:
    page = Page("")
    write_form(page, _form(), MOF)
    return Sample(
        "楚江县农业局_高标准农田_2020",
        (page,),
        (Truth("mof10-standard", "520000", 2020, "万元", 7, "98", "98", "优"),),
        (
            Expected("S102", "forms", 0, "total_points"),
            Expected("S103", "indicators", 1, "level1"),
            Expected("I117", "indicators", 6, "reason"),
        ),
        ending="csv",
    )


def _form() -> Form:
    silt = "汛期提前，两处渠道淤积；2021年3月前清淤并补种。"
    return Form(
        title="项目支出绩效自评表",
        year_line="（2020年度）",
        project="高标准农田建设",
        department="贵州省楚江县农业农村局",
        unit="楚江县农田建设服务站",
        money_unit="万元",
        funds=(
            Fund("年度资金总额", 1250, 1250, 1250, 10, 1, 10),
            Fund("其中：当年财政拨款", 1250, 1250, 1250, "—", 1, "—"),
            Fund("上年结转资金", points="—", score="—"),
            Fund("其他资金", points="—", score="—"),
        ),
        goal="建成高标准农田1.2万亩，新增灌溉面积8000亩。",
        result="1.2万亩农田通过县级验收，新增灌溉面积4800亩。",
        indicators=(
            Indicator("产出指标", "数量指标", "建成高标准农田", "≥1.2万亩", "1.2万亩", 20, 20),
            Indicator(None, "质量指标", "县级验收合格率", "100%", "100%", 20, 20),
            Indicator(None, "时效指标", "工程完工", "2020年12月31日前", "2020年12月15日", 10, 10),
            Indicator(None, "成本指标", "亩均投资", "≤1050元/亩", "1041.67元/亩", 10, 10),
            Indicator("效益指标", "经济效益指标", "新增灌溉面积", "≥8000亩", "4800亩", 15, 9, silt),
            Indicator(None, "生态效益指标", "田间林网", "≥500亩", "300亩", 15, 9, silt),
            Indicator("满意度指标", "服务对象满意度指标", "农户满意度", "≥90%", "92.6%", 10, 10),
        ),
        total_score=98,
    )  # fmt: skip
