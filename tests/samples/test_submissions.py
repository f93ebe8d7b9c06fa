"""The generator of submissions: the same seed, the same files; its truth is what a check finds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import perfeval
from benchmarks.generate import submissions


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
