"""The pages in a person's hands: by keyboard alone, on a phone, with 20,000 rows, read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from perfeval.findings import FileResult
from perfeval.report.index import index_html
from perfeval.report.variance import variance_html
from perfeval.texts import Lang
from tests.report.browser import browsing, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.chromium

FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    name: at.id || at.dataset.rule && "rule" || at.closest("[data-sort]")?.dataset.sort
      || at.getAttribute("href") || at.textContent.trim() || at.tagName,
    seen: at.matches(":focus-visible") && style.outlineStyle !== "none"
      && parseFloat(style.outlineWidth) >= 2,
    inside: box.top >= 0 && box.bottom <= innerHeight + 1,
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page; behind the test its window is closed, and no script of it may have failed."""
    shown: list[Page] = []
    faults: list[str] = []

    def opener(page: str, **more: object) -> Page:
        shown.append(opened(browser, page, tmp_path, **more))
        shown[-1].on("pageerror", lambda error: faults.append(str(error)))
        return shown[-1]

    yield opener
    for page in shown:
        page.context.close()
    assert faults == []


def many(seed: FileResult, clean: FileResult, number: int) -> Iterator[FileResult]:
    """Every tenth is the seed's form, the others are without fault."""
    for i in range(number):
        base = clean if i % 10 else seed
        form = replace(base.forms[0], project=f"项目 {i:05d}", department=f"第{i % 30:02d}局")
        stem = f"收件/{i:05d}"
        yield replace(base, path=f"{stem}.xlsx", forms=(form,), outputs={
            "annotated": f"{stem}_审核意见.xlsx", "variance": f"{stem}_差异报告.html",
        })  # fmt: skip


def tabbed(page: Page, steps: int) -> list[dict[str, object]]:
    """Where the focus goes with each press of Tab."""
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUSED))
    return found


def test_the_list_is_searched_by_keyboard(
    seed: FileResult, clean: FileResult, show: Callable[..., Page]
) -> None:
    """/ goes to the search, words narrow the list, Escape ends the search, Enter opens a report."""
    expect = pytest.importorskip("playwright.sync_api").expect
    page = show(index_html(list(many(seed, clean, 300))))
    lines, found = page.locator("#forms tbody tr"), page.locator("#found")
    page.keyboard.press("/")
    page.keyboard.type("00120")
    expect(lines).to_have_count(1)
    assert "1 张" in found.inner_text()
    page.keyboard.press("Escape")
    expect(lines).to_have_count(50)
    assert page.locator("#search").input_value() == ""
    page.keyboard.type("00120")
    expect(lines).to_have_count(1)
    link = page.locator("#forms tbody a").first
    link.focus()
    assert page.evaluate(FOCUSED)["seen"]
    assert (link.get_attribute("href") or "").endswith(
        "00120_%E5%B7%AE%E5%BC%82%E6%8A%A5%E5%91%8A.html"
    )


def test_tab_goes_from_the_search_to_the_pages(
    seed: FileResult, clean: FileResult, show: Callable[..., Page]
) -> None:
    """In the order in which the page is read, each stop to be seen; Space and Enter act."""
    page = show(index_html(list(many(seed, clean, 60))))
    page.keyboard.press("/")
    stops = tabbed(page, 10)
    assert [stop["name"] for stop in stops] == [
        "level", "department", "rule", "changed", "清除条件",
        "status", "project", "department", "totals", "grade",
    ]  # fmt: skip
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    assert all(stop["inside"] for stop in stops)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    head = page.locator("th[data-sort=totals]")
    assert head.get_attribute("aria-sort") == "descending"
    assert page.evaluate(FOCUSED)["name"] == "totals"
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "ascending"


def test_a_rule_is_chosen_by_keyboard(
    seed: FileResult, clean: FileResult, show: Callable[..., Page]
) -> None:
    """The first stop of the page is the commonest fault; Enter filters by it, again shows all."""
    page = show(index_html(list(many(seed, clean, 60))))
    (stop,) = tabbed(page, 1)
    assert (stop["name"], stop["seen"]) == ("rule", True)
    page.keyboard.press("Enter")
    assert page.locator("#forms tbody tr").count() == 6
    page.keyboard.press("Enter")
    assert page.locator("#forms tbody tr").count() == 50


def test_twenty_thousand_rows_are_no_more_than_fifty(
    seed: FileResult, clean: FileResult, show: Callable[..., Page]
) -> None:
    """What the browser holds does not grow with the run; the last page is reached."""
    page = show(index_html(many(seed, clean, 20_000)))
    assert page.evaluate("document.querySelectorAll('*').length") < 3000
    page.locator("#level").select_option("error")
    assert "2000 张，共 20000 张" in page.locator("#found").inner_text()
    for _ in range(39):
        page.locator("#next").click()
    assert page.locator("#page").inner_text() == "第 40 / 40 页"
    assert page.locator("#next").is_disabled()
    assert page.locator("#forms tbody tr").count() == 50
    assert page.evaluate("document.querySelectorAll('*').length") < 3000


def test_a_phone_is_enough(seed: FileResult, clean: FileResult, show: Callable[..., Page]) -> None:
    """At 390 px nothing is wider than the screen, before and after use; targets can be hit."""
    page = show(index_html(list(many(seed, clean, 120))), width=390, has_touch=True)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        small = page.evaluate("""() => [...document.querySelectorAll("button, select, input")]
          .filter((e) => e.checkVisibility())
          .filter((e) => (e.closest("label") ?? e).getBoundingClientRect().height < 24)
          .map((e) => e.id || e.textContent.trim())""")
        assert small == []
        page.locator("#search").fill("项目 0")
        page.locator("#changed").check()


PAGES: dict[str, Callable[[FileResult, Lang], str]] = {
    "index": lambda file, lang: index_html([file], lang=lang),
    "variance": lambda file, lang: variance_html(file, lang=lang),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_headings_and_tables_can_be_read_aloud(
    name: str, lang: Lang, seed: FileResult, show: Callable[..., Page]
) -> None:
    """One h1, no level skipped, every table head has its scope, the page tells its language."""
    page = show(PAGES[name](seed, lang))
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("th:not([scope])").count() == 0
    assert page.evaluate("document.documentElement.lang")[:2] == lang
    assert page.title()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_in_the_way(
    name: str, seed: FileResult, clean: FileResult, show: Callable[..., Page]
) -> None:
    """axe finds no fault by WCAG 2.2 A and AA: names, roles, order, contrast, size of targets."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    for file in (seed, clean):
        page = show(PAGES[name](file, "zh"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = axe.Axe().run(page, options={"runOnly": tags, "resultTypes": ["violations"]})
        assert [
            (fault["id"], [node["html"][:90] for node in fault["nodes"]][:4])
            for fault in found.response["violations"]
        ] == []
