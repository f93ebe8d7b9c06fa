"""index.html: a year's picture that is true, safe, and can be searched without a mouse."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from perfeval.findings import FileResult, Level
from perfeval.report.index import index_html, rate_labels, score_labels
from perfeval.report.overview import Overview
from perfeval.texts import Lang
from tests.report.browser import measured

# What a person does to the list, and what is seen after each step.
USE = """(async () => {
  const at = (id) => doc.getElementById(id);
  const tell = async (id, name) => { at(id).dispatchEvent(new Event(name)); await after(200); };
  const lines = () => [...at("forms").tBodies[0].rows];
  const seen = [[lines().length, at("found").textContent]];
  at("search").value = "项目 收件/0123"; await tell("search", "input");
  seen.push([lines().length, at("found").textContent]);
  at("level").value = "error"; await tell("level", "change");
  seen.push([lines().length, lines()[0].cells[1].firstChild.getAttribute("href")]);
  at("filters").reset(); await after(50);
  const rule = doc.querySelector("[data-rule]"), totals = doc.querySelector("[data-sort=totals]");
  rule.click();
  seen.push([at("found").textContent, rule.ariaPressed]);
  totals.firstElementChild.click();
  seen.push([totals.ariaSort, lines()[0].cells[3].textContent]);
  at("next").click();
  seen.push([at("page").textContent, at("previous").disabled]);
  at("search").value = "无此项目"; await tell("search", "input");
  seen.push([lines().length, lines()[0].textContent]);
  doc.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true}));
  seen.push(doc.activeElement.id);
  return seen;
})()"""

needs_chromium = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="chromium is not installed"
)


def _data(page: str) -> dict:
    found = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def _many(seed: FileResult, clean: FileResult, number: int) -> Iterator[FileResult]:
    """Every tenth is the seed's form, the others are without fault."""
    for i in range(number):
        base = clean if i % 10 else seed
        form = replace(base.forms[0], project=f"项目 {i:05d}", department=f"第{i % 30:02d}局")
        stem = f"收件/{i:05d}"
        outputs = {"annotated": f"{stem}_审核意见.xlsx", "variance": f"{stem}_差异报告.html"}
        yield replace(base, path=f"{stem}.xlsx", forms=(form,), outputs=outputs)


def test_counts_of_a_small_year(
    seed: FileResult, clean: FileResult, unreadable: FileResult
) -> None:
    """Three files, two forms: one to correct, one clean, one unreadable; one total differs."""
    overview = Overview.of([seed, clean, unreadable])
    assert overview.files == 3
    assert dict(overview.statuses) == {"error": 1, "clean": 1, "unreadable": 1}
    assert [(r.code, r.findings, r.forms) for r in overview.rules()][:2] == [
        ("G101", 1, 1),
        ("I102", 13, 1),
    ]
    assert [str(row.difference) for row in overview.rows] == ["0.996", "0", "None"]
    assert overview.years == {2021, 2022}


def test_distributions_have_a_name_a_bin(seed: FileResult, clean: FileResult) -> None:
    """92 and 98 fall into 90–95 and 98–100, 99.96% and 45.17% into 95–100% and under 50%."""
    overview = Overview.of([seed, clean])
    scores = dict(zip(score_labels(), overview.reported, strict=True))
    rates = dict(zip(rate_labels(), overview.rates, strict=True))
    assert {name for name, count in scores.items() if count} == {"90–95", "98–100"}
    assert {name for name, count in rates.items() if count} == {"95–100%", "<50%"}


def test_a_department_with_more_to_correct_comes_first(seed: FileResult, clean: FileResult) -> None:
    """Means are over the forms that have a figure."""
    first, second = Overview.of([clean, seed]).departments.counted()
    assert first.department == "上海市青浦区区域发展办公室"
    assert (str(first.reported), str(first.recomputed)) == ("92.00", "93.00")
    assert second.findings[Level.ERROR] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_has_a_row_a_form_with_links(
    seed: FileResult, unreadable: FileResult, lang: Lang
) -> None:
    """Each row carries its figures and where its returns lie."""
    data = _data(index_html([seed, unreadable], lang=lang))
    row, bad = data["rows"]
    assert row[0] == "error"
    assert row[5:8] == ["92", "92.996", "0.996"]
    ends = [data["suffixes"][i] for i in row[14]]
    assert [row[13] + end for end in ends] == list(seed.outputs.values())
    assert bad[14] == [-1, -1, -1]
    assert "Word" in bad[15]


def test_personal_data_is_masked_unless_asked_for(seed: FileResult) -> None:
    """A phone number in a unit's name does not stand in the overview."""
    form = replace(seed.forms[0], unit="综合科（联系人：张三 13812345678）")
    file = replace(seed, forms=(form,))
    assert "13812345678" not in index_html([file])
    assert "张三" not in index_html([file])
    assert "13812345678" in index_html([file], masked=False)


def test_hostile_names_stay_text(hostile: FileResult) -> None:
    """No text closes the data element, no address but relative ones, no foreign script."""
    page = index_html([hostile, hostile])
    assert page.count("<script") == 2
    assert _data(page)["rows"][0][1].startswith("=cmd|'/C calc'!A0<script>")
    assert not re.search(r"(src|href)=", page.partition("<script")[0])
    assert "script-src 'sha256-" in html.unescape(page)


def test_same_files_same_page(seed: FileResult, clean: FileResult) -> None:
    """Nothing of the day or the machine is in it."""
    assert index_html([seed, clean]) == index_html([seed, clean])


@pytest.mark.chromium
@needs_chromium
def test_search_filter_and_order(seed: FileResult, clean: FileResult, tmp_path: Path) -> None:
    """20,000 forms: pages of 50; search, level, rule and order work, a link is a relative path."""
    page = index_html(_many(seed, clean, 20_000))
    assert measured(page, USE, tmp_path, width=1280) == [
        [50, "符合条件 20000 张，共 20000 张"],
        [10, "符合条件 10 张，共 20000 张"],
        [1, "./%E6%94%B6%E4%BB%B6/01230_%E5%B7%AE%E5%BC%82%E6%8A%A5%E5%91%8A.html"],
        ["符合条件 2000 张，共 20000 张", "true"],
        ["descending", "92 → 92.996差异 +0.996"],
        ["第 2 / 40 页", False],
        [1, "没有符合条件的自评表"],
        "search",
    ]


@pytest.mark.chromium
@needs_chromium
def test_a_phone_shows_it_without_sideways_scrolling(
    seed: FileResult, clean: FileResult, hostile: FileResult, tmp_path: Path
) -> None:
    """At 390 px nothing is wider than the screen, and no hostile name ran."""
    page = index_html([seed, clean, hostile])
    script = "[doc.documentElement.scrollWidth, doc.querySelectorAll('#forms script').length]"
    assert measured(page, script, tmp_path) == [390, 0]


@pytest.mark.chromium
@needs_chromium
def test_every_control_is_reached_by_keyboard(seed: FileResult, tmp_path: Path) -> None:
    """All that acts is a native control or link, has a name, and no positive tabindex."""
    page = index_html([seed])
    script = """(() => {
      const acts = [...doc.querySelectorAll("button, select, input, a[href]")];
      const name = (e) => e.ariaLabel || e.textContent.trim() || e.closest("label")?.textContent;
      return [acts.length > 15, acts.filter((e) => !name(e)).length,
              doc.querySelectorAll("[tabindex]:not([tabindex='0'])").length];
    })()"""
    assert measured(page, script, tmp_path) == [True, 0, 0]
