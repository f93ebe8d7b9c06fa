"""The variance report says what was found, is safe, and fits its paper and a phone."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import structs

from perfeval.errors import UsageError
from perfeval.findings import FileResult, Fix, Level, Safety
from perfeval.report.review import grouped, parts, review
from perfeval.report.variance import variance_html, variance_markdown
from perfeval.texts import Lang
from tests.report.browser import measured, printed
from tests.report.conftest import finding


def _text(page: str) -> str:
    """What is read on the page."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)))


def test_verdict_and_totals_come_first(seed: FileResult) -> None:
    """Verdict, reported and recomputed total stand before every table."""
    page = variance_html(seed)
    order = [page.index(word) for word in ("应予更正", ">92<", ">92.996<", "一、总分")]
    assert order == sorted(order)
    assert "✕ 强制 21 项，须更正" in _text(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_is_told_once_with_its_cell(seed: FileResult, lang: Lang) -> None:
    """Each finding has one place of its own; every mark leads to it."""
    page = variance_html(seed, lang=lang)
    own = re.findall(r'id="f(\d+)"', page)
    assert sorted(map(int, own)) == list(range(1, 24))
    assert set(re.findall(r'href="#f(\d+)"', page)) <= set(own)
    for told in seed.forms[0].findings:
        assert told.message in _text(page)
        assert told.cell is not None
        assert told.cell in page


@pytest.mark.parametrize("name", ["seed", "clean", "unreadable", "hostile"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_is_whole_and_alone(name: str, lang: Lang, request: pytest.FixtureRequest) -> None:
    """One file: no script, no address of anything outside, and the same bytes each time."""
    file = request.getfixturevalue(name)
    page = variance_html(file, lang=lang)
    tags = set(re.findall(r"<([a-z]+)", page.partition("<body>")[2]))
    assert not tags & {"script", "img", "iframe", "object", "link", "form", "b'"}
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "url(" not in page
    assert page == variance_html(file, lang=lang)
    page.encode("utf-8")


def test_hostile_texts_are_only_text(hostile: FileResult) -> None:
    """Markup in a form is shown, never obeyed, in attributes too."""
    page = variance_html(hostile)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert not re.search(r'="[^"]*<', page)


def test_unreadable_file_says_why(unreadable: FileResult) -> None:
    """A file without a form has its cause and its finding, and no empty tables."""
    page = _text(variance_html(unreadable))
    assert "文件无法读取，未作审核" in page
    assert "这是一个 Word 文件" in page
    assert "项目资金" not in page


def test_several_forms_have_a_section_each(seed: FileResult, clean: FileResult) -> None:
    """Numbers of findings go on through the file; each form has its own signatures."""
    page = variance_html(replace(seed, forms=(seed.forms[0], clean.forms[0], seed.forms[0])))
    assert page.count('<section class="form">') == 3
    assert "本文件共 3 张自评表，此为第 2 张" in page
    assert page.count("审核人（签字）") == 3
    assert 'id="f46"' in page


def test_money_is_shown_in_the_unit_of_the_form(clean: FileResult) -> None:
    """9,034 元 is 0.9034 where the form counts in 万元."""
    page = _text(variance_html(clean))
    assert "0.9034" in page
    assert "金额单位：万元" in page


def test_long_goals_are_clipped_and_say_so(seed: FileResult) -> None:
    """The report stays readable; it tells how long the text is."""
    assert "（共 528 字，全文见原表）" in variance_html(seed)


def test_what_follows_stands_below_its_root(seed: FileResult) -> None:
    """A finding that follows from another is told within it, although it weighs more."""
    total, goal, *_, moved, _ = seed.forms[0].findings
    follower = replace(goal, id="child", root=moved.id)
    entries = grouped([follower, moved, total])
    assert [e.first.code for e in entries] == ["S101", "R005"]
    assert [f.first.id for f in entries[1].followers] == ["child"]
    assert entries[1].followers[0].items[0].number == 3


def test_roots_in_a_circle_lose_nothing(seed: FileResult) -> None:
    """Findings that name each other as root are all told."""
    total, goal, *_ = seed.forms[0].findings
    circle = [replace(total, root=goal.id), replace(goal, root=total.id)]
    assert [e.first.code for e in grouped(circle)] == ["S101", "G101"]


def test_parts_add_up_by_first_level(seed: FileResult) -> None:
    """Budget execution 9.996, then 46 of 50, 29 of 30 and 8 of 10."""
    shown = [(p.label, p.points, p.reported) for p in parts(seed.forms[0])]
    assert shown == [
        (None, "10", "9.996"),
        ("绩效指标", "50", "46"),
        ("效益指标", "30", "29"),
        ("满意度指标", "10", "8"),
    ]


def test_difference_is_the_way_to_the_range(seed: FileResult) -> None:
    """A score inside its range shows none, one above its high end shows by how much."""
    form = seed.forms[0]
    lines = (structs.replace(form.indicators[0], high="7.5"), form.indicators[1])
    shown = review(replace(form, indicators=lines))
    assert [str(shown.difference_of(line)) for line in lines] == ["0.5", "0"]


def test_a_sum_of_scores_that_cannot_stand_is_no_agreement(clean: FileResult) -> None:
    """Both totals are 98, but no more than 96 can be defended: that is said."""
    form = clean.forms[0]
    high = replace(form, total=replace(form.total, due_low="90", due_high="96"))
    assert review(high).total_level == "outside"
    assert "合计相符，超出合理区间 +2" in variance_html(replace(clean, forms=(high,)))


def test_a_corrected_score_moves_the_total(clean: FileResult) -> None:
    """8 of 10 for 45.17% executed is 4.517: what the total becomes is shown, not only its sum."""
    form = clean.forms[0]
    score = finding(
        "F103", Level.ERROR, "H8", field="funds.score", found="8", expected="4.517",
        sheet="Sheet1", fix=Fix(Safety.SAFE, "H8", "8", "4.517"),
    )  # fmt: skip
    shown = review(replace(form, findings=(score,)))
    assert (str(shown.corrected), str(shown.difference)) == ("94.517", "-3.483")
    assert shown.total_level == "error"
    page = variance_html(replace(clean, forms=(shown.form,)))
    assert "更正后总分" in page
    assert "−3.483" in page


def test_an_accepted_rounding_is_no_fault(clean: FileResult) -> None:
    """A total that differs, and in which no rule found a fault, is not painted as one."""
    form = clean.forms[0]
    rounded = replace(form, total=replace(form.total, recomputed="97.996"))
    assert review(rounded).total_level == "rounding"
    page = variance_html(replace(clean, forms=(rounded,)))
    assert "−0.004，属允许的取舍" in page


def test_verdict_is_the_heaviest_level(seed: FileResult) -> None:
    """A form with only a warning and a note asks for an explanation."""
    form = seed.forms[0]
    light = tuple(f for f in form.findings if f.level is not Level.ERROR)
    page = variance_html(replace(seed, forms=(replace(form, findings=light),)))
    assert "须核实说明" in page
    assert "应予更正" not in page


def test_markdown_has_the_same_findings(seed: FileResult) -> None:
    """Every finding, the totals and the lines are in the Markdown variant."""
    text = variance_markdown(seed)
    assert "| 92 | 92.996 | +0.996 | 9.996–99.996 |" in text
    assert sum(line.startswith(f"{i}. ") for line in text.splitlines() for i in range(1, 24)) == 23


def test_markdown_escapes_what_a_form_says(hostile: FileResult) -> None:
    """No markup, link or table border comes out of a text."""
    text = variance_markdown(hostile)
    assert "<script" not in text
    assert "cmd\\|" in text


def test_markdown_is_read_as_it_was_meant(hostile: FileResult, seed: FileResult) -> None:
    """A reader of Markdown sees the texts in their cells, and no markup or link comes of one."""
    nasty = "甲|乙\n# 丙 <b>x</b> [d](http://e) `f` **g** &amp; 1. h"
    form = seed.forms[0]
    lines = tuple(structs.replace(line, level3=nasty, target=nasty) for line in form.indicators)
    odd = replace(seed, forms=(replace(form, project=nasty, indicators=lines),))
    for file in (seed, odd, hostile):
        kinds = {token.type for token in _tokens(variance_markdown(file))}
        assert not {"html_block", "html_inline", "link_open", "image", "code_block"} & kinds
    said = ["".join(c.content for c in t.children or ()) for t in _tokens(variance_markdown(odd))]
    assert said.count(nasty.replace("\n", " ")) == 1 + 2 * len(lines)


def _tokens(text: str) -> list[Token]:
    blocks = MarkdownIt("commonmark").enable("table").parse(text)
    return [token for block in blocks for token in (block, *(block.children or ()))]


def test_an_office_overrides_a_template(tmp_path: Path, seed: FileResult) -> None:
    """A template of the same name in the office's folder wins; the others stay ours."""
    (tmp_path / "variance.html.j2").write_text("{{ file.path }}：{{ reviews | length }}", "utf-8")
    assert variance_html(seed, templates=str(tmp_path)) == "青浦/区域办 2021.xlsx：1"
    assert variance_markdown(seed, templates=str(tmp_path)).startswith("# 绩效自评")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a\n{% if %}", 2),
        ("a\nb\n{{ nothing_of_that_name }}", 3),
        ("{{ 1 // 0 }}", 1),
        ("x\n{% include 'gone.j2' %}", 2),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    tmp_path: Path, seed: FileResult, body: str, line: int
) -> None:
    """Wrong syntax, an unknown name, a fault while filling: file and line are told."""
    (tmp_path / "variance.html.j2").write_text(body, "utf-8")
    with pytest.raises(UsageError, match=f"variance.html.j2 第 {line} 行"):
        variance_html(seed, templates=str(tmp_path))


def test_a_missing_template_folder_is_wrong_usage(tmp_path: Path, seed: FileResult) -> None:
    """The folder that perfeval.toml names must be there."""
    with pytest.raises(UsageError, match="模板目录不存在"):
        variance_html(seed, templates=str(tmp_path / "none"))


@pytest.mark.chromium
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
@pytest.mark.parametrize("name", ["seed", "hostile"])
def test_no_sideways_scrolling_on_a_phone(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """At 390 px nothing is wider than the screen."""
    page = variance_html(request.getfixturevalue(name))
    assert measured(page, "doc.documentElement.scrollWidth", tmp_path) == 390


@pytest.mark.chromium
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_paper_is_a4_with_page_numbers(seed: FileResult, tmp_path: Path) -> None:
    """Printed, the seed's report is a few A4 pages, each told from the others by its number."""
    data = printed(variance_html(seed), tmp_path)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert 2 <= len(boxes) <= 5
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}


@pytest.mark.parametrize("folder", ["/home/wang/2021", "D:\\\\审核\\\\王某\\\\2021", "2021"])
def test_a_report_tells_nothing_of_the_reviewers_machine(seed: FileResult, folder: str) -> None:
    """Of a whole path the last folder and the name are shown; a relative one stays as it is."""
    page = variance_html(replace(seed, path=f"{folder}/表.xlsx"))
    assert "2021/表.xlsx" in page
    assert "王" not in page.partition("表.xlsx")[0][-40:]
    assert "wang" not in page
