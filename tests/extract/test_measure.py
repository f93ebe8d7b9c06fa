"""The grammar of targets and actual values: every class that was counted in published forms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.extract.measure import Measure, parse_measure
from perfeval.texts import decimal_text


def say(measure: Measure) -> str:
    """A measure as one line: kind op value..high unit."""
    numbers = [
        decimal_text(value, 6) for value in (measure.value_e6, measure.high_e6) if value is not None
    ]
    return " ".join(filter(None, (measure.kind, measure.op, "..".join(numbers), measure.unit)))


CLASSES = """
    300公里        | number 300000 米
    2200篇         | number 2200 篇
    1.2万亩        | number 12000 亩
    2.6亿元        | money 260000000 元
    0起            | number 0 起
    100.00%        | rate 100 %
    ９５％         | rate 95 %
    ≥95%           | rate >= 95 %
    ≥ 95 %         | rate >= 95 %
    ≥11.376万元    | money >= 113760 元
    ≥3             | number >= 3
    43.2           | number 43.2
    1,234.5万元    | money 12345000 元
    =100%          | rate = 100 %
    ＝100%         | rate = 100 %
    ═100%          | rate = 100 %
    =8个           | number = 8 个
    >=4754人       | number >= 4754 人
    <=0%           | rate <= 0 %
    ≧735           | number >= 735
    大于等于1次    | number >= 1 次
    不低于95%      | rate >= 95 %
    不少于12种     | number >= 12 种
    小于0.9‰       | rate < 0.9 ‰
    不超过30万元   | money <= 300000 元
    控制在30万元以内 | money <= 300000 元
    95%以上        | rate >= 95 %
    ≥95%（含）     | rate >= 95 %
    达到95%        | rate 95 %
    完成率100%     | rate 100 %
    ≥100百分比     | rate >= 100 %
    98%(百分比)    | rate 98 %
    百分之九十五   | rate 95 %
    100%覆盖       | rate 100 %
    200余人        | number 200 人
    约30           | number 30
    一百二十人     | number 120 人
    两次           | number 2 次
    30个村         | number 30 个
    200名教师      | number 200 名
    1.5万人次      | number 15000 人次
    25头           | number 25 头
    -5%            | rate -5 %
    1-3天          | duration range 1..3 天
    3～5个         | number range 3..5 个
    90%-95%        | rate range 90..95 %
    90-95%         | rate range 90..95 %
    3至5次         | number range 3..5 次
    ±5%            | rate range -5..5 %
    100±5个        | number range 95..105 个
    100万元±5%     | money range 950000..1050000 元
    400元/人、天   | money 400 元/人·天
    583元/人*月    | money 583 元/人·月
    >=570元/人·月  | money >= 570 元/人·月
    5000元/人/月   | money 5000 元/人·月
    5830元/户      | money 5830 元/户
    每亩300        | number 300 /亩
    每人每月500元  | money 500 元/人·月
    人均1000元     | money 1000 元/人
    每季度1次      | number 1 次/季度
    每周不少于2次  | number >= 2 次/周
    ≥1次/月        | number >= 1 次/月
    合格率100%     | rate 100 %
    验收合格率≥98% | rate >= 98 %
    及时率达到100% | rate 100 %
    超200人        | number 200 人
    3000+          | number 3000
    3台（套）      | number 3 台(套)
    5个工作日内    | duration <= 5 工作日
    1个月          | duration 1 月
    1年            | duration 12 月
    半年           | duration 6 月
    ≥360天         | duration >= 360 天
    3天内          | duration <= 3 天
    3个工作日      | duration 3 工作日
    24小时         | duration 1440 分钟
    2021年12月31日 | date 20211231 年月日
    2021-12-31     | date 20211231 年月日
    2021/12/31     | date 20211231 年月日
    2021-12-31 00:00:00 | date 20211231 年月日
    2021年12月31日前完成 | date <= 20211231 年月日
    11月底前       | date <= 1130 月日
    2022年底之前   | date <= 20221231 年月日
    9月前          | date <= 930 月日
    2021年底       | date 20211201..20211231 年月日
    2018年10月底   | date 20181001..20181031 年月日
    10月           | date 1001..1031 月日
    十二月底前     | date <= 1231 月日
    年底前         | date <= 1231 月日
    第四季度       | date 1001..1231 月日
    2021年1-12月   | date range 20210101..20211231 年月日
    2021.1.1-2021.12.31 | date range 20210101..20211231 年月日
    2021年2月30日  | words
    优             | grade 1 优良中低差
    差             | grade 5 优良中低差
    优良中低差     | grade 优良中低差
    高             | grade 1 高中低
    好坏           | grade 好坏
    良好           | grade
    是             | grade 1 是否
    否             | grade 2 是否
    已完成         | grade 1 完成
    基本达到       | grade 2 完成
    达成预期指标   | grade 1 达成
    部分达成预期指标并具有一定效果 | grade 2 达成
    未达成预期指标且效果较差 | grade 3 达成
    及时           | words
    效果明显       | words
    不超过预算     | words
    一般           | grade
    一次性         | words
    一致           | words
    万无一失       | words
    全天候         | words
    2021年工作任务 | words
    100%、95%      | words
    50个,3次       | words
    ①95%②90%       | words
    3-1天          | words
    3.5.6          | words
    3个/5个        | words
    12.31前        | words
    每月15日前     | words
    三类           | words
    10²            | words
    7×24小时       | words
    合格率100%，及时率95% | words
    —              | none
    /              | none
    ……             | none
    无             | none
    XX             | none
