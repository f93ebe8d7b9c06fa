"""Results built by hand: the published form of 青浦 2021, a clean one, an unreadable file."""

from __future__ import annotations

import pytest

from perfeval.findings import (
    Cause,
    FileResult,
    Finding,
    Fix,
    FormResult,
    FundLine,
    GoalLine,
    IndicatorLine,
    Level,
    Outcome,
    Safety,
    Total,
)

_BASIS = {
    "10": "财预〔2020〕10号《项目支出绩效评价管理办法》（条文未核对）",
    "sum": "表内勾稽关系",
    "notes": "填表说明",
    "house": "perfeval 的通行做法",
}

# 二级指标, 三级指标, 年度指标值, 分值, 得分, 一级指标
_ROWS = (
    ("绩效指标", "数量指标", "各类重点项目推进、跟踪", "=100%", "8", "8"),
    ("绩效指标", "数量指标", "项目库梳理完成率", "=100%", "6", "5"),
    ("绩效指标", "数量指标", "研究计划完成率", "=100%", "6", "6"),
    ("绩效指标", "数量指标", "传播渠道覆盖率", "=100%", "6", "5"),
    ("绩效指标", "质量指标", "各相关方对接、协同", "=100%", "6", "6"),
    ("绩效指标", "质量指标", "政策、信息收集", "精准有效", "6", "6"),
    ("绩效指标", "时效指标", "政策、信息收集及时性", "及时", "6", "5"),
    ("绩效指标", "时效指标", "宣传及时性", "及时", "6", "5"),
    ("效益指标", "社会效益指标", "发展决策支持", "为决策提供支持", "8", "8"),
    ("效益指标", "社会效益指标", "示范区知名度", "提升", "8", "7"),
    ("效益指标", "社会效益指标", "示范区发展情况", "高质量发展", "7", "7"),
    ("效益指标", "可持续影响指标", "长效机制执行有效性", "有效", "7", "7"),
    ("满意度指标", "服务对象满意度指标", "相关受益方满意度", ">=90%", "10", "8"),
)
_FIRST = 17  # the sheet's row of the first indicator


def finding(code: str, level: Level, cell: str | None, number: int = 0, **more: object) -> Finding:
    """A finding with sensible texts where none are given."""
    values = {
        "id": f"{code}-{number:02d}",
        "rule": "some-rule",
        "title": f"标题 {code}",
        "sheet": "自评表",
        "field": "indicators.score",
        "found": "",
        "expected": "",
        "message": f"{code} 的说明。",
        "advice": "请核对后填写。",
        "basis": (_BASIS["notes"],),
        "fix": Fix(Safety.MANUAL, cell, "", ""),
    }
    return Finding(code=code, level=level, cell=cell, **(values | more))  # type: ignore[arg-type]  # test values


def _line(position: int, row: tuple[str, ...]) -> IndicatorLine:
    level1, level2, level3, target, points, score = row
    at = _FIRST + position - 1
    shifted = position == 9  # 8 | 8 stand one column too far right
    cells = {
        "level1": f"A{at}",
        "level2": f"B{at}",
        "level3": f"C{at}",
        "target": f"D{at}",
        "actual": f"E{at}",
        "points": f"{'G' if shifted else 'F'}{at}",
        "score": f"{'H' if shifted else 'G'}{at}",
        "reason": f"H{at}" if not shifted else f"I{at}",
    }
    return IndicatorLine(
        position, level1, level2, level3, target, "", points, score, "0", points, "",
        "", False, cells,
    )  # fmt: skip


