"""Whoever does the work: the same bytes, every file told of, and nobody left at the end."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from perfeval.batch import run
from perfeval.config import Config
from perfeval.errors import SchedulerError, UsageError
from perfeval.executors import crew
from perfeval.sources import find
from tests.batch.test_reuse import outputs
from tests.test_cli import CLEAN, SEED


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for number, sample in enumerate((SEED, CLEAN, SEED, CLEAN, SEED)):
        (folder / f"{number}.xlsx").write_bytes(sample.read_bytes())
    (folder / "broken.xlsx").write_bytes(b"%PDF-1.7")
    return folder


def left(inbox: Path, out: Path, **settings: object) -> dict[str, bytes]:
    run(find([inbox]), out, Config().with_options(**settings))
    return outputs(out)


def test_a_scheduler_gives_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    """In this process, in two, and by two workers of a scheduler that read and write nothing."""
    distributed = pytest.importorskip("distributed")
    alone = left(inbox, tmp_path / "one")
    assert left(inbox, tmp_path / "two", jobs=2) == alone
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        assert left(inbox, tmp_path / "far", scheduler=cluster.scheduler_address) == alone


def test_a_scheduler_that_is_not_there_is_a_wrong_call(inbox: Path, tmp_path: Path) -> None:
    """The line names its address; nothing was done."""
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:9"):
        left(inbox, tmp_path / "out", scheduler="tcp://127.0.0.1:9")
    assert outputs(tmp_path / "out") == {}


def test_a_scheduler_that_is_lost_is_told_of() -> None:
    """In one line of ours, for a run to end with and a watcher to wait."""
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    )
    with cluster, crew(Config(scheduler=cluster.scheduler_address)) as hands:
        done = hands.results(_busy, ([number] for number in range(9)), lambda item, why: item)
        assert next(done) == [0]
        cluster.close()
        with pytest.raises(SchedulerError, match="gone"):
            list(done)


def _fatal(part: Sequence[int]) -> list[int]:
    if 3 in part:
        os.kill(os.getpid(), signal.SIGKILL)
    return list(part)


def test_a_file_that_kills_its_process_is_the_only_one_lost() -> None:
    """The parts under way are tried again, the guilty one item by item."""
    parts = [[0, 1], [2, 3, 4], [5], [6, 7]]
    with crew(Config(jobs=2)) as hands:
        done = hands.results(_fatal, parts, lambda item, why: -item)
        assert list(done) == [[0, 1], [2, -3, 4], [5], [6, 7]]


def test_not_more_is_under_way_than_keeps_all_busy() -> None:
    """Parts are made when somebody has time for them: memory does not grow with the batch."""
    made = []

    def parts():  # type: ignore[no-untyped-def]
        for number in range(50):
            made.append(number)
            yield [number]

    with crew(Config(jobs=2)) as hands:
        for count, _ in enumerate(hands.results(_busy, parts(), lambda item, why: item), 1):
            assert len(made) <= count + 4


def _busy(part: Sequence[int]) -> list[int]:
    return list(part)