"""


@pytest.mark.parametrize("line", CLASSES.strip().splitlines())
def test_every_class_of_notation(line: str) -> None:
    """Each notation has one reading: kind, operator, value in the base unit, upper end, unit."""
    text, _, wanted = line.partition("|")
    assert say(parse_measure(text.strip())) == wanted.strip()


COLUMNS = [
    ("100", "=", "%", "rate = 100 %"),
    ("5", "≤", "万元", "money <= 50000 元"),
    ("5万", "≤", "万元", "money <= 50000 元"),
    ("12", "≤", "月", "duration <= 12 月"),
    ("2021", "", "年", "date 20210101..20211231 年月日"),
    ("735", "≧", "人次", "number >= 735 人次"),
    ("≤95%", "≥", "个", "rate <= 95 %"),
    ("优良中低差", "定性", "", "grade 优良中低差"),
    ("1", "大于等于", "次", "number >= 1 次"),
    ("2021年12月", "≤", "", "date <= 20211231 年月日"),
    ("100", "正向指标", "批", "number 100 批"),
]


@pytest.mark.parametrize(("text", "op", "unit", "wanted"), COLUMNS)
def test_operator_and_unit_columns(text: str, op: str, unit: str, wanted: str) -> None:
    """指标性质 and 度量单位 complete the value; what stands in the value itself wins."""
    assert say(parse_measure(text, op=op, unit=unit)) == wanted


def test_blank_is_not_none() -> None:
    """An empty cell is blank, whatever its unit column says."""
    assert parse_measure("", unit="个").kind == "blank"
    assert parse_measure(" \n", op="≥").kind == "blank"


def test_beyond_int64_stays_words() -> None:
    """A number that the table cannot hold is not cut or wrapped: it stays text."""
    assert parse_measure("99999999999999999999") == Measure("words")


@given(
    st.sampled_from(["≥", ">=", "＞＝", "不低于", "大于等于", "≧"]),
    st.decimals(0, 10_000, places=3),
    st.sampled_from(
        [("个", 1, "个"), ("万亩", 10_000, "亩"), ("%", 1, "%"), ("亿元", 10**8, "元")]
    ),
    st.sampled_from(["", " "]),
)
def test_values_are_exact(op: str, value: Decimal, unit: tuple[str, int, str], blank: str) -> None:
    """Operator, value and unit in any spelling give the exact value in the base unit."""
    word, scale, base = unit
    found = parse_measure(f"{op}{blank}{value:f}{blank}{word}")
    assert (found.op, found.value_e6, found.unit) == (">=", int(value * scale * 10**6), base)


@given(st.text(max_size=60), st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_answered(text: str, op: str, unit: str) -> None:
    """No text crashes the grammar; values fit int64 and ranges stand in order."""
    found = parse_measure(text, op=op, unit=unit)
    for value in (found.value_e6, found.high_e6):
        assert value is None or abs(value) <= 2**63
    if found.high_e6 is not None:
        assert found.value_e6 is not None
        assert found.value_e6 <= found.high_e6


@given(
    st.text(alphabet="0123456789.,-~±≥<=>年月日底前至%万亿元个人/每约余一二十百两半", max_size=14)
)
def test_any_mixture_of_notations_is_answered(text: str) -> None:
    """Words of the grammar in any order give a measure or words, never an error."""
    found = parse_measure(text)
    assert found.high_e6 is None or (found.value_e6 or 0) <= found.high_e6
