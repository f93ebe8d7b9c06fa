"""Files of a run that have nothing in common with another are judged some at a time."""

from __future__ import annotations

from collections import Counter

import pytest

from perfeval.across import Across
from perfeval.checking import check
from perfeval.config import Config
from perfeval.kin import Kin
from perfeval.policy import Policies
from perfeval.rules import catalogue
from perfeval.together import Brief, joined

TOLD = "按照年初计划组织实施，各项工作均按时间节点推进，取得了预期成效，群众反映良好"
NAMES = ["道路养护", "图书采购", "桥梁维修", "道路 养护", "", "", "培训"]
TEXTS = [f"{TOLD}一", f"{TOLD}二", f"{TOLD}三", "", "", "", f"{TOLD}，二"]


def _brief(number: int) -> Brief:
    """A file with one form: its project, and one long text."""
    file = f"{number}.xlsx"
    return {
        "forms": [[0, 0, file, f"{file}#表", "", "mof10-standard", 2021, None, NAMES[number], "",
                   "养护中心", "元"]],
        "funds": [],
        "goals": [[1, 0, TEXTS[number], ""]],
        "indicators": [],
        "cells": [[0, 0, "forms", "project", "表", "B2", ""],
                  [1, 0, "goals", "expected", "表", "B9", ""]],
    }  # fmt: skip


PARTS = [_brief(number) for number in range(len(NAMES))]


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_some_at_a_time_find_what_all_together_find(at_once: int) -> None:
    """Findings and outcomes are those of one table of all files, whoever is next to whom."""
    rules = [catalogue()[code] for code in ("Y101", "Y102")]
    tables = joined(PARTS)
    whole = check(tables, Policies.resolve(tables), rules=rules)
    found = Across.of(
        PARTS.__getitem__, len(PARTS), Counter(), rules, Config(), at_once=at_once
    ).checked
    assert found.by_form == whole.by_form
    assert found.by_file == whole.by_file
    assert list(found.outcomes) == list(whole.outcomes)
    codes = {form: [f.code for f in findings] for form, findings in found.by_form.items()}
    assert codes == {0: ["Y101"], 1: ["Y102"], 3: ["Y101"], 6: ["Y102"]}


def test_what_says_nothing_is_nobodys_kin() -> None:
    """Neither blank names nor blank texts make files belong together."""
    kin = Kin()
    kin.add(joined(PARTS[:4]), 0)
    kin.add(joined(PARTS[4:]), 4)
    assert kin.related() == [0, 1, 3, 6]
    assert Kin().related() == []
