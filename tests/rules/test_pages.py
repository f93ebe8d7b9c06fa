"""The catalogue, the pages and docs/rules come from the rules themselves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from perfeval import regulations
from perfeval.checking import check
from perfeval.findings import Level
from perfeval.policy import Policies
from perfeval.rules import Rule, catalogue
from perfeval.rules.cases import cases, cases_text
from perfeval.rules.page import (
    Format,
    catalogue_rows,
    catalogue_text,
    docs,
    rule_page,
)
from perfeval.texts import Lang, Text
from tests.rules.tabling import tables_of

RULES = list(catalogue().values())
DOCS = Path(__file__).parents[2] / "docs" / "rules"


def _texts(rule: Rule) -> list[Text]:
    texts = [rule.title, rule.message, rule.advice]
    return texts + ([rule.derivation] if rule.derivation else [])


def _places(template: str) -> set[str]:
    names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    return {re.sub(r"_(zh|en)$", "", name) for name in names}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_both_languages_say_the_same(rule: Rule) -> None:
    """Every text has both languages, and they name the same places."""
    for text in _texts(rule):
        assert text.zh and text.en
        assert _places(text.zh) == _places(text.en)
        assert not re.search(r"[，。；：（）]", text.en), text.en


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_is_named_for_its_module(rule: Rule) -> None:
    """A rule's name is that of its function and file, and one file holds one rule."""
    module = rule.run.__module__.rpartition(".")[2]
    assert module == rule.run.__name__ == rule.name.replace("-", "_")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_cases_bear_the_title_of_their_rule(rule: Rule) -> None:
    """The case file begins with code and title, as its page does."""
    assert cases_text(rule).partition("\n")[0] == f"# {rule.code} {rule.title.zh}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_basis_and_page_are_there(rule: Rule) -> None:
    """A rule says what it rests on, and its page says 查什么, 不查, 怎样算."""
    assert rule.basis
    for key in rule.basis:
        assert regulations.regulation(key)
    for part in ("查什么：", "不查：", "怎样算："):
        assert part in rule.page
    assert set(rule.follows) <= set(catalogue()) - {rule.code}


@pytest.mark.parametrize("output", get_args(Format))
@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_page_can_be_shown(lang: Lang, output: Format) -> None:
    """A page names code, title and advice in each language and format."""
    for rule in RULES:
        page = rule_page(rule, lang, output)
        assert rule.code in page
        assert rule.title(lang) in page
        if output == "json":
            assert json.loads(page)["rule"] == rule.name


def test_catalogue_lists_every_rule_once() -> None:
    """Rows, text and JSON of the catalogue hold each code once, in the order R H F G I S Y."""
    codes = [row[0] for row in catalogue_rows("zh")[1:]]
    assert codes == list(catalogue())
    assert codes == sorted(codes, key=lambda code: ("RHFGISY".index(code[0]), code))
    assert [entry["code"] for entry in json.loads(catalogue_text("en", "json"))] == codes
    assert len(catalogue_text("zh", "text").splitlines()) == len(codes)


def test_levels_are_those_of_the_contract() -> None:
    """No rule has a level outside of 强制, 核实, 提示."""
    assert {rule.level for rule in RULES} <= set(Level)


def test_docs_are_current() -> None:
    """docs/rules is what `python -m perfeval.rules docs/rules` writes."""
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written == dict(docs())


@pytest.mark.parametrize("code", ["R010", "R012", "R013", "H103", "I108"])
def test_our_own_phrases_are_not_cut(code: str) -> None:
    """A phrase that a rule puts into its message is ours, and stands there in full."""
    rule = catalogue()[code]
    for case in cases(rule):
        tables = tables_of(case).tables
        checked = check(tables, Policies.resolve(tables), rules=[rule], lang="en")
        for findings in checked.by_form.values():
            assert not any("…" in finding.message for finding in findings)
