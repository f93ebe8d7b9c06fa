"""Headings, money, goals and totals of forms; several forms; what is no form."""

from __future__ import annotations

from perfeval.layout import nearest, recognise
from perfeval.model import Cell
from tests.building.sketch import ref_of, sketch, tables, workbook

TABLE = """
 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
 | 产出指标 | 数量指标 | 完成率 | =100% | 100% | 90 | 82 | |
 | 总分 | | | | | 100 | 92 | |
"""
MONEY = """
 | 项目资金（元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
 | ^ | 年度资金总额 | 180,000 | 180,000 | 179,920 | 10 | 99.96% | 9.996 |
 | ^ | 其中：当年财政拨款 | 180,000 | 180,000 | 179,920 | — | 99.96% | |
 | ^ | 其他资金 | | | | — | | |
"""


def form(name: str) -> str:
    """A small whole form."""
    return f"""
        | 项目支出绩效自评表 | < | < | < | < | < | < | < |
        | （2021年度） | < | < | < | < | < | < | < |
        | 项目名称 | {name} | < | < | < | < | < | < |
        | 主管部门 | 甲市青浦局 | < | < | 实施单位 | 综合科 | < | < |
{MONEY.strip(chr(10))}
{TABLE.strip(chr(10))}
    """.replace("\n\n", "\n")


def test_heading_of_a_form() -> None:
    """Names stand beside their labels; the year in a row of its own."""
    read = tables(sketch(form("湿地管护")))
    row = read.forms.iloc[0]
    assert (row.project, row.department, row.unit, row.year) == (
        "湿地管护",
        "甲市青浦局",
        "综合科",
        2021,
    )
    assert ref_of(read, "forms", "unit") == "F4"
    assert row.money_unit == "元"


def test_blank_heading_has_a_cell() -> None:
    """What the form asks for and nobody filled has a place that a finding can point to."""
    read = tables(sketch(form("").replace("综合科", "")))
    assert read.forms.unit.tolist() == [""]
    assert read.forms.has_unit.tolist() == [True]
    assert ref_of(read, "forms", "project") == "B3"
    assert ref_of(read, "forms", "unit") == "F4"


def test_money_rows() -> None:
    """One total; parts of it; points and scores of the total count once."""
    read = tables(sketch(form("湿地管护")))
    assert read.funds.kind.tolist() == ["total", "fiscal", "other"]
    assert read.funds.level.tolist() == [0, 1, 1]
    assert read.funds.budget_fen.fillna(-1).tolist() == [18_000_000, 18_000_000, -1]
    assert read.funds.points_state.tolist() == ["number", "none", "none"]
    assert ref_of(read, "funds", "score", 1) == "H6"


def test_a_second_among_them_divides_a_part() -> None:
    """中央 and 省级 under 财政拨款 are parts of that part."""
    read = tables(
        sketch("""
        | 资金情况（万元） | | 全年预算数 | 全年执行数 | 执行率 |
        | | 年度资金总额 | 10 | 10 | 100% |
        | | 其中：财政拨款 | 9 | 9 | 100% |
        | | 其中：中央财政资金 | 5 | 5 | 100% |
        | | 省级财政资金 | 4 | 4 | 100% |
        | | 其他资金 | 1 | 1 | 100% |
        | 年度目标 | 管好湿地 | 实际完成情况 | 管好了 |
    """)
    )
    assert read.funds.level.tolist() == [0, 1, 2, 2, 1]
    assert read.goals.expected.tolist() == ["管好湿地"]
    assert read.goals.actual.tolist() == ["管好了"]


def test_total_of_money_in_the_last_row() -> None:
    """合计 may stand last."""
    read = tables(
        sketch("""
        | 项目名称 | 湿地 |
        | 资金（万元） | | 预算数 | 执行数 | 执行率 |
        | | 中央财政资金 | 5 | 5 | 100% |
        | | 市级财政资金 | 4 | 4 | 100% |
        | | 合计 | 9 | 9 | 100% |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 |
        | 产出指标 | 产出数量 | 处数 | 2 | 2 |
    """)
    )
    assert read.funds.kind.tolist() == ["fiscal", "fiscal", "total"]
    assert read.funds.level.tolist() == [1, 1, 0]


def test_goals_under_their_headings_and_spilled_text() -> None:
    """A goal that stands below its blank cell is not missing; the rest goes to the result."""
    read = tables(
        sketch(f"""
        | 项目名称 | 湿地 |
        | 年度总体目标 | 预期目标 | < | 实际完成情况 | < |
        |              |          | < | 完成了一处   | < |
        | 管好两处湿地 | | | | |
        | 和另一处 | | | | |
{TABLE.strip(chr(10))}
    """)
    )
    assert read.goals.expected.tolist() == ["管好两处湿地"]
    assert read.goals.actual.tolist() == ["完成了一处\n和另一处"]
    assert read.remarks.kind.tolist() == ["spilled-text"]
    assert ref_of(read, "goals", "expected") == "A4"


