"""Numbers as a sheet shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.ooxml.number_format import BUILTIN, is_date_format, shown, shown_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9.9959999999999996, "9.996"),
        (0.1 + 0.2, "0.3"),
        (180000, "180000"),
        (99999999999, "99999999999"),
        (100000000000, "1E+11"),
        (123456789012.5, "1.23457E+11"),
        (1234.56789012345, "1234.56789"),
        (1 / 3, "0.333333333"),
        (-1 / 3, "-0.333333333"),
        (0.0001, "0.0001"),
        (0.00001234, "1.234E-05"),
        (0, "0"),
    ],
)
def test_general_shows_at_most_eleven_characters(value: float, text: str) -> None:
    """General is the shortest decimal, cut to what Excel shows, E notation beyond."""
    assert shown(value) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0.00", 92.996, "93.00"),
        ("0.00", 1.005, "1.01"),  # the decimal that is meant, not the double just below it
        ("0.00%", 0.999555, "99.96%"),
        ("0", 2.5, "3"),
        ("#,##0", -1234567.5, "-1,234,568"),
        ("#,##0.00", 179920, "179,920.00"),
        ("#,##0.00", 0, "0.00"),
        ("0.00", -0.001, "0.00"),
        ('0.00"万元"', 12.345, "12.35万元"),
        ('"¥"#,##0.00', -5, "-¥5.00"),
        ("[$¥-804]#,##0.00", 5, "¥5.00"),
        ('0!.0,"万元"', 123456, "12.3万元"),
        ("#,##0.00,", 1234567, "1,234.57"),
        ("000-0000", 5551234, "555-1234"),
        ("#.##", 0.5, ".5"),
        ("0.0??", 1.5, "1.5"),
        ("0.00E+00", 12345, "1.23E+04"),
        ("##0.0E+0", 12345, "12.3E+3"),
        ("# ?/?", 1.5, "1 1/2"),
        ("# ??/??", 3.14159, "3 14/99"),
        ("?/8", 0.25, "2/8"),
        (BUILTIN[43], 1234.5, "1,234.50"),
        (BUILTIN[43], -1234.5, "-1,234.50"),
        (BUILTIN[43], 0, "-"),
        ("0.0_);(0.0)", -3.25, "(3.3)"),
        ("[红色][<0]0.00;0.0", -1, "1.00"),
        ("[Red]-0.00;0.0", 2, "-2.00"),
        ("[>100]0.0;[<=100]0.00", -99.5, "-99.50"),
        ('[=1]"是";[=0]"否";0', 0, "否"),
        (";;;", 5, ""),
        ("0;-0;;@", 0, ""),
        ("@", 12.5, "12.5"),
        ('General"分"', 8.5, "8.5分"),
        ('G/通用格式"元"', 12.5, "12.5元"),
        ("[DBNum1][$-804]General", 10203, "一万〇二百〇三"),
        ("[DBNum2][$-804]General", 12345, "壹万贰仟叁佰肆拾伍"),
        ("[DBNum1]0", 2021, "二〇二一"),
        ("[DBNum2][$-804]General", -5, "-伍"),
    ],
)
def test_number_formats(code: str, value: float, text: str) -> None:
    """Digits, groups, percent, scaling, literals, sections, conditions, Chinese numerals."""
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ('yyyy"年"m"月"', 44561, "2021年12月"),
        ("yyyy/m/d;@", 44561, "2021/12/31"),
        ("yyyy-mm-dd hh:mm:ss", 44561.75, "2021-12-31 18:00:00"),
        ("mm:ss.0", 0.00123, "01:46.3"),
        ("[h]:mm", 1.5, "36:00"),
        ("h:mm AM/PM", 0.6, "2:24 PM"),
        ('上午/下午h"时"mm"分"', 0.6, "下午2时24分"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', 44561, "二〇二一年十二月三十一日"),
        ("[$-F800]dddd, mmmm dd, yyyy", 44561, "2021年12月31日"),
        ("aaaa", 44561, "星期五"),
        ("[$-804]dddd", 44561, "星期五"),
        ("d-mmm-yy", 44561, "31-Dec-21"),
        ("yyyy/m/d", 60, "1900/2/29"),
        ("yyyy/m/d", 1, "1900/1/1"),
        ("yyyy/m/d", -5, "-5"),
        ("yyyy/m/d", 99999999, "99999999"),
        ("yyyy/m/d h:mm", 44560.999999, "2021/12/31 0:00"),
    ],
)
def test_date_formats(code: str, value: float, text: str) -> None:
    """Dates and times, the false 29 February 1900 too; what is no date stays a number."""
    assert is_date_format(code)
    assert shown(value, code) == text


@pytest.mark.parametrize("code", ["General", "0.00", "[Red]0.00", '"日"0', "[DBNum1]General", "@"])
def test_number_formats_are_no_dates(code: str) -> None:
    """Letters in quotes and brackets make no date."""
    assert not is_date_format(code)


def test_text_sections_write_around_the_text() -> None:
    """A format speaks of texts in its fourth section, or where it has an @."""
    assert shown_text("优", '@"级"') == "优级"
    assert shown_text("优", '0;0;0;"隐藏"') == "隐藏"
    assert shown_text("优", "0.00;-0.00") == "优"


@given(st.text(max_size=40), st.floats(allow_nan=False, allow_infinity=False))
def test_no_format_code_fails(code: str, value: float) -> None:
    """Any text may stand as a format code."""
    shown(value, code)
    shown_text("x", code)


@given(
    st.lists(
        st.sampled_from(
            [*'0#?.,%;@/:-_*!\\ymdhsae"', "[h]", "[<5]", "[DBNum1]", "E+", "AM/PM", "General"]
        ),
        max_size=12,
    ).map("".join),
    st.one_of(st.floats(-1e15, 1e15), st.integers(-10, 10)),
)
def test_no_mix_of_format_pieces_fails(code: str, value: float) -> None:
    """Pieces of real codes in any order render to something."""
    shown(value, code)
