"""Files that were moved are no resubmission, once the ledger has been told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any  # JSON

import pytest

from perfeval.errors import UsageError
from perfeval.findings import FileResult
from perfeval.ledger import Ledger, open_ledger
from tests.ledger.handed import DOUBTFUL, WRONG, file, run, table
from tests.ledger.test_cli import call as ledger_call
from tests.test_cli import SEED, call


def followed(ledger: Ledger, one: FileResult) -> int:
    """The number of the round that a file follows, 0 for none."""
    (last,) = ledger.last_rounds([one])
    return last.round.number if last else 0


def again(ledger: Ledger, one: FileResult, path: str, number: int = 2) -> FileResult:
    """The same content at another path, recorded as the round that it seems to be."""
    other = replace(one, path=path, round=number)
    run(ledger, other, lasts=ledger.last_rounds([other]))
    return other


@pytest.mark.parametrize(
    ("path", "old", "new", "then"),
    [
        ("in/教育/a.xlsx", "in", "2021/in", "2021/in/教育/a.xlsx"),
        ("in/教育/a.xlsx", "in/", "./2021", "2021/教育/a.xlsx"),
        ("in.zip!教育/a.xlsx", "in.zip", "2021.zip", "2021.zip!教育/a.xlsx"),
        ("in/a.xlsx", "in/a.xlsx", "in/b.xlsx", "in/b.xlsx"),
    ],
)
def test_a_delivery_that_was_moved_is_the_same(
    url: str, path: str, old: str, new: str, then: str
) -> None:
    """A folder, an archive, a file: run at its new place it is the round that it was."""
    first = file(path, WRONG)
    with open_ledger(url) as ledger:
        run(ledger, first)
        assert ledger.moved(old, new) == (1, 0)
        assert followed(ledger, replace(first, path=then)) == 0
        run(ledger, replace(first, path=then))
        assert table(ledger, "rounds", "submission", "round", "file") == [(1, 1, then)]


def test_rounds_that_only_the_move_made_are_removed(url: str) -> None:
    """Told after the next run: the submission is in its first round again, with its findings."""
    first = file("in/a.xlsx", WRONG)
    with open_ledger(url) as ledger:
        run(ledger, first)
        again(ledger, first, "2021/a.xlsx")
        assert table(ledger, "submissions", "round") == [(2,)]
        assert ledger.moved("in", "2021") == (1, 1)
        assert table(ledger, "submissions", "submission", "round") == [(1, 1)]
        assert table(ledger, "findings", "round", "code") == [(1, "S101")]
        assert followed(ledger, replace(first, path="2021/a.xlsx")) == 0


def test_a_submission_that_only_the_move_made_is_removed(url: str) -> None:
    """Where two would fit, the moved file had begun a third."""
    one, other = file("in/a.xlsx", WRONG), file("in/b.xlsx", WRONG)
    with open_ledger(url) as ledger:
        run(ledger, one, other)
        again(ledger, one, "2021/a.xlsx", number=1)
        assert len(table(ledger, "submissions", "submission")) == 3
        assert ledger.moved("in", "2021") == (2, 1)
        assert table(ledger, "submissions", "submission", "round") == [(1, 1), (2, 1)]


def test_what_was_handed_in_since_stays(url: str) -> None:
    """A corrected round, the same content sent to another place, a folder of a similar name."""
    first, neighbour = file("in/a.xlsx", WRONG), file("in2/a.xlsx", project="桥梁")
    second = file("in/新.xlsx", DOUBTFUL, number=2)
    with open_ledger(url) as ledger:
        run(ledger, first, neighbour)
        run(ledger, second, lasts=ledger.last_rounds([second]))
        again(ledger, first, "再报/a.xlsx", number=3)
        assert ledger.moved("in", "2021") == (2, 0)
        assert table(ledger, "submissions", "project", "round") == [("道路养护", 3), ("桥梁", 1)]
        assert followed(ledger, replace(second, path="2021/新.xlsx")) == 1
        assert followed(ledger, neighbour) == 0


def result(out: Path) -> Any:
    """The only file's entry in results.json."""
    (entry,) = json.loads((out / "results.json").read_text(encoding="utf-8"))["files"]
    return entry


def test_the_inbox_is_moved(tmp_path: Path) -> None:
    """A run over it says what to do about Y110; afterwards it is as if it had always lain there."""
    old, new, out = tmp_path / "收件夹", tmp_path / "2021年" / "收件夹", tmp_path / "out"
    old.mkdir()
    new.parent.mkdir()
    (old / "a.xlsx").write_bytes(SEED.read_bytes())
    _, said = call("run", old, "--out", out)
    assert "ledger moved" not in said
    old.rename(new)
    _, said = call("run", new, "--out", out)
    assert result(out)["round"] == 2 and "perfeval ledger moved" in said
    _, said = call("ledger", "moved", old, new, "--ledger", out)
    assert "1 份" in said and "1 轮" in said
    _, said = call("run", new, "--out", out)
    assert result(out)["round"] == 1 and "Y110" not in said


def test_a_place_that_is_none_is_refused(tmp_path: Path) -> None:
    """A new place that is not there, and an old one of which the ledger knows nothing."""
    with open_ledger(tmp_path) as ledger:
        run(ledger, file())
    for old, new, why in (("in", "nowhere", "新位置"), ("other", tmp_path, "没有来自")):
        with pytest.raises(UsageError, match=why):
            ledger_call("moved", old, new, "--ledger", tmp_path)