def _seed_findings() -> tuple[Finding, ...]:
    total = finding(
        "S101",
        Level.ERROR,
        "G33",
        rule="total-mismatch",
        title="总分与各项得分之和不符",
        field="total.score",
        found="92",
        expected="92.996",
        message="总分填报 92，各项指标得分与预算执行得分之和为 92.996，相差 0.996。",
        advice="请按各项得分重新加总；如按规定取整，请在表中注明取整办法。",
        causes=(
            Cause("truncated", "总分 92.996 只取整数部分，得 92"),
            Cause("execution-truncated", "预算执行得分 9.996 只按 9 计入：83 + 9 = 92"),
        ),
        basis=(_BASIS["sum"], _BASIS["10"]),
        derivation="9.996（H8） + 8（G17） + 5（G18） + … + 8（G29） = 92.996",
        fix=Fix(Safety.CONFIRM, "G33", "92", "92.996"),
    )
    reasons = [
        finding(
            "I105",
            Level.ERROR,
            f"H{_FIRST + i}",
            i,
            rule="missing-deviation-reason",
            title="扣分未填偏差原因",
            field="indicators.reason",
            message=f"“{row[2]}”分值 {row[4]}，得分 {row[5]}，未填偏差原因分析及改进措施。",
            advice="请逐项填写扣分原因和改进措施。",
        )
        for i, row in enumerate(_ROWS)
        if row[4] != row[5]
    ]
    actuals = [
        finding(
            "I102",
            Level.ERROR,
            f"E{_FIRST + i}",
            i,
            rule="missing-actual",
            title="实际完成值未填",
            field="indicators.actual",
            message=f"“{row[2]}”的实际完成值未填，得分无从核对。",
            advice="请按年度指标值的口径填写实际完成值。",
        )
        for i, row in enumerate(_ROWS)
    ]
    moved = finding(
        "R005",
        Level.WARNING,
        "G25",
        rule="displaced-value",
        title="数值错列",
        field="indicators.points",
        found="8",
        message="“发展决策支持”的分值 8、得分 8 写在 G、H 列，比表头右移一列。",
        advice="请移回“分值”“得分”两列。",
        fix=Fix(Safety.CONFIRM, "F25", "", "8"),
    )
    markup = finding(
        "R008",
        Level.INFO,
        "E14",
        rule="markup-in-text",
        title="文字中带有网页标记",
        field="goals.actual",
        found="<p>一是重点做好…</p>",
        message="实际完成情况中有 <p>…</p> 标记。",
        advice="更正稿已去掉标记，文字未改。",
        basis=(_BASIS["house"],),
        fix=Fix(Safety.SAFE, "E14", "<p>…</p>", "…"),
    )
    goal = finding(
        "G101",
        Level.ERROR,
        "B14",
        rule="missing-goal",
        title="预期目标未填",
        field="goals.expected",
        message="预期目标一栏为空。",
    )
    return (total, goal, *actuals, *reasons, moved, markup)


@pytest.fixture(scope="session")
def seed() -> FileResult:
    """92 reported, 92.996 recomputed: S101, I102 thirteen times, I105 six times, R005, R008."""
    spent = ("180000.00", "180000.00", "179920.00")
    funds = (
        FundLine(
            "total", "年度资金总额", *spent, "10", "0.9996", "9.996", "0.9996", "9.996",
            {"initial_budget": "C8", "budget": "D8", "executed": "E8", "rate": "G8", "score": "H8"},
        ),
        FundLine(
            "fiscal", "其中：当年财政拨款", *spent, None, "0.9996", "", "0.9996", None,
            {"label": "B9", "rate": "G9"},
        ),
        FundLine("carry_over", "上年结转资金", "", "", "", None, "", "", None, None, {}),
        FundLine("other", "其他资金", "", "", "", None, "", "", None, None, {"label": "B11"}),
    )  # fmt: skip
    form = FormResult(
        form="a.xlsx#自评表",
        sheet="自评表",
        kind="project",
        layout="mof10-shanghai",
        region="310118",
        year=2021,
        project="长三角一体化示范区工作及青浦区域内规划统筹",
        department="上海市青浦区区域发展办公室",
        unit="综合科",
        money_unit="元",
        total=Total(
            "100",
            "92",
            "92.996",
            "92.996",
            "92.996",
            None,
            "优",
            "优",
            "优",
            "G33",
            "9.996",
            "99.996",
            "差",
            "优",
        ),
        funds=funds,
        goals=(
            GoalLine(
                "",
                "一是重点做好重点项目梳理，每月更新进展；二是配合编制三年行动计划；"
                "三是每周报送推进情况。" * 12,
                {"expected": "B14", "actual": "E14"},
            ),
        ),
        indicators=tuple(_line(i, row) for i, row in enumerate(_ROWS, 1)),
        findings=_seed_findings(),
        outcomes={
            "S101": Outcome.HIT,
            "S102": Outcome.PASS,
            "F103": Outcome.PASS,
            "S106": Outcome.UNDECIDED,
        },
    )
    return FileResult(
        path="青浦/区域办 2021.xlsx",
        sha256="6b1f" * 16,
        status="error",
        outputs={
            "annotated": "青浦/区域办 2021_审核意见.xlsx",
            "corrected": "青浦/区域办 2021_更正稿.xlsx",
            "variance": "青浦/区域办 2021_差异报告.html",
        },
        forms=(form,),
    )


