"""What is recorded is there once, whoever records it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from perfeval.course import Handled, LastRound, Reply
from perfeval.findings import FundLine, Total
from perfeval.ledger import open_ledger
from perfeval.rounds import followed, round_of
from perfeval.waivers import Waiver
from tests.ledger.handed import DOUBTFUL, WRONG, begun, file, run, table, unreadable


def test_a_file_recorded_twice_is_there_once(url: str) -> None:
    """In one run and in a later one: the same submission, judged by the last run."""
    first, again = file("in/a.xlsx", WRONG, DOUBTFUL), file("in/a.xlsx", WRONG)
    with open_ledger(url) as ledger:
        number = begun(ledger)
        ledger.record(number, [first], [None])
        ledger.record(number, [first], [None])
        later = run(ledger, again)
        assert table(ledger, "rounds", "submission", "round", "run") == [(1, 1, later)]
        assert table(ledger, "findings", "code") == [("S101",)]


def test_a_call_is_one_transaction(url: str) -> None:
    """Where a file cannot be recorded, none of its call is, and the next call works."""
    broken = file("in/b.xlsx", replace(WRONG, code=None))  # type: ignore[arg-type]  # what no database takes
    with open_ledger(url) as ledger:
        number = begun(ledger)
        try:
            ledger.record(number, [file("in/a.xlsx"), broken], [None, None])
        except Exception:  # noqa: BLE001  # whichever error: the law is about what is left
            assert table(ledger, "rounds", "file") == []
        else:
            raise AssertionError("recorded")
        ledger.record(number, [file("in/a.xlsx")], [None])
        assert table(ledger, "rounds", "file") == [("in/a.xlsx",)]


def test_every_row_has_the_versions_that_made_it(url: str) -> None:
    """Tool, rules and policy of the run that judged, with every row."""
    with open_ledger(url) as ledger:
        run(ledger, file("in/a.xlsx", WRONG))
        for view in ("rounds", "forms", "findings", "open"):
            assert table(ledger, view, "tool", "rules", "policy") == [("perfeval 1", "r1", "p1")]


def test_money_and_scores_are_exact(url: str) -> None:
    """They go in as whole 分 and 1/10,000 points and come out as the same decimals."""
    total = Total("100", "92", "92.9963", None, None, None, "优", None, None, "E7")
    money = FundLine(
        "total", "年度资金总额", None, "123456789012.34", "0.01", None, None, None, None, None, {}
    )
    handed = file("in/a.xlsx", total=total, funds=(money,))
    with open_ledger(url) as ledger:
        run(ledger, handed)
        names = ("budget", "executed", "points", "reported", "recomputed")
        assert table(ledger, "forms", *names) == [
            tuple(map(Decimal, ("123456789012.34", "0.01", "100", "92", "92.9963")))
        ]


def test_hostile_texts_and_numbers_are_kept_as_far_as_a_database_can(url: str) -> None:
    """NUL and half characters are replaced, a number beyond 64 bits is left out."""
    huge = Total("100", "1" + "0" * 40, None, None, None, None, None, None, None, None)
    handed = file(
        "in/a\udc00.xlsx", project="道\0路\ud800", unit="'; DROP TABLE runs;--", total=huge
    )
    with open_ledger(url) as ledger:
        run(ledger, handed)
        run(ledger, handed)
        assert table(ledger, "submissions", "project", "unit", "file") == [
            ("道\ufffd路?", "'; DROP TABLE runs;--", "in/a?.xlsx")
        ]
        assert table(ledger, "forms", "reported") == [(None,)]


def test_what_could_not_be_read_and_then_can_is_one_submission(url: str) -> None:
    """A file put right at its own path follows the unreadable one."""
    with open_ledger(url) as ledger:
        run(ledger, unreadable("in/a.xlsx"))
        assert table(ledger, "submissions", "status", "project") == [("unreadable", "")]
        run(ledger, file("in/a.xlsx", WRONG))
        assert table(ledger, "submissions", "status", "project") == [("error", "道路养护")]


def test_a_round_without_a_readable_form_keeps_the_names(url: str) -> None:
    """A submission goes by its last readable round."""
    first = file("in/a.xlsx", WRONG)
    last = LastRound(round_of(first), ())
    with open_ledger(url) as ledger:
        run(ledger, first)
        run(ledger, replace(unreadable("in/b.xlsx"), round=2), lasts=[last])
        names = ("project", "round", "status")
        assert table(ledger, "submissions", *names) == [("道路养护", 2, "unreadable")]


def test_replies_and_what_was_closed_are_recorded(url: str) -> None:
    """With the round that they came with: the answers given, and the finding that is gone."""
    first = file("in/a.xlsx", WRONG, DOUBTFUL)
    replies = (
        Reply(DOUBTFUL.id, Handled.EXPLAINED, "按合同分两期验收"),
        Reply(WRONG.id, Handled.NONE, ""),
    )
    last = LastRound(round_of(first), replies)
    second = followed(file("in2/a.xlsx", DOUBTFUL, outcomes={"S101": "pass"}), last, {})
    with open_ledger(url) as ledger:
        run(ledger, first)
        run(ledger, second, lasts=[last])
        assert table(ledger, "replies", "round", "finding", "handled", "explanation") == [
            (2, "id-2", "explained", "按合同分两期验收")
        ]
        states = table(ledger, "findings", "round", "code", "state")
        assert states == [
            (1, "S101", "new"), (1, "S102", "new"), (2, "S102", "explained"),
            (2, "S101", "corrected"),
        ]  # fmt: skip
        done = ledger.last(1)
        assert done
        assert {f.code: f.course[-1][1] for f in done.findings} == {
            "S102": "explained", "S101": "corrected",
        }  # fmt: skip


def test_waivers_are_recorded_with_what_they_cover(url: str) -> None:
    """The finding, who signed for it and why; not those that cover nothing, or are over."""
    signed = [
        Waiver("养护中心", "", "S101", "按合同", "王某某", date(2030, 12, 31)),
        Waiver("养护中心", "", "S102", "过期", "王某某", date(2020, 12, 31)),
        Waiver("图书馆", "", "S101", "别处的", "王某某", date(2030, 12, 31)),
    ]
    with open_ledger(url) as ledger:
        number = begun(ledger)
        handed = [file("in/a.xlsx", WRONG, DOUBTFUL)]
        ledger.record(number, handed, [None], waivers=signed, on=date(2026, 1, 1))
        assert table(ledger, "waivers", "finding", "reason", "until") == [
            ("id-1", "按合同", date(2030, 12, 31))
        ]


def test_runs_that_never_ended_are_interrupted(url: str) -> None:
    """The next run into the same folder says so of them."""
    with open_ledger(url) as ledger:
        begun(ledger)
        run(ledger)
        assert table(ledger, "runs", "run", "state") == [(1, "interrupted"), (2, "done")]
