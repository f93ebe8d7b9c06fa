"""Every score is recomputed with its lowest and highest defensible value."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from perfeval import schema
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.cases import parse
from perfeval.scores import Scores, recompute
from perfeval.tables import Tables
from tests.rules.tabling import tables_of

SEED = """
| 资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
|---|---|---|---|---|---|---|
| 年度资金总额 | 180,000.00 | 180,000.00 | 179,920.00 | 10 | 99.96% | 9.996 |
| 其中：当年财政拨款 | 180,000.00 | 180,000.00 | 179,920.00 | — | 99.96% |  |
| 上年结转资金 |  |  |  | — |  |  |

| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 重点项目跟踪 | =100% |  | 50 | 43 |
| 效益指标 | 社会效益指标 | 知晓度 | 提升 |  | 30 | 30 |
| 满意度指标 | 服务对象满意度指标 | 受益方满意度 | >=90% |  | 10 | 10 |

| 总分 | 分值 | 得分 |
|---|---|---|
|  | 100 | 92 |
"""


def _tables(markdown: str) -> Tables:
    (case,) = parse(f"# X000 例\n\n## 触发：例\n\n{markdown}\n结果：某", "test.md")
    return tables_of(case).tables


def _scores(markdown: str, region: str = "000000", year: int = 2021) -> Scores:
    tables = _tables(markdown)
    return recompute(tables, Policies.resolve(tables, region=region, year=year))


def _row(text: str) -> str:
    """One indicator row as a table: 二级指标 三级指标 年度指标值 实际完成值 分值, parted by |."""
    return f"""
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 |
|---|---|---|---|---|---|
| {text} |
"""


def test_the_listed_scores_are_added_once() -> None:
    """83 of the indicators and 9.996 of execution: 92.996, the parts of the money not again."""
    form = _scores(SEED).forms.frame().iloc[0]
    assert (form.listed_e4, form.low_e4, form.high_e4) == (929960, 929960, 929960)
    assert (form.points_e4, form.grade, form.missing_scores) == (1000000, "优", 0)


def test_the_defensible_sum_is_apart() -> None:
    """Without actual values each indicator may have anything up to its points."""
    form = _scores(SEED).forms.frame().iloc[0]
    assert (form.due_low_e4, form.due_high_e4) == (99960, 999960)
    assert (form.due_grade_low, form.due_grade_high) == ("差", "优")


@pytest.mark.parametrize(
    ("row", "due", "low", "high"),
    [
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 | 50人 | 8", "met", 80000, 80000),
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 | 50 | 8", "met", 80000, 80000),
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 | 25人 | 8", "missed", 40000, 40000),
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 | 100人 | 8", "over", 40000, 80000),
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 |  | 8", "unknown", 0, 80000),
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 | 25人 |  ", "", None, None),
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 | 90% | 8", "open", 0, 80000),
        ("产出指标 | 数量指标 | 培训人数 | ≥50人 | 40余人 | 8", "open", 0, 80000),
        ("产出指标 | 数量指标 | 培训人数 | 50-60人 | 55人 | 8", "met", 80000, 80000),
        ("产出指标 | 数量指标 | 培训人数 | 50-60人 | 40人 | 8", "missed", 64000, 64000),
        ("产出指标 | 成本指标 | 单位成本 | ≤100元 | 100元 | 10", "met", 100000, 100000),
        ("产出指标 | 成本指标 | 单位成本 | ≤100元 | 125元 | 10", "missed", 75000, 80000),
        ("产出指标 | 成本指标 | 单位成本 | ≤100元 | 250元 | 10", "missed", 0, 40000),
        ("产出指标 | 质量指标 | 安全事故 | ≤0起 | 2起 | 10", "missed", 0, 0),
        ("产出指标 | 成本指标 | 项目总成本 | ≤90万元 | 90 | 8", "met", 80000, 80000),
        ("产出指标 | 成本指标 | 项目总成本 | ≤90万元 | 899740 | 8", "met", 80000, 80000),
        ("效益指标 | 经济效益指标 | 总收入 | ≥11.376万元 | 12 | 20", "met", 200000, 200000),
        ("满意度指标 | 满意度指标 | 满意度 | ≥95% | ≥95% | 10", "met", 100000, 100000),
        ("满意度指标 | 满意度指标 | 满意度 | ≥95% | ≥90% | 10", "open", 0, 100000),
        ("满意度指标 | 满意度指标 | 满意度 | ≥95% | 0.98 | 10", "open", 0, 100000),
        ("满意度指标 | 满意度指标 | 满意度 | ≥95% | 98 | 10", "met", 100000, 100000),
        ("产出指标 | 质量指标 | 成灾率 | ≤0.9% | 0.8‰ | 10", "met", 100000, 100000),
        ("效益指标 | 社会效益指标 | 知晓率 | ═100% | 98% | 10", "missed", 98000, 98000),
        ("效益指标 | 社会效益指标 | 影响力 | 提升 | 达成预期指标 | 10", "band1", 80000, 100000),
        ("效益指标 | 社会效益指标 | 影响力 | 有效 | 有效 | 10", "band1", 80000, 100000),
        (
            "效益指标 | 社会效益指标 | 影响力 | 提升 | 部分达成预期指标并具有一定效果 | 10",
            "band2", 60000, 80000,
        ),
        (
            "效益指标 | 社会效益指标 | 影响力 | 提升 | 未达成预期指标且效果较差 | 10",
            "band3", 0, 60000,
        ),
        ("效益指标 | 社会效益指标 | 影响力 | 提升 | 有所好转 | 10", "open", 0, 100000),
        ("效益指标 | 社会效益指标 | 影响力 | 良 | 优 | 10", "band1", 80000, 100000),
        ("效益指标 | 社会效益指标 | 影响力 | 优 | 良 | 10", "open", 0, 100000),
        ("效益指标 | 社会效益指标 | 发生事故 | 否 | 是 | 10", "band3", 0, 60000),
        ("效益指标 | 社会效益指标 | 发生事故 | 否 | 否 | 10", "band1", 80000, 100000),
        ("效益指标 | 社会效益指标 | 发生事故 | 零事故 | 否 | 10", "open", 0, 100000),
        ("产出指标 | 时效指标 | 完工时间 | 11月底前 | 10月 | 5", "met", 50000, 50000),
        ("产出指标 | 时效指标 | 完工时间 | 11月底前 | 12月 | 5", "late", 0, 50000),
        ("产出指标 | 数量指标 | 投诉办结件数 | 50件 | 40件 | 5", "open", 0, 50000),
        ("产出指标 | 质量指标 | 投诉件数 | 50件 | 40件 | 5", "met", 50000, 50000),
    ],
)  # fmt: skip
def test_each_indicator_has_its_range(
    row: str, due: str, low: int | None, high: int | None
) -> None:
    """Met: the points; missed: in proportion; a phrase: its band; untold: 0 to the points."""
    made = _scores(_row(row)).indicators.frame().iloc[0]
    assert made.due == due
    assert [None if pd.isna(v) else v for v in (made.low_e4, made.high_e4)] == [low, high]


@pytest.mark.parametrize(
    ("region", "row", "low", "high"),
    [
        ("420000", "产出指标 | 质量指标 | 能耗 | ≤100吨 | 125吨 | 10", 80000, 80000),
        ("pmkpi", "产出指标 | 质量指标 | 能耗 | ≤100吨 | 125吨 | 10", 75000, 75000),
        ("130000", "产出指标 | 质量指标 | 能耗 | ≤100吨 | 125吨 | 10", 0, 100000),
        ("capped", "产出指标 | 数量指标 | 人数 | ≥100人 | 130人 | 10", 80000, 100000),
        ("capped", "产出指标 | 数量指标 | 人数 | ≥100人 | 129人 | 10", 100000, 100000),
    ],
)
def test_formulas_are_those_of_the_policy(region: str, row: str, low: int, high: int) -> None:
    """An upper bound has one formula, the other, or both; over-fulfilment may cost points."""
    made = _scores(_row(row), region, 2022).indicators.frame().iloc[0]
    assert (made.low_e4, made.high_e4) == (low, high)


def _with(tables: Tables, **columns: list[str]) -> Tables:
    """The tables with other values in some columns of the indicators."""
    made = {name: texts(values) for name, values in columns.items()}
    return tables.having(indicators=tables.rows("indicators").assign(**made))


def test_rows_that_share_a_score_share_a_range() -> None:
    """One score for two rows is measured by the points of both, on the first of them."""
    tables = _tables("""
