"""Rows of the indicator table, with what people do to them."""

from __future__ import annotations

from tests.building.sketch import ref_of, sketch, tables

HEAD = (
    "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 "
    "| 分值 | 得分 | 偏差原因分析及改进措施 |"
)


def test_merged_level1_is_carried_down() -> None:
    """A merged 一级指标 applies to every row it spans, and every row has its cell."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | 推进完成率 | =100% | 100% | 8 | 8 | |
        | ^        | ^        | 项目库梳理 | =100% | 100% | 6 | 5 | |
    """)
    )
    assert read.indicators.level1.tolist() == ["产出指标"] * 2
    assert ref_of(read, "indicators", "level1", 2) == "A2"


def test_figures_one_column_too_far_right_are_read_where_they_stand() -> None:
    """Points blank, a bare number beyond the score: both moved one column to the right."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | 推进完成率 | =100% | | 8 | 7 |   |
        |          |          | 决策支持   | 有效  | |   | 8 | 6 |
    """)
    )
    assert read.indicators.points_e4.tolist() == [80_000, 80_000]
    assert read.indicators.score_e4.tolist() == [70_000, 60_000]
    assert read.indicators.reason.tolist() == ["", ""]
    assert ref_of(read, "indicators", "points", 2) == "G3"
    marked = read.cells[read.cells.marks.str.contains("displaced")]
    assert marked.ref.tolist() == ["G3", "H3"]


def test_a_zero_typed_as_reason_is_a_reason() -> None:
    """Nothing moved where the points stand in their column."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | 安全率 | 100 | 100 | 10 | 10 | 0 |
    """)
    )
    assert read.indicators.reason.tolist() == ["0"]
    assert not read.cells.marks.str.contains("displaced").any()


def test_late_level1_takes_its_rows_back() -> None:
    """效益指标 after its first row: the second level tells that the row is its."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 绩效指标 | 数量指标     | 梳理完成率 | =100% | | 8 | 8 | |
        |          | 经济效益指标 |            |       | |   |   | |
        |          |              | 决策支持   | 有效  | | 8 | 8 | |
        | 效益指标 | 社会效益指标 | 知晓度     | 提升  | | 8 | 7 | |
    """)
    )
    assert read.indicators.level1.tolist() == ["绩效指标", "效益指标", "效益指标"]
    assert read.indicators.class1.tolist() == ["output", "benefit", "benefit"]
    assert read.remarks.kind.tolist() == ["late-label"]
    assert ref_of(read, "indicators", "level1", 2) == "A5"


def test_label_in_the_middle_of_its_rows() -> None:
    """A label that was centred by hand applies to the rows above it, too."""
    read = tables(
        sketch(f"""
        {HEAD}
        |          |          | 推进完成率 | =100% | | 8 | 8 | |
        | 产出指标 | 数量指标 | 项目库梳理 | =100% | | 6 | 5 | |
        |          |          | 谋划完成率 | =100% | | 6 | 5 | |
    """)
    )
    assert read.indicators.level1.tolist() == ["产出指标"] * 3
    assert read.indicators.level2.tolist() == ["数量指标"] * 3


def test_label_cut_by_a_page_break() -> None:
    """Two pieces of one label are one label."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标           | 推进完成率 | =100% | | 80 | 80 | |
        | 满意度指 | 服务对象满意度指标 | 居民满意度 | ≥90%  | | 5  | 5  | |
        | 标       |                    | 企业满意度 | ≥90%  | | 5  | 5  | |
    """)
    )
    assert read.indicators.level1.tolist() == ["产出指标", "满意度指标", "满意度指标"]
    assert read.remarks.kind.tolist() == ["cut-label"]


def test_heading_printed_again_after_a_page_break() -> None:
    """The heading is no row; the level names go on."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | 推进完成率 | =100% | | 8 | 8 | |
        {HEAD}
        |          |          | 项目库梳理 | =100% | | 6 | 5 | |
    """)
    )
    assert read.indicators.level3.tolist() == ["推进完成率", "项目库梳理"]
    assert read.indicators.level2.tolist() == ["数量指标"] * 2
    assert read.remarks.kind.tolist() == ["repeated-label"]


def test_level_name_printed_again() -> None:
    """A level name after a page break is the same level."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 效益指标 | 经济效益指标   | 增收 | ≥10 | 10 | 5 | 5 | |
        |          |                | 节支 | ≥10 | 10 | 5 | 5 | |
        | 效益指标 |                | 带动 | ≥10 | 10 | 5 | 5 | |
        |          | 社会效益指标   | 就业 | ≥10 | 10 | 5 | 5 | |
    """)
    )
    assert read.indicators.level1.tolist() == ["效益指标"] * 4
    assert read.indicators.level2.tolist() == ["经济效益指标"] * 3 + ["社会效益指标"]
    assert read.remarks.kind.tolist() == ["repeated-label"]


def test_one_merged_score_for_two_indicators_counts_once() -> None:
    """A merged score is on its first row; the second says that it shares it."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | 年初目标值 | 实际完成值 | 得分 |
        | 产出指标 | 数量指标 | 备份器   | 25TB       | 25TB       | 10   |
        | ^        | ^        | 覆盖     | 100%覆盖   | 100%覆盖   | ^    |
        | ^        | 质量指标 | 新资源   | 当年       | 当年       | 10   |
    """)
    )
    assert read.indicators.score_e4.fillna(0).tolist() == [100_000, 0, 100_000]
    assert read.indicators.score_state.tolist() == ["number", "shared", "number"]
    assert ref_of(read, "indicators", "score", 2) == "F2"


