"""Layouts of offices: headings in two rows, figures beside and below labels, margins."""

from __future__ import annotations

from tests.building.sketch import ref_of, sketch, tables


def test_a_second_table_with_more_columns_is_a_table_of_its_own() -> None:
    """A heading that shares most columns with the one above is not that one printed again."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | <    | <     | 分值 | 自评分 | 复核分 | 标准 |
        | 项目决策 | 项目立项 | 立项依据 | <    | <     | 2    | 2      |        | 充分     |
        | 一级指标 | 二级指标 | 三级指标 | 年初指标值 | 年终完成值 | 分值 | 自评分 | 复核分 | 标准 |
        | 产出指标 | 数量指标 | 修缮面积 | ≥120 | 125   | 10   | 9      |        | 按比例   |
    """)
    )
    assert read.indicators.target.tolist() == ["", "≥120"]
    assert (ref_of(read, "indicators", "target", 2), ref_of(read, "indicators", "actual", 2)) == (
        "D4",
        "E4",
    )


def test_a_lone_template_row_below_a_repeated_heading_is_a_row() -> None:
    """指标2 alone in its row is no second row of the heading printed again above it."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 产出指标 | 数量指标 | 完工率   | 100 | 100 | 10 | 10 |
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 效益指标 | 社会效益指标 | 安全率 | 100 | 100 | 10 | 10 |
        | ^        | ^            | 指标2  |     |     |    |    |
    """)
    )
    assert ref_of(read, "indicators", "level3", 3) == "C5"


def test_target_and_actual_both_divided_into_sign_value_and_unit() -> None:
    """符号 值 单位 under 预期指标值 and under 实际完成值: each value is its heading's."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | 预期指标值 | < | < | 实际完成值 | < | < | 分值 | 得分 |
        | ^ | ^ | ^ | 符号 | 值 | 单位（文字） | 符号 | 值 | 单位（文字） | ^ | ^ |
        | 产出指标 | 数量指标 | 修缮面积 | ≥ | 1200 | 平方米 | = | 1250 | 平方米 | 10 | 10 |
    """)
    )
    assert ref_of(read, "indicators", "target") == "E3"
    assert ref_of(read, "indicators", "actual") == "H3"
    assert ref_of(read, "indicators", "score") == "K3"
    assert read.indicators.actual_value_e6.tolist() == [1_250_000_000]


def test_figures_of_the_total_below_their_labels() -> None:
    """总分值, 总得分 and 自评等级 may stand over their figures, or beside them."""
    head = """
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因分析 |
        | 产出指标 | 数量指标 | 修缮面积 | ≥120 | 125 | 10 | 9 | |
    """
    below = tables(
        sketch(f"""{head}
        | 总分 | < | < | < | < | 总分值 | 总得分 | 自评等级 |
        | ^    | ^ | ^ | ^ | ^ | 100    | 96     | 优       |
    """)
    )
    beside = tables(
        sketch(f"""{head}
        | 总分 | < | 总分值 | 100 | 总得分 | 96 | 自评等级 | 优 |
    """)
    )
    for read, refs in ((below, ("F5", "G5", "H5")), (beside, ("D4", "F4", "H4"))):
        form = read.forms.iloc[0]
        assert (form.total_points_e4, form.total_score_e4, form.grade) == (
            1_000_000,
            960_000,
            "优",
        )
        names = ("total_points", "total_score", "grade")
        assert tuple(ref_of(read, "forms", name) for name in names) == refs


def test_a_grade_below_the_indicators_is_no_indicator() -> None:
    """自评等级 in a row of its own closes the table."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 指标内容 | 指标（目标）值 | 实际完成值 |
        | 产出指标 | 数量指标 | 修缮面积 | ≥120 | 125 |
        | 自评等级 | <        | 优       | <    | <   |
    """)
    )
    assert len(read.indicators) == 1
    assert (read.forms.grade.tolist(), ref_of(read, "forms", "grade")) == (["优"], "C3")


INDICATORS = """
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
    | 产出指标 | 数量指标 | 修缮面积 | ≥120 | 125 | 10 |
"""


def test_amounts_in_rows_one_below_the_other() -> None:
    """全年预算数, 全年执行数 and 执行率 as labels of rows are one kind of money."""
    read = tables(
        sketch(f"""
        | 项目名称 | 修缮项目 |
        | 全年预算数（万元） | 58.5 |
        | 全年执行数（万元） | 57.33 |
        | 执行率 | 98% |
        {INDICATORS.strip()}
    """)
    )
    fund = read.funds.iloc[0]
    assert (fund.kind, fund.budget_fen, fund.executed_fen, fund.rate_e6) == (
        "total",
        58_500_000,
        57_330_000,
        980_000,
    )
    assert ref_of(read, "funds", "executed") == "B3"


