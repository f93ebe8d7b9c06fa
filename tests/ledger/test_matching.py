"""A file without our sheet follows the last round of its project, unit and year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfeval.course import LastRound
from perfeval.findings import FileResult
from perfeval.ledger import Ledger, open_ledger
from perfeval.rounds import round_of
from tests.ledger.handed import DOUBTFUL, WRONG, begun, file, run, table


def followed(ledger: Ledger, one: FileResult, *, before: int | None = None) -> int:
    """The number of the round that a file follows, 0 for none."""
    (last,) = ledger.last_rounds([one], before=before)
    return last.round.number if last else 0


def test_the_same_project_unit_and_year_is_the_next_round(url: str) -> None:
    """However spaced; the round is as it was recorded."""
    first = file("in/a.xlsx", WRONG)
    with open_ledger(url) as ledger:
        run(ledger, first)
        (last,) = ledger.last_rounds([file("in2/新.xlsx", project="道路 养护", unit="养护中心。")])
        assert last == LastRound(round_of(first), ())


@pytest.mark.parametrize(
    "other", [{"project": "桥梁"}, {"unit": "图书馆"}, {"year": 2022}, {"project": ""}]
)
def test_another_project_unit_or_year_is_no_round(url: str, other: dict[str, object]) -> None:
    """Nor is a form that does not name its project."""
    with open_ledger(url) as ledger:
        run(ledger, file("in/a.xlsx", WRONG))
        assert followed(ledger, file("in2/a.xlsx", **other)) == 0  # type: ignore[arg-type]  # by name


def test_a_round_is_added_to_its_submission(url: str) -> None:
    """Recorded with what it follows, it is the submission's last round; the next follows it."""
    with open_ledger(url) as ledger:
        run(ledger, file("in/a.xlsx", WRONG))
        second = file("in2/a.xlsx", DOUBTFUL, number=2)
        lasts = ledger.last_rounds([second])
        run(ledger, second, lasts=lasts)
        assert table(ledger, "submissions", "submission", "round", "file") == [(1, 2, "in2/a.xlsx")]
        assert followed(ledger, file("in3/a.xlsx")) == 2


def test_a_file_that_is_in_the_ledger_does_not_follow_itself(url: str) -> None:
    """Run again, the same file at the same path is the same round as before."""
    first, second = file("in/a.xlsx", WRONG), file("in2/a.xlsx", DOUBTFUL, number=2)
    with open_ledger(url) as ledger:
        run(ledger, first)
        run(ledger, second, lasts=ledger.last_rounds([second]))
        assert followed(ledger, first) == 0
        assert followed(ledger, second) == 1


def test_the_same_content_handed_in_anew_is_a_round(url: str) -> None:
    """At another path it is a resubmission, unchanged or not."""
    first = file("in/a.xlsx", WRONG)
    with open_ledger(url) as ledger:
        run(ledger, first)
        assert followed(ledger, replace(first, path="in2/a.xlsx")) == 1


def test_a_run_does_not_see_what_it_has_recorded(url: str) -> None:
    """Two files of a project in one run are two submissions, in whichever order they come."""
    one, other = file("in/a.xlsx", WRONG), file("in/b.xlsx", WRONG)
    with open_ledger(url) as ledger:
        number = begun(ledger)
        ledger.record(number, [one], [None])
        assert followed(ledger, other, before=number) == 0
        ledger.record(number, [other], [None])
        assert len(table(ledger, "submissions", "submission")) == 2


def test_of_two_submissions_that_would_fit_none_is_taken(url: str) -> None:
    """A guess would give one unit's findings to another; but each file stays with its own."""
    one, other = file("in/a.xlsx", WRONG), file("in/b.xlsx", WRONG)
    with open_ledger(url) as ledger:
        run(ledger, one, other)
        assert followed(ledger, file("in2/a.xlsx")) == 0
        run(ledger, one, other)
        assert table(ledger, "rounds", "submission", "round") == [(1, 1), (2, 1)]


def test_a_file_with_our_sheet_follows_it_whatever_it_is_called_now(url: str) -> None:
    """The round in the workbook is known by its content: project and unit may be corrected."""
    first = file("in/a.xlsx", WRONG, project="道路养护（错）")
    second = file("in2/a.xlsx", DOUBTFUL, project="道路养护", number=2)
    with open_ledger(url) as ledger:
        run(ledger, first)
        run(ledger, second, lasts=[LastRound(round_of(first), ())])
        assert table(ledger, "submissions", "project", "round") == [("道路养护", 2)]


def test_an_old_round_that_comes_late_is_not_the_last(url: str) -> None:
    """An answer to round 1 does not take the place of round 3."""
    first = file("in/a.xlsx", WRONG)
    second = file("in2/a.xlsx", WRONG, number=2)
    third = file("in3/a.xlsx", DOUBTFUL, number=3)
    late = file("in4/a.xlsx", WRONG, number=2)
    with open_ledger(url) as ledger:
        run(ledger, first)
        run(ledger, second, lasts=[LastRound(round_of(first), ())])
        run(ledger, third, lasts=[LastRound(round_of(second), ())])
        run(ledger, late, lasts=[LastRound(round_of(first), ())])
        assert table(ledger, "submissions", "submission", "round") == [(1, 3)]
