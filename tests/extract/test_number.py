"""Points, money and rates: the number is the stored one, the step is the last digit shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.extract.number import Number, read_money, read_points, read_rate
from perfeval.model import Cell, State


def typed(text: str) -> Cell:
    return Cell(1, 1, text, text)


def stored(value: float, shown: str, number_format: str = "General", kind: str = "n") -> Cell:
    return Cell(1, 1, value, shown, number_format=number_format, kind=kind)


POINTS = [
    (stored(9.996, "9.996"), 99_960, 10, 3, ""),
    (stored(9.9960000000000004, "9.996"), 99_960, 10, 3, ""),
    (stored(0.1 + 0.2, "0.3"), 3_000, 1_000, 1, ""),
    (stored(9.9956, "10.00"), 99_956, 100, 2, ""),
    (stored(8, "8"), 80_000, 10_000, 0, ""),
    (stored(0.2, "20%"), 200_000, 10_000, 0, ""),
    (stored(9.996, "999.60%"), 99_960, 1, 2, ""),
    (stored(10, "1900/1/10", "yyyy/m/d", "d"), 100_000, 10_000, 0, "date-serial"),
    (stored(0, "-", '_ * #,##0_ ;_ * "-"_ '), 0, 10_000, 0, ""),
    (typed("9.996"), 99_960, 10, 3, "text-number"),
    (typed("９．９９"), 99_900, 100, 2, "text-number full-width"),
    (typed(" 8 "), 80_000, 10_000, 0, "text-number blanks"),
    (typed("10分"), 100_000, 10_000, 0, "text-number unit-inside"),
    (typed("22.5 分"), 225_000, 1_000, 1, "text-number blanks unit-inside"),
    (typed("20%"), 200_000, 10_000, 0, "text-number unit-inside"),
    (typed("八"), 80_000, 10_000, 0, "text-number chinese-numeral"),
    (typed("<p>8</p>"), 80_000, 10_000, 0, "markup text-number"),
    (typed("-5"), -50_000, 10_000, 0, "text-number"),
    (typed("\u22125"), -50_000, 10_000, 0, "text-number"),
]


@pytest.mark.parametrize(("cell", "scaled", "step", "decimals", "marks"), POINTS)
def test_points(cell: Cell, scaled: int, step: int, decimals: int, marks: str) -> None:
    """Points are whole e4, with the place and the count of the digits shown."""
    assert read_points(cell) == Number(State.NUMBER, scaled, step, decimals, tuple(marks.split()))


MONEY = [
    (stored(180000, "180,000.00", "#,##0.00"), "元", 18_000_000, 1, ""),
    (typed("180,000.00"), "元", 18_000_000, 1, "text-number separator"),
    (typed("９，０３４"), "元", 903_400, 100, "text-number full-width separator"),
    (typed("620.82万元"), "万元", 620_820_000, 10_000, "text-number unit-inside"),
    (typed("620.82万元"), "元", 620_820_000, 10_000, "text-number unit-inside"),
    (typed("10万"), "元", 10_000_000, 1_000_000, "text-number unit-inside"),
    (typed("5.8 万"), "", 5_800_000, 100_000, "text-number blanks unit-inside"),
    (typed("三万元"), "万元", 3_000_000, 100, "text-number chinese-numeral unit-inside"),
    (stored(11.376, "11.376"), "万元", 11_376_000, 1_000, ""),
    (stored(89.974, "89.97", "0.00"), "万元", 89_974_000, 10_000, ""),
    (stored(2.6, "2.6"), "亿元", 26_000_000_000, 1_000_000_000, ""),
    (stored(5.8, "5.8万元", '0.0"万元"'), "元", 5_800_000, 100_000, ""),
    (stored(58000, "5.8万", '0!.0,"万"'), "万元", 5_800_000, 100_000, ""),
]


@pytest.mark.parametrize(("cell", "unit", "scaled", "step", "marks"), MONEY)
def test_money(cell: Cell, unit: str, scaled: int, step: int, marks: str) -> None:
    """Money is whole 分; a unit that people see in the cell wins over the heading's."""
    found = read_money(cell, unit)
    read = (found.state, found.scaled, found.step, " ".join(found.marks))
    wanted = sorted(marks.split())
    assert (*read[:3], sorted(found.marks)) == (State.NUMBER, scaled, step, wanted)