def test_total_beside_its_column() -> None:
    """The closing row's numbers one column to the right are read where they stand."""
    read = tables(
        sketch("""
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
        | 产出指标 | 数量指标 | 完成率   | =100%      | 100%       | 100  | 92   |          |
        | 总分     |          |          |            |            |      | 100  | 92       |
    """)
    )
    assert read.forms.total_points_e4.tolist() == [1_000_000]
    assert read.forms.total_score_e4.tolist() == [920_000]
    assert ref_of(read, "forms", "total_score") == "H3"


def test_grade_after_the_total() -> None:
    """优 in the closing row, or beside 自评等级."""
    for row in ("| 总分 | | | | | 100 | 96 | 优 |", "| 总分 | | | | | 100 | 96 | 自评等级 | 优 |"):
        read = tables(
            sketch(f"""
            | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 | |
            | 产出指标 | 数量指标 | 完成率   | =100%      | 100%       | 100  | 96   |          | |
            {row}
        """)
        )
        assert read.forms.grade.tolist() == ["优"]
        assert read.forms.has_grade.tolist() == [True]


def test_total_on_top() -> None:
    """自评总分 beside the name of the department."""
    read = tables(
        sketch("""
        | 部门整体绩效自评表 | < | < | < | < | < | < |
        | 部门名称 | 甲区林业局 | 自评总分（分） | 97.93 | | | |
        | 指标名称 | 计量单位 | 指标性质 | 年初指标值 | 全年完成值 | 指标权重(分) | 得分 |
        | 管护面积 | 万亩 | ≥ | 8 | 8 | 100 | 97.93 |
    """)
    )
    assert read.forms.total_score_e4.tolist() == [979_300]
    assert read.forms.kind.tolist() == ["department"]
    assert ref_of(read, "forms", "total_score") == "D2"
    assert ref_of(read, "forms", "department") == "B2"


def test_forms_one_below_the_other() -> None:
    """Each form on a sheet is read by itself, with a list of them in front."""
    read = tables(
        sketch(
            f"""
        | 项目绩效自评表清单 | | |
        | 序号 | 项目名称 | 备注 |
        | 1 | 甲项目 | |
        | 2 | 乙项目 | |
{form("甲项目").strip(chr(10))}
{form("乙项目").strip(chr(10))}
    """.replace("\n\n", "\n")
        )
    )
    assert read.forms.project.tolist() == ["甲项目", "乙项目"]
    assert read.forms.form.tolist() == ["a.xlsx#Sheet1", "a.xlsx#Sheet1!2"]
    assert read.forms.total_score_e4.tolist() == [920_000, 920_000]
    assert "several-forms" in read.remarks.kind.tolist()


def test_summary_sheet_is_no_form() -> None:
    """A list of projects with amounts and scores is not a self-evaluation form."""
    summary = sketch(
        """
        | 2021年度项目支出绩效自评汇总表 | | | | | | |
        | 序号 | 项目名称 | 全年预算数 | 全年执行数 | 执行率 | 自评得分 | 等级 |
        | 1 | 甲项目 | 10 | 10 | 100% | 92 | 优 |
    """,
        name="汇总表",
    )
    read = tables(summary, sketch(form("甲项目"), name="表1"))
    assert read.forms.sheet.tolist() == ["表1"]
    alone = workbook(summary)
    assert recognise(alone) == ()


def test_hidden_sheet_is_read_and_told() -> None:
    """A form on a hidden sheet counts."""
    read = tables(sketch(form("甲项目"), hidden=True))
    assert read.remarks.kind.tolist() == ["hidden-sheet"]
    assert len(read.indicators) == 1


def test_no_form_names_the_nearest_layout_and_what_it_misses() -> None:
    """Labels without a table: the family with most of them, and the labels to look for."""
    near = nearest(
        workbook(
            sketch(
                "| 转移支付（项目）名称 | 甲 |\n| 中央主管部门 | 财政部 |\n| 地方主管部门 | 乙 |"
            )
        )
    )
    assert near.nearest.startswith("transfer")
    assert "资金使用单位" in near.missing


def test_missing_blocks_are_named() -> None:
    """A form that ends after its money has no indicators and no total."""
    text = form("甲项目")
    read = tables(sketch(text[: text.index("| 一级指标")]))
    assert "绩效指标" in read.forms.missing_blocks.iloc[0]
    assert not read.forms.has_indicators.iloc[0]


