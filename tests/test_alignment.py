"""The last round is told in the names of this one where sheets or labels have changed."""

from __future__ import annotations

from dataclasses import replace

from perfeval.alignment import aligned
from perfeval.course import Handled, LastRound, Reply
from perfeval.findings import FileResult, Finding, FormResult, IndicatorLine, Level
from perfeval.rounds import round_of
from tests.write.results import finding, result


def row(name: str) -> IndicatorLine:
    return IndicatorLine(
        1, "产出指标", "数量指标", name, "10", "10", "5", "5", "5", "5", "", "", False, {}
    )


def form(sheet: str, rows: str, *findings: Finding) -> FormResult:
    """A form whose indicators are the letters of `rows`."""
    there = tuple(replace(f, sheet=sheet) for f in findings)
    made = result(*there).forms[0]
    return replace(
        made, form=f"a.xlsx#{sheet}", sheet=sheet, project=sheet[-1],
        indicators=tuple(map(row, rows)), findings=there,
    )  # fmt: skip


def file(*forms: FormResult) -> FileResult:
    return FileResult("a.xlsx", "0" * 64, "error", forms=forms)


def named(number: int, cell: str, **more: object) -> Finding:
    return finding(number, Level.ERROR, cell, **more)


def ids(before: FileResult, now: FileResult) -> list[str]:
    """The ids by which the findings of the round before are known now."""
    last = LastRound(round_of(before), ())
    return [past.id for past in aligned(now, last).round.findings]


def test_two_renamed_sheets_are_told_apart_by_their_rows() -> None:
    """Each form follows the one that it has most rows in common with."""
    before = file(
        form("甲", "abcd", named(1, "E7", id="old-1")),
        form("乙", "wxyz", named(1, "E7", id="old-2")),
    )
    now = file(
        form("新乙", "wxyz", named(1, "E7", id="new-2")),
        form("新甲", "abcd", named(1, "E7", id="new-1")),
    )
    assert ids(before, now) == ["new-1", "new-2"]
    last = aligned(now, LastRound(round_of(before), ()))
    assert set(last.round.forms) == {"新甲", "新乙"}


def test_forms_with_little_in_common_are_not_the_same() -> None:
    """With several forms, a sheet whose rows are others is a new form."""
    before = file(form("甲", "abcd", named(1, "E7", id="old")), form("乙", "wxyz"))
    now = file(form("丙", "kmno", named(1, "E7", id="new")), form("丁", "pqrs"))
    assert ids(before, now) == ["old"]


def test_replies_follow_their_findings() -> None:
    """A reply to a finding of the renamed sheet names it as it is called now."""
    before = file(form("甲", "ab", named(1, "E7", id="old")))
    now = file(form("改名", "ab", named(1, "E7", id="new")))
    reply = Reply("old", Handled.EXPLAINED, "按合同分两期验收")
    assert aligned(now, LastRound(round_of(before), (reply,))).replies == (
        replace(reply, finding_id="new"),
    )


def test_on_a_renamed_sheet_moved_rows_are_known_by_their_value() -> None:
    """Rows that moved keep rule and value; a corrected value keeps rule and cell."""
    before = file(
        form("甲", "ab", named(4, "E7", id="old-1", found="8"), named(5, "E9", id="old-2"))
    )
    now = file(
        form("改名", "ab", named(4, "E8", id="new-1", found="8"), named(5, "E9", id="new-2",
                                                                   found="77"))
    )  # fmt: skip
    assert ids(before, now) == ["new-1", "new-2"]


def test_a_relabelled_row_keeps_its_finding() -> None:
    """On a sheet of the same name: of the same rule, cell and value it is the same finding."""
    before = file(form("甲", "ab", named(1, "E7", id="old", found="92")))
    assert ids(before, file(form("甲", "ac", named(1, "E7", id="new", found="92")))) == ["new"]


def test_another_row_at_the_same_cell_is_another_finding() -> None:
    """On a sheet of the same name, another value or cell is another finding."""
    before = file(form("甲", "ab", named(1, "E7", id="old", found="92")))
    assert ids(before, file(form("甲", "ac", named(1, "E7", id="new", found="9")))) == ["old"]
    assert ids(before, file(form("甲", "ac", named(1, "E8", id="new", found="92")))) == ["old"]


def test_what_is_known_by_id_stays() -> None:
    """An id that is found again is never taken for another."""
    before = file(form("甲", "ab", named(1, "E7", id="one"), named(1, "E9", id="two")))
    now = file(form("甲", "ab", named(1, "E9", id="one"), named(1, "E7", id="two")))
    assert ids(before, now) == ["one", "two"]
