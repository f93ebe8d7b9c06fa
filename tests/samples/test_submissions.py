"""The generators of submissions: the same seed, the same files; the truth is what a check finds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any  # the truth is JSON

import pytest

import perfeval
from benchmarks.generate import submissions
from benchmarks.inbox import BROKEN, write_inbox, year
from benchmarks.printed import KINDS
from benchmarks.year import compared
from perfeval.batch import run
from perfeval.config import Config
from perfeval.sources import find


def test_the_same_seed_gives_the_same_submissions() -> None:
    """Nothing but the seed and the serial decides what a submission says."""
    once, again = list(submissions(3, 5)), list(submissions(3, 5))
    assert once == again
    assert once != list(submissions(3, 6))


def test_a_longer_run_begins_like_a_shorter_one() -> None:
    """A submission does not depend on how many are made."""
    assert list(submissions(2, 1)) == list(submissions(4, 1))[:2]


def test_exactly_the_planted_faults_are_found(tmp_path: Path) -> None:
    """Of forty submissions every planted fault is found at its cell, and nothing else."""
    truths = {}
    for name, content, truth in submissions(40, 11):
        (tmp_path / name).write_bytes(content)
        truths[name] = Counter((f["code"], f["cell"]) for f in truth["findings"])
    found = {
        Path(file.path).name: Counter((f.code, f.cell) for f in file.all_findings())
        for file in perfeval.check(tmp_path).files
    }
    assert found == truths
    assert sum(map(bool, truths.values())) > 5


def test_every_field_stands_where_the_truth_says(tmp_path: Path) -> None:
    """The cells that are read for a form are those into which its fields were written."""
    for name, content, truth in submissions(12, 21):
        (tmp_path / name).write_bytes(content)
        (file,) = perfeval.check(tmp_path / name).files
        (form,) = file.forms
        wanted = {
            (f["row"], f["field"]): f["cell"]
            for f in truth["fields"]
            if f["table"] == "indicators" and f["field"] in ("target", "actual", "points", "score")
        }
        found = {
            (line.position, field): line.cells[field]
            for line in form.indicators
            for field in ("target", "actual", "points", "score")
            if field in line.cells
        }
        assert found == wanted, json.dumps(sorted(found.items()), ensure_ascii=False)


def test_a_year_is_decided_by_its_seed() -> None:
    """The same seed, the same files, however many are made; another seed, others."""
    once = list(year(4, 5))
    assert list(year(6, 5))[:4] == once
    assert list(year(4, 6)) != once


Told = tuple[dict[str, dict[str, Any]], Path, Path, str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """An inbox and its truth, the results of a run, and what the run says of unreadable files."""
    folder = tmp_path_factory.mktemp("year")
    truths = write_inbox(folder / "in", 110, 1)
    config = Config(letters=False)
    done = run(find([folder / "in"]), folder / "out", config)
    return truths, folder / "in", folder / "out" / "results.json", str(done.unreadable)


def test_a_year_has_its_share_of_faults_and_of_broken_files(told: Told) -> None:
    """Three in a hundred have a fault, one in two hundred is broken; no two have a name."""
    truths, *_ = told
    assert len(truths) == 110
    assert sum(bool(truth["findings"]) for truth in truths.values()) == 3
    assert sum(bool(truth["broken"]) for truth in truths.values()) == 1
    assert len(KINDS) > 80
    assert len(BROKEN) > 35


def test_a_run_over_a_year_finds_what_was_planted(told: Told) -> None:
    """Nothing else is found, the broken file is named, and archives and odd names are no hurdle."""
    truths, inbox, results, errors = told
    assert compared(truths, results, inbox, errors) == []


def test_whatever_differs_from_the_truth_is_told(told: Told) -> None:
    """A fault that was missed, one too many, a wrong reason, a file too few: each has its line."""
    truths, inbox, results, errors = told
    faulty = next(name for name, truth in truths.items() if truth["findings"])
    broken = next(name for name, truth in truths.items() if truth["broken"])
    clean = next(name for name, t in truths.items() if not t["findings"] and not t["broken"])
    for name, change, why in (
        (faulty, {"findings": [["X999", "A1"], *truths[faulty]["findings"]]}, "missed"),
        (faulty, {"findings": [], "follow": [], "beside": []}, "also"),
        (broken, {"broken": "another reason"}, "not broken"),
        (clean, {"broken": "."}, "not broken"),
    ):
        wrong = truths | {name: truths[name] | change}
        assert any(why in line for line in compared(wrong, results, inbox, errors)), why
    assert len(compared(truths | {"none.xlsx": truths[clean]}, results, inbox, errors)) == 1
    assert len(compared(truths, results, inbox, "")) == 1