@pytest.fixture(scope="session")
def clean() -> FileResult:
    """A form in 万元 in which nothing is wrong."""
    form = FormResult(
        form="普陀/体育.xlsx#Sheet1",
        sheet="Sheet1",
        kind="project",
        layout="mof10-standard",
        region="310107",
        year=2022,
        project="结对帮扶经费",
        department="普陀区体育局",
        unit="体育事业管理中心",
        money_unit="万元",
        total=Total("100", "98", "98", "98", "98", "优", "优", "优", "优", "G20"),
        funds=(
            FundLine(
                "total", "年度资金总额", "2.00", "2.00", "0.9034", "10", "0.4517", "8",
                "0.4517", "8", {"score": "H8"},
            ),
        ),
        indicators=(
            IndicatorLine(
                1, "产出指标", "数量指标", "活动场次", "≥3场", "4场", "90", "90", "90", "90", "",
                None, False, {"score": "G12"},
            ),
        ),
        outcomes={"S101": Outcome.PASS},
    )  # fmt: skip
    return FileResult("普陀/体育.xlsx", "ab" * 32, "clean", forms=(form,))


@pytest.fixture(scope="session")
def unreadable() -> FileResult:
    """A Word file with the wrong name."""
    return FileResult(
        "坏/说明.xlsx",
        "cd" * 32,
        "unreadable",
        "不是工作簿：这是一个 Word 文件",
        findings=(
            finding(
                "R001",
                Level.ERROR,
                None,
                rule="unreadable-file",
                title="文件无法读取",
                sheet=None,
                field="",
                message="不是工作簿：这是一个 Word 文件。",
                basis=(),
                fix=None,
            ),
        ),
    )


@pytest.fixture(scope="session")
def hostile() -> FileResult:
    """Texts that want to be markup, formulas, paths or control characters."""
    nasty = "<script>alert(1)</script>\"'>=cmd|'/C calc'!A0\x0b\udcff]]>"
    form = FormResult(
        form=f"{nasty}#S",
        sheet=nasty,
        kind="project",
        layout="mof10-standard",
        region="",
        year=None,
        project="=cmd|'/C calc'!A0" + nasty,
        department="@SUM(A1)",
        unit="+1+1",
        money_unit="",
        total=Total(None, None, None, None, None, None, None, None, None, None),
        goals=(GoalLine(nasty, nasty, {}),),
        funds=(FundLine("total", nasty, "", "x", nasty, "", "", nasty, None, None, {}),),
        indicators=(
            IndicatorLine(
                1, nasty, nasty, nasty, nasty, nasty, "甲", nasty, None, None, nasty, nasty, True,
                {"score": nasty},
            ),
        ),
        findings=(
            finding(
                "I102", Level.ERROR, nasty, title=nasty, message=nasty, found=nasty, advice=nasty,
                derivation=nasty, causes=(Cause("x", nasty),), basis=(nasty,),
                fix=Fix(Safety.SAFE, nasty, nasty, nasty), root="nowhere",
            ),
        ),
    )  # fmt: skip
    return FileResult(
        "javascript:alert(1)/<b>'\".xlsx",
        "00" * 32,
        "error",
        outputs={"variance": "javascript:alert(1)/<b>'\"#?%.html"},
        forms=(form,),
    )