def test_a_rate_headed_above_amounts_beside_their_labels() -> None:
    """预算执行进度（%） stands in the row above 预算数：, over its figure."""
    read = tables(
        sketch(f"""
        | 预算安排情况 | < | 资金到位情况 | < | 资金执行情况 | < | 预算执行进度（%） |
        | 预算数： | 58.5 | 到位数： | 58.5 | 执行数： | 57.33 | 98 |
        | 其中：财政资金 | 58.5 | 其中：财政资金 | 58.5 | 其中：财政资金 | 57.33 | |
        {INDICATORS.strip()}
    """)
    )
    assert read.funds.rate_e6.tolist()[0] == 980_000
    assert ref_of(read, "funds", "rate") == "G2"


def test_numbers_of_lines_are_no_names() -> None:
    """行次 between the label and the amounts."""
    read = tables(
        sketch(f"""
        | 资金情况 |                    | 行次 | 全年预算数（A） | 全年执行数（B） | 执行率 |
        | ^        | 年度资金总额       | 1    | 58.5 | 57.33 | 98% |
        | ^        | 其中：中央财政资金 | 2    | 58.5 | 57.33 | 98% |
        {INDICATORS.strip()}
    """)
    )
    assert read.funds.label.tolist() == ["年度资金总额", "其中：中央财政资金"]


def test_points_of_the_goal_in_the_right_margin_are_no_result() -> None:
    """20 beside 目标实际完成情况 does not turn the heading into a label with its value."""
    read = tables(
        sketch(f"""
        | 年度总体目标完成情况（20分） | 预期目标 | < | 目标实际完成情况 | < | 20 |
        | ^ | 完成修缮 | < | 已经完成修缮 | < | ^ |
        {INDICATORS.strip()}
    """)
    )
    assert read.goals.expected.tolist() == ["完成修缮"]
    assert ref_of(read, "goals", "actual") == "D2"
    assert read.remarks.kind.tolist() == ["goal-points"]


def test_execution_score_in_the_right_margin() -> None:
    """The block's name states its points, and a number over all of its rows is its score."""
    read = tables(
        sketch(f"""
        | 预算执行情况（万元）（20分） | 预算数： | 58.5 | 执行数： | 57.33 | 19.6 |
        | ^ | 其中：中央补助 | 58.5 | 其中：中央补助 | 57.33 | ^ |
        {INDICATORS.strip()}
    """)
    )
    fund = read.funds.iloc[0]
    assert (fund.points_e4, fund.score_e4) == (200_000, 196_000)
    assert ref_of(read, "funds", "score") == "F1"


def test_the_unit_in_the_table_before_the_one_above_it() -> None:
    """填报单位：… above the table names the same as 预算单位名称 in it: the latter counts."""
    read = tables(
        sketch(f"""
        | 部门整体支出绩效自评表 | | |
        | 填报单位：青山小学 | | 单位：万元 |
        | 预算单位名称 | 青山小学 | < |
        {INDICATORS.strip()}
    """)
    )
    assert ref_of(read, "forms", "department") == "B3"


def test_evaluated_points_are_a_total() -> None:
    """Evaluation forms close with 评价得分."""
    read = tables(sketch(f"{INDICATORS}| 评价得分 | < | < | < | < | 95.8 |"))
    assert len(read.indicators) == 1
    assert read.forms.total_score_e4.tolist() == [958_000]


def test_indicators_without_coefficients_keep_their_family() -> None:
    """指标权重 before 全年完成值 and no 得分系数: still the form with its total on top."""
    read = tables(
        sketch("""
        | 2022年度部门整体绩效自评表 | < | < | < | < | < |
        | 部门（单位）名称 | 林业局 | < | 自评总分（分） | 97.93 | < |
        | 预算执行情况（万元） | 全年预算数 | 全年执行数 | 执行率（%） | 执行率权重 | 执行率得分 |
        | 年度总金额 | 100 | 79.27 | | | |
        | 其中：财政拨款 | 100 | 79.27 | 79.27 | 10 | 7.93 |
        | 年初绩效目标 | 管护森林 | < | 全年目标实际完成情况 | 完成管护 | < |
        | 指标名称 | 指标性质 | 指标值 | 指标权重 | 全年完成值 | 指标得分 |
        | 森林管护面积 | ≥ | 50 | 90 | 50 | 90 |
    """)
    )
    assert read.forms.layout.tolist() == ["chongqing-dept-coef"]
    assert read.funds.score_e4.tolist()[1] == 79_300
