"""Texts of cells: markup, labels, years, points in labels, and the words for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.extract.numerals import chinese_number
from perfeval.extract.text import (
    clean_text,
    clean_texts,
    find_year,
    is_none,
    is_placeholder,
    normalise_label,
    points_in_label,
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>一是开会。</p><p>二是办事。</p>", "一是开会。\n二是办事。"),
        ("一是&nbsp;开会&ldquo;好&rdquo;", "一是 开会“好”"),
        ("<span style='x'>好</span><br/>很好", "好\n很好"),
        ("A&amp;B", "A&B"),
        ("好<!-- 来自系统 -->事", "好事"),
    ],
)
def test_markup_is_taken_off(raw: str, clean: str) -> None:
    """HTML tags and entities go, paragraphs become lines, and the mark says so."""
    assert clean_text(raw) == (clean, ("markup",))


@pytest.mark.parametrize(
    "raw", ["<=90%", "a<b，c>d", ">=90%", "R&D", "《意见》", "<无>", "1 < 2 > 0"]
)
def test_signs_of_comparison_are_no_markup(raw: str) -> None:
    """An operator or a stray angle bracket is the writer's own."""
    assert clean_text(raw) == (raw, ())


def test_openings_of_comments_are_read_in_one_pass() -> None:
    """A text of a hundred thousand openings is no comment and costs no more than its length."""
    text = "<!--" * 100_000
    assert clean_text(text) == (text, ())


@given(st.text(max_size=60))
def test_text_without_markup_is_kept(raw: str) -> None:
    """Without angle brackets and ampersands only outer blanks and line ends change."""
    text = raw.replace("<", "").replace("&", "").replace("_x000D_", "")
    clean, marks = clean_text(text)
    assert marks == ()
    assert clean.split() == text.split()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("年度\n资金总额：", "年度资金总额"),
        ("全年执行数（B）", "全年执行数(B)"),
        ("执行率（B／A）", "执行率(B/A)"),
        (" 项 目 名 称 :", "项目名称"),
        ("产出指标【50分】", "产出指标(50分)"),
    ],
)
def test_labels_become_comparable(text: str, label: str) -> None:
    """Blanks, line breaks, widths, brackets and trailing colons do not tell labels apart."""
    assert normalise_label(text) == label


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    """A normalised label is its own normal form."""
    assert normalise_label(normalise_label(text)) == normalise_label(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("(2021 年度)", 2021),
        ("（2021年度）", 2021),
        ("２０２２年度项目支出绩效自评表", 2022),
        ("二〇二一年度", 2021),
        ("2023", 2023),
        ("2021年12月31日", 2021),
        ("2020-2022年度", 2022),
        ("（ 年度）", None),
        ("51000021R000000019951-工资性支出", None),
        ("202112", None),
        ("项目支出绩效自评表", None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    """The year before 年度 or 年, else a bare one; a code of many digits is none."""
    assert find_year(text) == year


@pytest.mark.parametrize(
    ("label", "points"),
    [
        ("产出指标（50分）", 500_000),
        ("产出指标(50)", 500_000),
        ("效益指标\n30分", 300_000),
        ("满意度指标（ 10 分）", 100_000),
        ("预算执行情况(10分)", 100_000),
        ("得分(20分*执行率)", 200_000),
        ("成本指标(0-20)分", None),
        ("产出指标(40-50)分", None),
        ("全年执行数(B)", None),
        ("项目支出绩效自评表(2021)", None),
        ("产出指标", None),
    ],
)
def test_points_in_label(label: str, points: int | None) -> None:
    """Points stand in a label in five spellings; a range is none."""
    assert points_in_label(label) == points


@pytest.mark.parametrize("text", ["—", "——", "/", "－", "-", "无", "无。", "不适用", "……", "N/A"])
def test_words_for_nothing(text: str) -> None:
    """Dashes, slashes and 无 say that there is nothing."""
    assert is_none(text)


@pytest.mark.parametrize("text", ["", " ", "0", "无偏差", "无纸化", "不"])
def test_blank_and_words_are_not_nothing(text: str) -> None:
    """A blank declares nothing, and a word that begins with 无 says something."""
    assert not is_none(text)


@pytest.mark.parametrize(
    "text",
    ["……", "…", "...", "指标2：", "指标 1", "XX", "××", "**", "目标1：\n目标2：\n……", "指标一："],
)
def test_placeholders(text: str) -> None:
    """What the template left in is told from what the unit wrote."""
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["", "指标1：发放人数", "0", "≥**人", "补助XX人", "数量指标"])
def test_filled_text_is_no_placeholder(text: str) -> None:
    """A row with words of its own is filled, even if signs of the template are left in it."""
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一百二十", (120, 0)),
        ("两", (2, 0)),
        ("十二", (12, 0)),
        ("二〇二一", (2021, 0)),
        ("三万零五十", (30_050, 0)),
        ("壹拾万", (100_000, 0)),
        ("一亿两千万", (120_000_000, 0)),
        ("九十九点五", (995, 1)),
        ("零", (0, 0)),
        ("半", (5, 1)),
        ("一百二", None),
        ("百十", None),
        ("十十", None),
        ("万", None),
        ("点五", None),
        ("", None),
    ],
)
def test_chinese_numerals(text: str, number: tuple[int, int] | None) -> None:
    """Only a whole and unambiguous numeral is read."""
    assert chinese_number(text) == number


def test_texts_of_a_column_are_cleaned_as_each_of_them() -> None:
    """One text with markup changes nothing for the others."""
    for raws in ([" 甲 ", ""], [" 甲 ", "<p>乙</p>", "a<b", "丙\r\n丁"], []):
        texts, marks = clean_texts(raws)
        assert list(zip(texts, marks, strict=True)) == [clean_text(raw) for raw in raws]