| 一级指标 | 三级指标 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|
| 产出指标 | 甲 |  | 4 | 10 |
| 产出指标 | 乙 |  | 6 |  |
""")
    tables = _with(tables, score_state=[State.NUMBER, State.SHARED])
    made = recompute(tables, Policies.resolve(tables))
    assert made.indicators.high_e4.tolist() == [100000, None]
    assert made.indicators.due.tolist() == ["shared", "shared"]
    assert made.forms.listed_e4.tolist() == [100000]


def test_a_missing_score_widens_the_total() -> None:
    """A blank score may be anything up to its points."""
    form = (
        _scores("""
| 一级指标 | 三级指标 | 分值 | 得分 |
|---|---|---|---|
| 产出指标 | 甲 | 60 | 55 |
| 效益指标 | 乙 | 40 |  |
""")
        .forms.frame()
        .iloc[0]
    )
    assert (form.low_e4, form.high_e4, form.missing_scores) == (550000, 950000, 1)
    assert (form.grade_low, form.grade_high) == ("差", "优")


def test_without_a_total_row_the_part_with_the_score_counts() -> None:
    """Where only 财政拨款 has points and score, they are those of budget execution."""
    funds = _scores("""
| 资金 | 分值 | 执行率 | 得分 |
|---|---|---|---|
| 年度资金总额 |  |  |  |
| 其中：财政拨款 | 10 | 79.27 | 7.93 |
| 其他资金 | 10 | 79.27 | 7.93 |
""").funds
    assert funds.is_execution.tolist() == [False, True, False]
    assert funds.due_e4.tolist() == [None, 79270, 79270]


def test_an_execution_indicator_counts_instead_of_the_money_row() -> None:
    """Where execution is an indicator of its own, the score of the money row is not added again."""
    tables = _tables("""