def test_a_second_table_without_targets_misses_none() -> None:
    """Where one of two tables has no column of targets, its rows have none to miss."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | 分值 | 评价标准 | 自评分 | |
        | 项目决策 | 项目立项 | 立项规范 | 2 | 规范2分 | 2 | |
        | 一级指标 | 二级指标 | 三级指标 | 年初指标值 | 年终完成值 | 分值 | 自评分 |
        | 项目绩效 | 产出数量 | 清扫面积 | | 10 | 43 | 40 |
    """)
    )
    assert read.indicators.target_kind.tolist() == ["none", "blank"]
    assert read.indicators.points_e4.tolist() == [20_000, 430_000]


def test_parts_of_an_indicator() -> None:
    """其中 rows without points are parts of the row above; with points they are indicators."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | ★种植面积      | 29.5亩 | 29.5亩 | 20 | 20 | |
        |          |          | 其中桃树       | 1.5亩  | 1.5亩  |    |    | |
        |          |          | ★★★其中：低保  | ≥10人  | 12人   | 5  | 5  | |
    """)
    )
    assert read.indicators.is_part.tolist() == [False, True, False]


def test_points_on_the_heading_row_of_a_group() -> None:
    """Weight and score stand on the group's row: the rows below with the values are its parts."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | 补助养殖 |      |      | 10 | 10 | |
        |          |          | 羊       | 18只 | 18只 |    |    | |
        |          |          | 猪       | 12头 | 12头 |    |    | |
        |          | 质量指标 | 成活率   | 95%  | 96%  | 10 | 10 | |
    """)
    )
    assert read.indicators.is_part.tolist() == [False, True, True, False]


def test_empty_rows_are_no_indicators_but_keep_their_labels() -> None:
    """A class without an indicator gives no row; its label is still a cell that was understood."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标     | 推进完成率 | =100% | | 8 | 8 | |
        |          | 成本指标     |            |       | |   |   | |
        |          | ……           |            |       | |   |   | |
        |          | 时效指标     | ……         |       | |   |   | |
        |          |              | 指标2：    |       | |   |   | |
    """)
    )
    assert read.indicators.level3.tolist() == ["推进完成率", "……", "指标2："]
    assert read.indicators.placeholder.tolist() == [False, True, True]
    labels = read.cells[(read.cells.field == "level2") & (read.cells.position == 0)]
    assert labels.raw.tolist() == ["成本指标", "……"]


def test_points_in_the_level_label() -> None:
    """产出指标（50分） states 50; a range states nothing."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标（50分）   | 数量指标 | 推进完成率 | =100% | | 50 | 50 | |
        | 成本指标(0-20)分   | 经济成本指标 | 总成本 | ≤90万元 | 90 | 20 | 20 | |
    """)
    )
    assert read.indicators.level1_points_e4.fillna(-1).tolist() == [500_000, -1]
    assert read.indicators.class1.tolist() == ["output", "cost"]


def test_target_in_three_columns() -> None:
    """指标性质, 指标值 and 度量单位 together are the target; its cell is that of the value."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 |
        | 产出指标 | 数量指标 | 覆盖率   | ＝       | 100    | %        | 98     | 60   |      |
        | 效益指标 | 社会效益指标 | 保障 | 定性     | 优良中低差 |      | 优     | 30   |      |
    """)
    )
    assert read.indicators.target.tolist() == ["＝100%", "优良中低差"]
    assert read.indicators.target_op.tolist()[0] == "="
    assert ref_of(read, "indicators", "target", 1) == "E2"


def test_a_value_beyond_its_merged_heading_is_in_its_column() -> None:
    """Headings over two columns: a value counts in either, a blank is asked for in the first."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | < | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
        | 产出指标 | 数量指标 |          | 巡护次数 | ≥3次 | 3次   | 10   | 10   |          |
        | ^        | 质量指标 | 完好率   |   | =100%      |            | 10   | 10   |          |
    """)
    )
    assert read.indicators.level3.tolist() == ["巡护次数", "完好率"]
    assert ref_of(read, "indicators", "level3", 1) == "D2"
    assert ref_of(read, "indicators", "actual", 2) == "F3"


def test_notes_over_the_whole_width_are_no_indicators() -> None:
    """A note below the table is merged over all columns, the name's among them."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | 推进完成率 | =100% | | 100 | 92 | |
        | 总分     | <        | <          | <     | < | 100 | 92 | |
        | 注：1.其他资金包括自有资金。 | < | < | < | < | < | < | < |
        | 2.定量指标按比例记分。       | < | < | < | < | < | < | < |
    """)
    )
    assert len(read.indicators) == 1
    assert read.forms.total_score_e4.tolist() == [920_000]


def test_subtotals_are_no_indicators() -> None:
    """A row 小计 adds nothing."""
    read = tables(
        sketch(f"""
        {HEAD}
        | 产出指标 | 数量指标 | 推进完成率 | =100% | | 50 | 50 | |
        | 小计     |          |            |       | | 50 | 50 | |
        | 效益指标 | 社会效益指标 | 知晓度 | 提升  | | 50 | 42 | |
        | 合计     |          |            |       | | 100 | 92 | |
    """)
    )
    assert read.indicators.score_e4.tolist() == [500_000, 420_000]
    assert read.forms.total_score_e4.tolist() == [920_000]
