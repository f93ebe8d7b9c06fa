"""Shanghai's form of 2022 in 元 with live formulas, drop-downs and a stamp, without any fault."""

# a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Formula, Page
from ..building.sample import Sample, Truth
from ..building.template import write_form
from ..building.templates import SHANGHAI

BANDS = ("达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差")


def sample() -> Sample:
    page = Page("Sheet1")
    row = write_form(page, _form(), SHANGHAI)
    first = page.where("indicators", 1, "score")
    page.replace(
        page.where("forms", 0, "total_score"), Formula(f"SUM({first}:G{row - 2})+H6", 97.75)
    )
    line = int(page.where("indicators", 7, "actual")[1:])
    page.choices.append((line, 5, BANDS))
    page.seals.append((row - 4, 8, "picture", "公章"))
    return Sample(
        "上海_社区图书室更新_2022",
        (page,),
        (Truth("mof10-shanghai", "310000", 2022, "元", 9, "97.75", "97.75", "优"),),
    )


def _form() -> Form:
    return Form(
        title="财政项目支出绩效自评表",
        year_line="（2022 年度）",
        project="社区图书室设备更新",
        department="上海市示范街道办事处",
        unit="社区文化活动中心",
        money_unit="元",
        funds=(
            Fund(
                "年度资金总额", Formula("SUM(C7:C9)", 258_000), Formula("SUM(D7:D9)", 258_000),
                Formula("SUM(E7:E9)", 251_550), 10, Formula("E6/D6", 0.975),
                Formula("ROUND(F6*G6,2)", 9.75),
            ),
            Fund("其中：当年财政拨款", 238_000, 238_000, 231_550, "—"),
            Fund("上年结转资金", 20_000, 20_000, 20_000, "—"),
            Fund("其他资金", 0, 0, 0, "—"),
        ),
        goal="更新6个社区图书室的书架、阅读桌椅和自助借还设备，新增图书8000册，延长开放时间。",
        result="6个图书室全部更新并开放，新增图书8150册，每周开放56小时。",
        indicators=(
            Indicator("产出指标", "数量指标", "更新图书室", "=6个", "6个", 10, 10),
            Indicator(None, None, "新增图书", "≥8000册", "8150册", 10, 10),
            Indicator(None, "质量指标", "设备验收合格率", "=100%", "100%", 10, 10),
            Indicator(None, "时效指标", "更新完成日期", "2022年9月30日前", "2022年9月26日", 10, 10),
            Indicator(None, "成本指标", "设备采购支出", "≤20万元", "19.3万元", 10, 10),
            Indicator("效益指标", "社会效益指标", "每周开放时间", "≥56小时", "56小时", 10, 10),
            Indicator(None, None, "自助借还系统", "建成并投入使用", "达成预期指标", 10, 10),
            Indicator(
                None, "可持续影响指标", "志愿者队伍", "≥40人", "32人", 10, 8,
                "两个居委会换届，招募推迟；已与学校约定，2023年3月前补足。",
            ),
            Indicator("满意度指标", "服务对象满意度指标", "读者满意度", ">=90%", "93.2%", 10, 10),
        ),
        total_score=97.75,
    )  # fmt: skip
