"""The published form of 2021 that started it all: its figures and quirks, its texts cut short."""

# ruff: noqa: E501  # a row of the form a line
from __future__ import annotations

from dataclasses import replace

from ..building.form import Form, Fund, Indicator
from ..building.page import Page
from ..building.sample import Expected, Sample, Truth
from ..building.template import Column, write_blocks, write_form
from ..building.templates import SHANGHAI

GOAL = (
    "围绕示范区建设和青西协同发展，配合执委会推进重点项目，办好年度重要会议，"
    "当好与吴江、嘉善联动的桥梁。"
)
RESULT = (
    "<p>一是梳理重点项目，每月更新进展；二是配合编制三年行动计划；三是每周报送重点项目推进情况；"
    "四是做好会议筹备和宣传。青西专项推进办公室7月底组建。与多家市场主体建立对接，其中长三角投</p>"
)
REST = "资公司总部已落户青浦；年内配合做好接待和调研工作，两周年现场会参观点位按期建成。"


def sample() -> Sample:
    page = Page("自评表")
    template = replace(
        SHANGHAI,
        goal_label="",
        goals=(Column("预算目标", "expected", 2, 3), Column("实际完成情况", "actual", 5, 4)),
        merge_levels=False,
        order=("heading", "money", "goals"),
    )
    row = write_form(page, _form(), template)
    page.heights[row - 1] = 90
    for words in (GOAL, REST):  # what did not fit is typed into rows below
        page.put(row, 1, words, "left", columns=8)
        page.heights[row] = 48
        row += 1
    spilled = f"A{row - 2}"
    write_blocks(page, _form(), replace(template, order=("indicators", "total")), row)
    _displace(page, 11)
    page.seals.append((row + 16, 8, "box", "青浦区区域发展办公室\n（盖章）"))
    return Sample(
        "青浦区域发展办_规划统筹_2021",
        (page,),
        (Truth("mof10-shanghai", "310118", 2021, "元", 13, "92", "92.996", "优"),),
        _findings(spilled),
        author="综合科",
    )


def _form() -> Form:
    money = (180_000, 180_000, 179_920)
    return Form(
        title="财政项目支出绩效自评表",
        year_line="（2021 年度）",
        project="长三角一体化示范区工作及青浦区域内规划统筹",
        department="上海市青浦区区域发展办公室",
        unit="综合科",
        money_unit="元",
        funds=(
            Fund("年度资金总额", *money, 10, 0.9996, 9.996),
            Fund("其中：当年财政拨款", *money, "—", 0.9996),
            Fund("上年结转资金", points="—"),
            Fund("其他资金", points="—"),
        ),
        goal=None,
        result=RESULT,
        indicators=_indicators(),
        total_score=92,
    )


def _indicators() -> tuple[Indicator, ...]:
    """As printed: level names unmerged, 绩效指标 for 产出指标, 效益指标 after its first rows."""
    return (
        Indicator("绩效指标", "数量指标", "完成示范区各类重点亮点项目推进、跟踪工作", "=100%", None, 8, 8),
        Indicator(None, None, "项目库梳理完成率", "=100%", None, 6, 5),
        Indicator(None, None, "研究谋划工作计划完成率", "=100%", None, 6, 6),
        Indicator(None, None, "各类传播渠道覆盖率", "=100%", None, 6, 5),
        Indicator(None, "质量指标", "与各类相关方对接、协同", "=100%", None, 6, 6),
        Indicator(None, None, "示范区相关政策、信息收集", "精准有效", None, 6, 6),
        Indicator(None, "时效指标", "示范区相关政策、信息收集及时性", "及时", None, 6, 5),
        Indicator(None, None, "宣传开展及时性", "及时", None, 6, 5),
        Indicator(None, "成本指标", "", None, None, None, None),
        Indicator(None, "经济效益指标", "", None, None, None, None),
        Indicator(None, None, "一体化示范区发展决策支持", "能够有效为决策提供支持", None, 8, 8),
        Indicator("效益指标", "社会效益指标", "一体化示范区知名度", "提升", None, 8, 7),
        Indicator(None, None, "一体化示范区发展情况", "高质量发展", None, 7, 7),
        Indicator(None, "生态效益指标", "", None, None, None, None),
        Indicator(None, "可持续影响指标", "长效管理机制执行有效性", "有效", None, 7, 7),
        Indicator("满意度指标", "服务对象满意度指标", "相关受益方满意度", ">=90%", None, 10, 8),
    )  # fmt: skip


def _displace(page: Page, position: int) -> None:
    """Points and score of one row a column too far right."""
    line = int(page.where("indicators", position, "points")[1:])
    page.put(line, 6, None, "points")
    page.put(line, 7, 8, "points")
    page.put(line, 8, 8, "points")
    page.mark("indicators", position, "points", line, 7)
    page.mark("indicators", position, "score", line, 8)


def _findings(spilled: str) -> tuple[Expected, ...]:
    rows = (1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 15, 16)
    return (
        Expected("S101", "forms", 0, "total_score"),
        Expected("R005", "indicators", 11, "points"),
        Expected("R006", "indicators", 12, "level1"),
        Expected("R008", "goals", 1, "actual"),
        Expected("R009", cell=spilled),  # one place, though of two rows
        *(Expected("I102", "indicators", row, "actual") for row in rows),
        *(Expected("I105", "indicators", row, "reason") for row in (2, 4, 7, 8, 12, 16)),
        Expected("I108", "indicators", 1, "level1"),
        *(Expected("I110", "indicators", row, "target") for row in (6, 7, 8, 11, 12, 13, 15)),
        *(Expected("I111", "indicators", row, "target") for row in (1, 2, 3, 4)),
    )
