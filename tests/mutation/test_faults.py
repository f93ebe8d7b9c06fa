"""Clean forms have no finding; each planted fault is found by its own code at its own cell."""

from __future__ import annotations

from functools import cache
from typing import Any  # a form is JSON, as in tests/forms

import pytest

from perfeval.findings import Finding
from perfeval.rules import catalogue
from tests.building import STYLES, Style
from tests.mutation import clean
from tests.mutation.drawn import Drawn, draw, findings_in
from tests.mutation.faults import FAULTS, Fault

LAYOUTS = {slug: style for slug, style in STYLES.items() if style.money != "split"}


def clean_form(slug: str, style: Style) -> dict[str, Any]:
    """The clean form in the points that a template gives to budget execution."""
    if slug == "hubei-20-80":
        return clean.hubei()
    executed = any(name == "weight" for name, *_ in style.money_heads)
    return clean.form() if executed and "money" in style.order else clean.without_execution()


def test_a_form_without_fault_has_no_finding_in_any_layout() -> None:
    """Not even a note, in any layout: reviewers stop reading a tool that cries."""
    files = [draw(clean_form(slug, style), style).data() for slug, style in LAYOUTS.items()]
    said = zip(LAYOUTS, findings_in(files), strict=True)
    assert {slug: findings for slug, findings in said if findings} == {}


def _has(style: Style, place: str) -> bool:
    """Whether a template has the field that a place names."""
    block, _, name = place.partition(" ")
    heads = {"funds": style.money_heads, "indicators": style.indicator_heads}.get(block)
    field = name.partition(" ")[2].replace("target", "val")
    return (
        heads is None
        or field == "label"
        or any(head[0].replace("target", "val") == field for head in heads)
    )


def _cases() -> list[tuple[Fault, str]]:
    """Each fault in three of its layouts, so that all have their share."""
    cases = []
    for number, fault in enumerate(FAULTS):
        places = (*fault.changes, fault.place)
        styles = [slug for slug in fault.styles if all(_has(STYLES[slug], at) for at in places)]
        chosen = {styles[(number + step) % len(styles)] for step in (0, 3, 7)}
        cases += [(fault, slug) for slug in sorted(chosen)]
    return cases


CASES = _cases()


@cache
def _clean(slug: str) -> Drawn:
    return draw(clean.form() | {"extra": {"grade": "优"}}, STYLES[slug])


def _planted(fault: Fault, slug: str) -> bytes:
    drawn = draw(clean.changed(clean.form(), fault.changes), STYLES[slug])
    if fault.tamper:
        fault.tamper(drawn)
    return drawn.data()


@pytest.fixture(scope="module")
def results() -> dict[tuple[str, str], tuple[Finding, ...]]:
    """The findings of all faults in their layouts; those of one policy are checked at once."""
    found = {}
    for policy in {fault.policy for fault in FAULTS}:
        cases = [(fault, slug) for fault, slug in CASES if fault.policy == policy]
        said = findings_in([_planted(*case) for case in cases], policy=policy)
        for (fault, slug), findings in zip(cases, said, strict=True):
            found[fault.what, slug] = findings
    return found


@pytest.mark.parametrize(("fault", "slug"), CASES, ids=lambda x: getattr(x, "what", x))
def test_a_fault_is_found_at_its_cell_and_nothing_else_is(
    fault: Fault, slug: str, results: dict[tuple[str, str], tuple[Finding, ...]]
) -> None:
    """What follows from it names it as the root; nothing else is said, at any level."""
    findings = results[fault.what, slug]
    cell = None if fault.at == "-" else _clean(slug).refs.get(fault.place, fault.place)
    found = [f for f in findings if (f.code, f.cell) == (fault.code, cell)]
    assert len(found) == 1, findings
    assert found[0].root is None
    others = [f for f in findings if f is not found[0]]
    following = {f.code for f in others if f.root == found[0].id}
    assert following == set(fault.follow.split())
    assert {f.code for f in others} - following <= set(fault.beside.split())


def test_one_reason_for_several_rows_is_no_copy() -> None:
    """A reason that stands once for several rows is said once: a merged cell, a row below all."""
    merged = draw(clean.form(), STYLES["xinjiang-wide"])
    first, last = merged["indicators 5 reason"], merged["indicators 6 reason"]
    merged.sheet.merge_cells(f"{first.coordinate}:{last.coordinate}")
    below = draw(clean.hubei(), STYLES["hubei-20-80"])
    (label,) = (c for row in below.sheet for c in row if c.value == "偏差大或目标未完成原因分析")
    label.offset(0, 2).value = "两处急弯尚未改造"
    assert findings_in([merged.data(), below.data()]) == [(), ()]


def test_the_faults_are_of_many_kinds() -> None:
    """Eighty kinds, of every rule on single forms that a figure or text can break."""
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= 80
    told_elsewhere = {"R001", "R002", "R003", "R004", "R011", "R014"}  # faults of files and sheets
    single = {code for code in catalogue() if code[0] != "Y"} - told_elsewhere
    assert {fault.code for fault in FAULTS} == single
