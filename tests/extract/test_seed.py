"""The quirks of a form that an office published (figures as printed, texts in short words)."""

from __future__ import annotations

import pytest

from perfeval.model import Cell, Sheet, Workbook
from perfeval.tables import Tables
from tests.building.sketch import ref_of
from tests.layout.forms_to_read import read

TEXT = """\


## 财政项目支出绩效自评表

(2021 年度)

项目名称\t示范区统筹\t\t\t\t\t\t
主管部门\t上海市青浦区区域发展办公室\t\t\t实施单位\t综合科\t\t
项目资金 (元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t180,000.00\t180,000.00\t179,920.00\t10\t99.96%\t9.996
\t其中：当年财政拨款\t180,000.00\t180,000.00\t179,920.00\t—\t99.96%\t
\t上年结转资金\t\t\t\t—\t\t
\t其他资金\t\t\t\t—\t\t
\t预算目标\t\t\t实际完成情况\t\t\t
\t\t\t\t<p>完成了重点项目梳理，办好了会</p>\t\t\t

年度围绕中心工作，办好会议。

又配合做了几件事。

一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\t
绩效指标\t数量指标\t亮点项目推进\t=100%\t\t8\t8\t\t
\t\t项目库梳理完成率\t=100%\t\t6\t5\t\t
\t\t工作计划完成率\t=100%\t\t6\t6\t\t
\t\t传播渠道覆盖率\t=100%\t\t6\t5\t\t
\t质量指标\t相关方对接\t=100%\t\t6\t6\t\t
\t\t政策收集\t精准有效\t\t6\t6\t\t
\t时效指标\t收集及时性\t及时\t\t6\t5\t\t
\t\t宣传及时性\t及时\t\t6\t5\t\t
\t成本指标\t\t\t\t\t\t\t
\t经济效益指标\t\t\t\t\t\t\t
\t\t一体化示范区发展决策支持\t有效支持决策\t\t\t8\t8\t

效益指标\t社会效益指标\t知名度\t提升\t\t8\t7\t
\t\t发展情况\t高质量发展\t\t7\t7\t
\t生态效益指标\t\t\t\t\t\t
\t可持续影响指标\t长效管理机制\t有效\t\t7\t7\t
满意度指标\t服务对象满意度指标\t受益方满意度\t>=90%\t\t10\t8\t
总分\t\t\t\t\t100\t92\t
"""


@pytest.fixture(scope="module")
def seed() -> Tables:
    cells = {
        (row, col): Cell(row, col, text, text)
        for row, line in enumerate(TEXT.splitlines(), 1)
        for col, text in enumerate(line.split("\t"), 1)
        if text
    }
    return read(Workbook("a.txt", "0" * 64, (Sheet("a", cells),), "text"))


def test_indicators(seed: Tables) -> None:
    """Thirteen rows; the displaced 8 | 8 are points and score."""
    points = [p // 10_000 for p in seed.indicators.points_e4]
    scores = [s // 10_000 for s in seed.indicators.score_e4]
    assert points == [8, 6, 6, 6, 6, 6, 6, 6, 8, 8, 7, 7, 10]
    assert scores == [8, 5, 6, 5, 6, 6, 5, 5, 8, 7, 7, 7, 8]
    assert seed.indicators.reason.tolist() == [""] * 13
    assert seed.indicators.actual.tolist() == [""] * 13


def test_levels(seed: Tables) -> None:
    """绩效指标 stands for 产出指标; 效益指标 takes back the row before it."""
    assert seed.indicators.level1.tolist() == ["绩效指标"] * 8 + ["效益指标"] * 4 + ["满意度指标"]
    assert seed.indicators.class1.tolist() == ["output"] * 8 + ["benefit"] * 4 + ["satisfaction"]
    assert seed.indicators.class2.tolist()[8:] == [
        "economic", "social", "social", "sustained", "satisfaction",
    ]  # fmt: skip


def test_money_and_total(seed: Tables) -> None:
    """180,000 / 180,000 / 179,920 元, 10 points, 99.96%, 9.996; 100 and 92."""
    total = seed.funds.iloc[0]
    assert (total.initial_budget_fen, total.budget_fen, total.executed_fen) == (
        18_000_000, 18_000_000, 17_992_000,
    )  # fmt: skip
    assert (total.points_e4, total.rate_e6, total.score_e4) == (100_000, 999_600, 99_960)
    form = seed.forms.iloc[0]
    assert (form.total_points_e4, form.total_score_e4) == (1_000_000, 920_000)
    assert (form.year, form.region, form.layout) == (2021, "310118", "mof10-shanghai")
    assert form.missing_blocks == ""


def test_goal_that_spilled(seed: Tables) -> None:
    """The goal stands below its blank cell; markup is taken off."""
    assert seed.goals.expected.tolist() == ["年度围绕中心工作，办好会议。"]
    assert seed.goals.actual.tolist()[0].startswith("完成了重点项目梳理")
    markup = seed.cells[seed.cells.marks == "markup"]
    assert markup.ref.tolist() == ["E15"]


def test_remarks(seed: Tables) -> None:
    """What was odd, once each."""
    assert seed.remarks.kind.tolist() == ["spilled-text", "late-label"]
    displaced = seed.cells[seed.cells.marks.str.contains("displaced")]
    assert displaced.ref.tolist() == ["G32", "H32"]
    assert not seed.cells.marks.str.contains("text-number").any()
    assert ref_of(seed, "forms", "total_score") == "G39"
