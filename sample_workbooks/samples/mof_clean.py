"""The ministry's form of 2022 in 万元, filled without any fault."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Sample, Truth
from ..building.template import write_form
from ..building.templates import MOF


def sample() -> Sample:
    page = Page("项目支出绩效自评表")
    row = write_form(page, _form(), MOF)
    page.seals.append((row - 3, 9, "box", "溪桥县交通运输局\n（盖章）"))
    return Sample(
        "溪桥县交通局_农村公路养护_2022",
        (page,),
        (Truth("mof10-standard", "320000", 2022, "万元", 9, "97.25", "97.25", "优"),),
    )


def _form() -> Form:
    return Form(
        title="项目支出绩效自评表",
        year_line="（2022年度）",
        project="农村公路养护",
        department="江苏省溪桥县交通运输局",
        unit="溪桥县公路管理站",
        money_unit="万元",
        funds=(
            Fund("年度资金总额", 320, 320, 312, 10, 0.975, 9.75),
            Fund("其中：当年财政拨款", 320, 320, 312, "—", 0.975, "—"),
            Fund("上年结转资金", points="—", score="—"),
            Fund("其他资金", points="—", score="—"),
        ),
        goal="养护县乡公路120公里，更新损坏的安全标志，保障沿线45个村出行安全。",
        result="完成123公里养护和312块标志更新，11月20日全部验收，沿线村庄出行便利。",
        indicators=(
            Indicator("产出指标", "数量指标", "养护县乡公路里程", "≥120公里", "123公里", 10, 10),
            Indicator(None, None, "更新安全标志", "≥300块", "312块", 10, 10),
            Indicator(None, "质量指标", "养护工程验收合格率", "100%", "100%", 10, 10),
            Indicator(None, "时效指标", "养护工程完工", "2022年11月底前", "2022年11月20日", 10, 10),
            Indicator(None, "成本指标", "每公里养护成本", "≤2.6万元", "2.54万元", 10, 10),
            Indicator("效益指标", "经济效益指标", "通行时间缩短", "≥10%", "12%", 10, 10),
            Indicator(None, "社会效益指标", "受益村庄", "≥45个", "45个", 10, 10),
            Indicator(
                None, "生态效益指标", "扬尘投诉", "≤3次", "4次", 10, 7.5,
                "雨季洒水车检修，一处工地遮盖不及时；已增配雾炮机，专人每日巡查。",
            ),
            Indicator("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%", "94.5%", 10, 10),
        ),
        total_score=97.25,
    )  # fmt: skip
