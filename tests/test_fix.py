"""Which corrections are planned."""

from __future__ import annotations

from dataclasses import replace

from perfeval.findings import FileResult, Level, Plan
from perfeval.fix import spared
from tests.write.results import finding, patch, result

CHECKED = result(finding(1, Level.ERROR, "E7"), finding(2, Level.WARNING, "F3"))


def accepted(file: FileResult, *codes: str) -> FileResult:
    """The file with findings turned into notes, as a waiver or an explanation does."""
    (form,) = file.forms
    found = (replace(f, level=Level.INFO) if f.code in codes else f for f in form.findings)
    return replace(file, forms=(replace(form, findings=tuple(found)),))


def plan() -> Plan:
    form = CHECKED.forms[0].form
    patches = (
        replace(patch("E7", "92", "93"), form=form, code="S101"),
        replace(patch("F3", "8", "9"), form=form, code="S102"),
    )
    return Plan(patches)


def test_what_was_accepted_is_not_corrected() -> None:
    """A finding that someone has signed for, or that was explained, is written nowhere."""
    kept = spared(plan(), CHECKED, accepted(CHECKED, "S101"), lang="zh")
    assert [p.cell for p in kept.patches] == ["F3"]


def test_without_waivers_and_replies_the_plan_stands() -> None:
    """The same findings, the same plan."""
    assert spared(plan(), CHECKED, CHECKED, lang="zh") == plan()
