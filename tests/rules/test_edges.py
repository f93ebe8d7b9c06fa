"""Rules at the edges of what a run can hold."""

from __future__ import annotations

import pytest

from perfeval.policy import Policies
from perfeval.rules import Rule, catalogue
from perfeval.tables import Tables

RULES = list(catalogue().values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_nothing_to_judge(rule: Rule) -> None:
    """A run without files has no finding, and no rule trips over it."""
    tables = Tables.build({})
    judgement = rule.run(tables, Policies.resolve(tables))
    assert judgement.hits.empty
    assert judgement.judged.empty


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_only_unreadable_files(rule: Rule) -> None:
    """Where no file could be read, only R001 has something to say."""
    tables = Tables.build({"files": [(0, 0, "a.xlsx", "unreadable", "已损坏", "damaged")]})
    judgement = rule.run(tables, Policies.resolve(tables))
    assert judgement.hits.empty is (rule.code != "R001")
