"""The same findings whatever the order of files, the size of a chunk, the number of processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest

from benchmarks.generate import submissions
from perfeval.batch import check_all
from perfeval.config import Config
from perfeval.findings import FileResult
from perfeval.pipeline import Outcome, check_chunk
from perfeval.sources import Source, find

Said = Mapping[str, FileResult]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    """Sixty generated submissions, two in five with faults, and one of them handed in twice."""
    folder = tmp_path_factory.mktemp("submissions")
    for name, content, _ in submissions(59, 11):
        (folder / name).write_bytes(content)
    first = min(folder.iterdir())
    (folder / f"again_{first.name}").write_bytes(first.read_bytes())
    return find([folder])


@pytest.fixture(scope="module")
def at_once(sources: list[Source]) -> Said:
    return by_path(check_all(sources, Config(), progress))


def by_path(outcomes: Sequence[Outcome]) -> Said:
    return {outcome.result.path: outcome.result for outcome in outcomes}


def progress(_: int) -> None:
    """Nobody watches."""


def test_the_submissions_have_findings_of_many_kinds(at_once: Said) -> None:
    """Else the tests below would say little."""
    codes = {f.code for file in at_once.values() for f in file.all_findings()}
    assert len(codes) > 10
    assert "Y101" in codes


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_files(sources: list[Source], at_once: Said, seed: int) -> None:
    """Shuffled files give the same results, ids and messages included."""
    shuffled = Random(seed).sample(sources, len(sources))
    assert by_path(check_all(shuffled, Config(), progress)) == at_once


def test_the_number_of_processes(sources: list[Source], at_once: Said) -> None:
    """Two processes, each with half of the files."""
    assert by_path(check_all(sources, Config(jobs=2), progress)) == at_once


@pytest.mark.parametrize(("size", "files"), [(1, 4), (7, 21), (64, 60)])
def test_the_size_of_a_chunk(sources: list[Source], size: int, files: int) -> None:
    """What is said of a form alone is the same in any company."""
    some = sources[:files]
    whole = by_path(check_chunk(some, Config()).outcomes)
    parts = [some[start : start + size] for start in range(0, len(some), size)]
    assert by_path([o for part in parts for o in check_chunk(part, Config()).outcomes]) == whole