def test_value_after_a_colon_in_the_labels_cell() -> None:
    """单位名称：甲局  填报日期：… in one cell names the unit."""
    read = tables(
        sketch(f"""
        | 单位名称：甲局   填报日期：2021.3.1 | < | < |
        | 项目名称：湿地管护 | < | < |
{TABLE.strip(chr(10))}
    """)
    )
    assert read.forms.project.tolist() == ["湿地管护"]
    assert read.forms.department.tolist() == ["甲局"]
    assert ref_of(read, "forms", "project") == "A2"


def test_label_and_amount_side_by_side() -> None:
    """按收入性质分 beside 按支出性质分: each "label：amount" is a row that no sum adds again."""
    read = tables(
        sketch("""
        | 部门名称 | 林业局 | | | | | | |
        | 年度预算申请（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
        | | 年度资金总额 | 47.5万元 | 47.5万元 | 38.2万元 | 10 | 100% | 10 |
        | | 按收入性质分：47.5 | < | < | 按支出性质分：47.5 | < | < | < |
        | | 其中：一般公共预算：18.7万元 | < | < | 其中：基本支出：17.6万元 | < | < | < |
        | | 其他资金：28.8万元 | < | < | 项目支出：29.9万元 | < | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
        | 产出指标 | 数量指标 | 造林面积 | 1.2万亩 | 1.2万亩 | 10 | 10 | |
    """)
    )
    assert read.funds.label.tolist()[1:] == [
        "其中：一般公共预算",
        "其中：基本支出",
        "其他资金",
        "项目支出",
    ]
    assert read.funds.level.tolist() == [0, 2, 2, 2, 2]
    assert read.funds.budget_fen.tolist() == [
        47_500_000,
        18_700_000,
        17_600_000,
        28_800_000,
        29_900_000,
    ]
    assert ref_of(read, "funds", "budget", 3) == "E5"


def test_execution_points_in_the_heading() -> None:
    """得分（20分*执行率） states the points of budget execution."""
    read = tables(
        sketch(
            """
        | 项目名称 | 禁捕 |
        | 预算执行情况(万元) | | 预算数(A) | 执行数(B) | 执行率(B/A) | 得分/（20分*执行率） |
        | | 年度财政资金总额 | 1.56 | 1.56 | 100% | 20 |
        | 一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) | 得分 |
        | 产出指标 | 数量指标 | 渔船数 | 6 | 6 | 80 |
        | 总分 | | | | | 100 |
        | 偏差大或目标未完成原因分析 | 无 | | | | |
    """.replace("(B/A)", "(B÷A)")
        )
    )
    assert read.funds.points_e4.tolist() == [200_000]
    assert read.forms.has_execution_points.tolist() == [True]
    assert read.forms.has_points.tolist() == [False]
    assert read.indicators.reason.tolist() == ["无"]
    assert ref_of(read, "indicators", "reason") == "B7"


def test_title_printed_again_on_the_next_page() -> None:
    """Title and heading of a second page begin no second form."""
    second = TABLE.replace("数量指标", "质量指标").strip("\n")
    first = form("甲项目")
    first = first[: first.index("| 总分")]
    read = tables(
        sketch(f"{first}\n| 项目支出绩效自评表 | < | < |\n{second}".replace("\n\n", "\n"))
    )
    assert len(read.forms) == 1
    assert read.indicators.level2.tolist() == ["数量指标", "质量指标"]


def test_a_budget_table_is_no_form() -> None:
    """Amounts alone, without title, project, goals or indicators, are not judged."""
    sheet = sketch("| 科目 | 预算数 | 执行数 | 执行率 |\n| 办公费 | 10 | 9 | 90% |")
    assert recognise(workbook(sheet)) == ()


def test_a_number_among_formulas_is_remarked_wherever_the_sheet_ends() -> None:
    """One typed score where the others are formulas; a stray cell in the last row hides nothing."""
    sheet = sketch(
        """
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | 产出指标 | 数量指标 | 甲       | 1          | 1          | 10   | 10   |
        |          |          | 乙       | 1          | 1          | 10   | 10   |
        |          |          | 丙       | 1          | 1          | 10   | 10   |
        |          |          | 丁       | 1          | 1          | 10   | 9    |
        """
    )
    for row in range(2, 6):
        score = float(sheet.cells[row, 7].text)
        formula = None if row == 5 else f"F{row}*E{row}/D{row}"
        sheet.cells[row, 7] = Cell(row, 7, score, sheet.cells[row, 7].text, formula, kind="n")
    sheet.cells[1_048_576, 3] = Cell(1_048_576, 3, "戊", "戊")
    remarks = tables(sheet).remarks
    assert remarks.text[remarks.kind == "overwritten-formula"].tolist() == ["9"]
