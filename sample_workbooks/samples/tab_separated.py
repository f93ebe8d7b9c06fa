"""A form of 2019 copied out as text with tabs: unit, result, a target and a score are missing."""

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
        "山阴乡_消防设施_2019",
        (page,),
        (Truth("mof10-standard", "330000", 2019, "元", 6, "98", "84.6", ""),),
        (
            Expected("H102", "forms", 0, "unit"),
            Expected("G102", "goals", 1, "actual"),
            Expected("I101", "indicators", 2, "target"),
            Expected("I104", "indicators", 4, "score"),
        ),
        ending="txt",
    )


def _form() -> Form:
    return Form(
        title="项目支出绩效自评表",
        year_line="（2019 年度）",
        project="乡村消防设施补充",
        department="浙江省云汀县山前乡人民政府",
        unit="",
        money_unit="元",
        funds=(
            Fund("年度资金总额", 96_000, 96_000, 92_160, 10, 0.96, 9.6),
            Fund("其中：当年财政拨款", 96_000, 96_000, 92_160, "—", 0.96, "—"),
            Fund("上年结转资金", points="—", score="—"),
            Fund("其他资金", points="—", score="—"),
        ),
        goal="为12个村补充消防器材，培训义务消防员60人，年底前完成器材安装。",
        result=None,
        indicators=(
            Indicator("产出指标", "数量指标", "配备消防器材", "≥240套", "240套", 20, 20),
            Indicator(None, None, "培训义务消防员", None, "63人", 15, 15),
            Indicator(None, "时效指标", "器材安装完成", "2019年12月底前", "2019年12月", 15, 15),
            Indicator("效益指标", "社会效益指标", "覆盖村庄", "=12个", "12个", 15, None),
            Indicator(None, "可持续影响指标", "器材定期检修", "≥2次", "2次", 15, 15),
            Indicator("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "93%", 10, 10),
        ),
        total_score=98,
    )  # fmt: skip
