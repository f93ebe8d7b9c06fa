"""A form of 2022 whose total was not recalculated, and with a division by zero."""

# a row of the form a line
from __future__ import annotations

from ..building.form import Form, Fund, Indicator
from ..building.page import Formula, Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import write_form
from ..building.templates import SHANGHAI


def sample() -> Sample:
    page = Page("Sheet1")
    row = write_form(page, _form(), SHANGHAI)
    first = page.where("indicators", 1, "score")
    stale = Formula(f"H6+SUM({first}:G{row - 2})", 92)
    page.replace(page.where("forms", 0, "total_score"), stale)
    return Sample(
        "上海_河道保洁_2022",
        (page,),
        (Truth("mof10-shanghai", "310000", 2022, "元", 6, "92", "94", "优"),),
        (
            Expected("R010", "forms", 0, "total_score"),
            Expected("R010", "funds", 4, "rate"),
            Expected("S101", "forms", 0, "total_score"),
        ),
    )


def _form() -> Form:
    return Form(
        title="财政项目支出绩效自评表",
        year_line="（2022 年度）",
        project="河道保洁服务",
        department="上海市滨江镇人民政府",
        unit="滨江镇水务管理站",
        money_unit="元",
        funds=(
            Fund(
                "年度资金总额", Formula("SUM(C7:C9)", 500_000), Formula("SUM(D7:D9)", 500_000),
                Formula("SUM(E7:E9)", 500_000), 10, Formula("E6/D6", 1),
                Formula("ROUND(F6*G6,2)", 10),
            ),
            Fund("其中：当年财政拨款", 500_000, 500_000, 500_000, "—", Formula("E7/D7", 1)),
            Fund("上年结转资金", None, None, None, "—"),
            Fund("其他资金", 0, 0, 0, "—", Formula("E9/D9", "#DIV/0!")),
        ),
        goal="对镇级河道32条开展日常保洁，打捞水面垃圾，巡查每日一次。",
        result="32条河道保洁全年进行，打捞垃圾410吨，巡查352次，水质监测达标28条。",
        indicators=(
            Indicator("产出指标", "数量指标", "保洁河道", "=32条", "32条", 20, 20),
            Indicator(
                None, "质量指标", "水质达标河道", "≥32条", "28条", 16, 14,
                "四条断头河水体不流动；2023年列入连通工程。",
            ),
            Indicator(None, "时效指标", "垃圾打捞时限", "≤24小时", "20小时", 14, 14),
            Indicator("效益指标", "社会效益指标", "受益居民", "≥2.4万人", "2.4万人", 10, 10),
            Indicator(
                None, "生态效益指标", "水生植物面积", "≥50亩", "40亩", 20, 16,
                "汛期冲毁一处浮岛；已补种，2023年5月前恢复。",
            ),
            Indicator("满意度指标", "服务对象满意度指标", "居民满意度", ">=90%", "91%", 10, 10),
        ),
        total_score=94,
    )  # fmt: skip