| 资金 | 分值 | 得分 |
|---|---|---|
| 年度资金总额 | 10 | 9 |

| 一级指标 | 三级指标 | 分值 | 得分 |
|---|---|---|---|
| 预算执行 | 预算执行率 | 10 | 9 |
| 产出指标 | 甲 | 90 | 80 |
""")
    tables = _with(tables, class1=["execution", "output"])
    assert recompute(tables, Policies.resolve(tables)).forms.listed_e4.tolist() == [890000]


def test_execution_scores_of_many_forms_agree_with_fractions() -> None:
    """Rate and score follow from the exact fraction, at most the points; a budget of 0: none."""
    random = np.random.default_rng(3)
    count = 20_000
    budget = random.integers(0, 10, count) * 10 ** random.integers(0, 12, count)
    executed = (budget * random.random(count) * 1.1).astype("int64")
    rows = {"forms": [], "funds": []}
    for i, (b, e) in enumerate(zip(budget.tolist(), executed.tolist(), strict=True)):
        rows["forms"].append(_row_of("forms", row_id=i, form_id=i))
        rows["funds"].append(
            _row_of("funds", row_id=i, form_id=i, budget_fen=b, executed_fen=e, points_e4=100000)
        )
    tables = Tables.build(rows)
    made = recompute(tables, Policies.resolve(tables)).funds
    for b, e, rate, due in zip(
        budget.tolist(), executed.tolist(), made.due_rate_e6, made.due_e4, strict=True
    ):
        if b == 0:
            assert rate is None and due is None
            continue
        wanted = (Fraction(e * 10_000, b) + Fraction(1, 2)) // 1 * 100
        assert rate == wanted
        assert due == min(wanted, 1_000_000) // 10


def _row_of(table: str, **values: int) -> tuple[object, ...]:
    """A row with these values; blank in all other columns."""
    blank = {"int64": 0, "Int64": None, "str": "", "bool": True}
    return tuple(values.get(name, blank[dtype]) for name, dtype in schema.SCHEMAS[table].items())


def test_the_order_of_forms_changes_nothing() -> None:
    """A form has the same scores alone and behind another."""
    other = _row("产出指标 | 数量指标 | 培训人数 | ≥50人 | 25人 | 8")
    alone = _scores(SEED)
    both = _scores(f"### 甲.xlsx\n{other}\n### 乙.xlsx\n{SEED}")
    for table in ("forms", "funds", "indicators"):
        mine = getattr(alone, table).frame()
        behind = getattr(both, table).frame().iloc[-len(mine) :].reset_index(drop=True)
        pd.testing.assert_frame_equal(behind, mine)


def test_no_form_gives_no_scores() -> None:
    """Empty tables are recomputed to empty rows."""
    tables = Tables.build({})
    made = recompute(tables, Policies.resolve(tables))
    assert [len(made.forms), len(made.funds), len(made.indicators)] == [0, 0, 0]
