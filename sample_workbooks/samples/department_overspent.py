"""A whole department's form of 2023: more was spent than the budget allowed."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import DEPARTMENT


def sample() -> Sample:
    page = Page("部门整体")
    write_form(page, _form(), DEPARTMENT)
    return Sample(
        "湘塘县农业中心_部门整体_2023",
        (page,),
        (Truth("dept-overall-mof10like", "430000", 2023, "万元", 8, "100", "100", "优"),),
        (Expected("F105", "funds", 1, "executed"),),
    )


def _form() -> Form:
    money = (329.77, 329.77, 338.31)
    return Form(
        title="部门整体支出绩效自评表",
        year_line="（2023年度）",
        project="",
        department="",
        unit="湖南省湘塘县农业综合服务中心",
        money_unit="万元",
        funds=(
            Fund("年度资金总额", *money, 10, 1.025897, 10),
            Fund("其中：当年财政拨款", *money, "—", 1.025897, "—"),
            Fund("上年结转资金", points="—", score="—"),
            Fund("其他资金", points="—", score="—"),
        ),
        goal="建设精品示范村4个，整治自然村200个，开展农技培训12期，厕所改造1500户。",
        result="4个精品示范村开工并完工，整治自然村202个，培训13期，改厕1512户。",
        indicators=(
            Indicator("产出指标", "数量指标", "建设精品示范村", "4个", "4个", 15, 15),
            Indicator(None, None, "整治自然村", "≥200个", "202个", 10, 10),
            Indicator(None, None, "农技培训", "≥12期", "13期", 5, 5),
            Indicator(None, "质量指标", "改厕合格率", "100%", "100%", 10, 10),
            Indicator(None, "时效指标", "年度任务完成", "2023年12月31日前", "2023年12月20日", 10, 10),
            Indicator("效益指标", "社会效益指标", "改厕受益户", "≥1500户", "1512户", 15, 15),
            Indicator(None, "生态效益指标", "村庄保洁覆盖率", "≥95%", "98%", 15, 15),
            Indicator("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "95%", 10, 10),
        ),
        total_score=100,
    )  # fmt: skip