RATES = [
    (stored(0.9996, "99.96%", "0.00%"), False, 999_600, 100, ""),
    (stored(0.99955555, "99.96%", "0.00%"), False, 999_556, 100, ""),
    (stored(0.9996, "0.9996"), False, 999_600, 100, ""),
    (stored(0.958, "0.958"), True, 958_000, 1_000, ""),
    (stored(99.96, "99.96"), False, 999_600, 100, "percent-lost"),
    (stored(79.27, "79.27"), True, 792_700, 100, ""),
    (stored(100, "100"), False, 1_000_000, 10_000, "percent-lost"),
    (stored(100, "100"), True, 1_000_000, 10_000, ""),
    (stored(1, "1"), False, 1_000_000, 10_000, ""),
    (stored(0, "0"), False, 0, 10_000, ""),
    (stored(1.0259, "102.59%", "0.00%"), False, 1_025_900, 100, ""),
    (typed("102.59%"), False, 1_025_900, 100, "text-number"),
    (typed("99.96％"), False, 999_600, 100, "text-number full-width"),
    (typed("0.9‰"), False, 900, 100, "text-number"),
    (typed("百分之九十五"), False, 950_000, 10_000, "text-number chinese-numeral"),
]


@pytest.mark.parametrize(("cell", "in_header", "scaled", "step", "marks"), RATES)
def test_rate(cell: Cell, in_header: bool, scaled: int, step: int, marks: str) -> None:
    """A rate is e6 whether it is written as percentage, fraction, or without its sign."""
    found = read_rate(cell, percent_header=in_header)
    assert (found.state, found.scaled, found.step) == (State.NUMBER, scaled, step)
    assert found.marks == tuple(marks.split())


@pytest.mark.parametrize("text", ["—", "——", "/", "-", "无", "……", "不适用", " — "])
def test_none_is_declared(text: str) -> None:
    """A dash, a slash or 无 says that there is no figure: it is neither zero nor blank."""
    assert read_points(typed(text)).state is State.NONE


@pytest.mark.parametrize(
    "text",
    [
        "约10",
        "8/10",
        "8\n9",
        "8 9",
        "1,80",
        "9.9.6",
        "≥10",
        "10 20分",
        "见附件",
        "9。996",
        "一百二",
    ],
)
def test_what_is_no_number_stays_text(text: str) -> None:
    """Nothing is guessed: two values, a condition or a misprint have no number."""
    assert read_points(typed(text)).state is State.TEXT
    assert read_points(typed(text)).scaled is None


def test_blank_and_formula() -> None:
    """A blank is BLANK; a formula without result and an error value are no number and say why."""
    assert read_points(None).state is State.BLANK
    assert read_points(typed("  \n ")).state is State.BLANK
    uncached = Cell(1, 1, None, "", formula="G1+G2")
    assert read_points(uncached).marks == ("formula", "no-cache")
    error = Cell(1, 1, "#DIV/0!", "#DIV/0!", formula="A1/A2", kind="e")
    assert read_points(error).marks == ("formula", "error")
    assert read_points(Cell(1, 1, True, "TRUE", kind="b")).state is State.TEXT


@given(st.decimals(-1000, 1000, places=4), st.booleans())
def test_points_are_exact(value: Decimal, as_text: bool) -> None:
    """Any points of up to four places come back exactly, from a text and from a binary float."""
    shown = f"{value:f}"
    cell = typed(shown) if as_text else stored(float(value), shown)
    assert read_points(cell).scaled == int(value * 10_000)


@given(st.decimals(0, 10**11, places=2))
def test_money_is_exact(value: Decimal) -> None:
    """Money up to a hundred billion 元 comes back to the 分, with and without separators."""
    for shown in (f"{value:f}", f"{value:,f}"):
        assert read_money(typed(shown), "元").scaled == int(value * 100)
    assert read_money(stored(float(value), f"{value:,f}"), "元").scaled == int(value * 100)


@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    """No text crashes a reader, and a number always fits int64."""
    for found in (
        read_points(typed(text)),
        read_money(typed(text), "万元"),
        read_rate(typed(text)),
    ):
        assert (found.scaled is not None) == (found.state is State.NUMBER)
        assert found.scaled is None or abs(found.scaled) < 2**63


@given(st.floats() | st.integers(), st.text(max_size=20))
def test_any_stored_number_is_answered(value: float, shown: str) -> None:
    """No stored number, however it is shown, crashes a reader."""
    for found in (read_points(stored(value, shown)), read_money(stored(value, shown), "亿元")):
        assert found.scaled is None or abs(found.scaled) <= 2**63
