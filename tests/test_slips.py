"""The slip finder names what explains a difference exactly, and nothing else."""

from __future__ import annotations

import pytest

from perfeval.exact import Operand
from perfeval.slips import explain

# the seed form: execution 9.996 of 10, thirteen indicators
POINTS = (8, 6, 6, 6, 6, 6, 6, 6, 8, 8, 7, 7, 10)
SCORES = (8, 5, 6, 5, 6, 6, 5, 5, 8, 7, 7, 7, 8)
SEED = [
    Operand(0, "score", "年度资金总额", 99960, 100000, "execution"),
    *(
        Operand(row, "score", f"指标{row}", score * 10000, points * 10000, "indicator")
        for row, (points, score) in enumerate(zip(POINTS, SCORES, strict=True), 1)
    ),
]


def _causes(found: int, operands: list[Operand] = SEED, scale: int = 4) -> list[str]:
    return [cause.cause for cause in explain(found, operands, scale=scale)]


def test_the_seed_has_two_explanations() -> None:
    """92 for 92.996: cut off to whole points, or 83 and the execution score cut off to 9."""
    zh = explain(920000, SEED, scale=4)
    assert [cause.cause for cause in zh] == ["truncated", "execution-truncated"]
    assert "92.996" in zh[0].text
    assert "83" in zh[1].text and "9.996" in zh[1].text
    en = explain(920000, SEED, scale=4, lang="en")
    assert [cause.cause for cause in en] == ["truncated", "execution-truncated"]
    assert "cut off to whole points" in en[0].text


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (930000, "rounded"),
        (929000, "truncated"),
        (920000, "truncated"),
        (830000, "execution-left-out"),
        (929960 - 80000, "left-out"),
        (929960 + 70000, "counted-twice"),
        (929960 + 20000, "points-instead"),
        (299960, "digits-swapped"),
        (992960, "digits-swapped"),
        (9299600, "factor-of-ten"),
        (929960 - 50000 + 500000, "item-factor-of-ten"),
        (929970, "none"),
    ],
)
def test_each_slip_is_found(found: int, first: str) -> None:
    """The likeliest cause of a planted slip comes first."""
    assert _causes(found)[0] == first


def test_rows_of_the_same_figures_are_named_together() -> None:
    """Where any of several rows fits, one cause names them."""
    (cause,) = [c for c in explain(929960 - 60000, SEED, scale=4) if c.cause == "left-out"]
    assert "指标3" in cause.text and "指标5" in cause.text and "3 项之一" in cause.text


def test_a_swapped_item_is_found() -> None:
    """12 entered as 21 makes a difference of 9."""
    rows = [Operand(1, "score", "甲", 120000, 200000), Operand(2, "score", "乙", 400000, 500000)]
    assert _causes(610000, rows) == ["item-digits-swapped"]


def test_money_is_written_in_the_unit_of_the_form() -> None:
    """A part left out of a total of money is named with its amount in the form's unit."""
    rows = [
        Operand(1, "budget", "财政拨款", 300_000_00, None, "fund"),
        Operand(2, "budget", "其他资金", 50_000_00, None, "fund"),
    ]
    (cause,) = explain(300_000_00, rows, scale=2, money_unit="万元")
    assert cause.cause == "left-out" and "5.00万元" in cause.text


def test_a_unit_mistaken_is_a_factor_of_ten_thousand() -> None:
    """A total in 元 over parts in 万元 is off by four places."""
    rows = [Operand(1, "budget", "财政拨款", 30_00, None, "fund")]
    assert "factor-of-ten" in _causes(300_000_00, rows, scale=2)


def test_nothing_is_said_where_nothing_differs() -> None:
    """The sum itself needs no explanation."""
    assert explain(929960, SEED, scale=4) == ()


def test_every_cause_explains_exactly() -> None:
    """A row is named only where it makes just this difference."""
    values = {operand.value for operand in SEED}
    for found in range(800000, 999900, 100):
        for cause in explain(found, SEED, scale=4):
            if cause.cause == "left-out":
                assert 929960 - found in values
            if cause.cause == "counted-twice":
                assert found - 929960 in values
            if cause.cause == "truncated":
                assert found < 929960 and 929960 - found < 10000
