"""Every rule says of its Markdown cases what they say it must."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache

import pytest

from perfeval.checking import check
from perfeval.errors import UsageError
from perfeval.fields import FIELDS
from perfeval.findings import Outcome
from perfeval.policy import Policies
from perfeval.rules import Judgement, Rule, catalogue
from perfeval.rules.cases import NOTHING, UNDECIDED, Case, cases, parse
from perfeval.shown import as_words
from tests.rules.tabling import Tabled, tables_of

RULES = list(catalogue().values())


def _all_cases() -> list[tuple[Rule, Case]]:
    """Cases of all rules; a file that cannot be read fails the test of its kinds below."""
    found = []
    for rule in RULES:
        with suppress(UsageError):
            found += [(rule, case) for case in cases(rule)]
    return found


@cache
def _run(rule: Rule, case: Case) -> tuple[Tabled, Policies, Judgement]:
    tabled = tables_of(case)
    policies = Policies.resolve(tabled.tables.forms, region=case.region, year=case.year)
    return tabled, policies, rule.run(tabled.tables, policies)


@pytest.mark.parametrize(
    ("rule", "case"), _all_cases(), ids=lambda x: x.title if isinstance(x, Case) else x.code
)
def test_rule_says_what_its_case_says(rule: Rule, case: Case) -> None:
    """A rule finds what the 结果 lines of its case say, and can say it in both languages."""
    tabled, policies, judgement = _run(rule, case)
    hits = judgement.hits.to_dict("records")
    assert [_result(row, tabled.names, case) for row in hits] == _wanted(case), (
        f"{case.file}:{case.line}"
    )
    for lang in ("zh", "en") if hits else ("zh",):
        checked = check(tabled.tables, policies, rules=[rule], lang=lang)
        assert not checked.crashes
        if tabled.tables.forms.empty:
            continue
        decided = {outcomes[rule.code] for outcomes in checked.outcomes}
        if case.results == (UNDECIDED,):
            assert decided == {Outcome.UNDECIDED}
        elif case.results == (NOTHING,):
            assert Outcome.PASS in decided


def _wanted(case: Case) -> list[str]:
    return [] if case.results in ((NOTHING,), (UNDECIDED,)) else list(case.results)


def _result(row: dict[str, object], names: dict[int, str], case: Case) -> str:
    """A hit as a result line: 一行·得分 8 → 9.996; without figures where the case has none."""
    field = str(row["field"])
    called = {
        text.zh for fields in FIELDS.values() for name, text in fields.items() if name == field
    }
    label = names[int(str(row["row_id"]))]
    if label.endswith("总分") and field not in ("total_points", "total_score", "grade"):
        label = label.removesuffix("总分") + "表头"
    found, expected = (
        as_words(str(row[which]), row.get(str(row[which])))
        for which in ("found_column", "expected_column")
    )
    for name in sorted(called or {field}):
        place = f"{label}·{name}" if name else label
        full = f"{place} {found} → {expected}" if expected else f"{place} {found}".rstrip()
        for line in (full, place):
            if line in case.results:
                return line
    return full


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_has_its_kinds_of_case(rule: Rule) -> None:
    """Fires and does not; undecided where it can be; at the edge where it compares figures."""
    needed = {"触发", "不触发"}
    said = rule.message.zh + (rule.derivation.zh if rule.derivation else "")
    if re.search(r"_(e4|e6|fen)\}", said):
        needed.add("边界")
    for case in cases(rule):
        if _run(rule, case)[2].judged.hit.isna().any():
            needed.add("不判")
    assert needed <= {case.kind for case in cases(rule)}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("F103", 1),
        ("# F103 得分\n\n内容", 3),
        ("# F103 得分\n\n## 也许：某例", 3),
        ("# F103 得分\n\n## 触发：某例\n\n| 资金 | 得分 |\n|---|\n| 总额 | 8 |", 6),
        ("# F103 得分\n\n## 触发：某例\n\n| 资金 | 得分 |\n|---|---|\n| 总额 | 8 |", 3),
        ("# F103 得分\n\n## 触发：某例\n结果：无", 3),
        ("# F103 得分\n\n## 触发：某例\n政策：上海 2021", 4),
    ],
)
def test_malformed_case_names_file_and_line(text: str, line: int) -> None:
    """A case file that cannot be read is an error that says where."""
    with pytest.raises(UsageError, match=f"F103.md:{line}："):
        parse(text, "F103.md")
