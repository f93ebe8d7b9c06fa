"""When a file is taken: once it has been still by the watcher's own clock, and is a submission."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from perfeval.watch.inbox import PATIENCE, Seen, State, look, observed

FILE = PurePosixPath("甲.xlsx")


def seen(*looks: tuple[float, State]) -> Seen:
    """What is known of a file after several looks, each at its second."""
    known: dict[PurePosixPath, Seen] = {}
    for now, state in looks:
        known = observed(known, {FILE: state}, now)
    return known[FILE]


def test_a_file_is_ripe_when_size_and_time_have_been_still() -> None:
    """The time counts from the last change that was seen."""
    growing = seen((0.0, State(10, 1)), (10.0, State(20, 1)), (20.0, State(20, 2)))
    assert growing.ripe_at(20) == 40
    assert seen((0.0, State(10, 1)), (10.0, State(10, 1))).ripe_at(20) == 20


def test_a_clock_that_goes_back_while_a_file_is_written() -> None:
    """A date before the last one is a change, too; so the file has not been still."""
    known = seen((0.0, State(10, 10**18)), (15.0, State(10, 10**18 - 1)), (25.0, State(10, 0)))
    assert known.ripe_at(20) == 45


@pytest.mark.parametrize("date", [0, -(10**18), 10**19])
def test_the_date_of_a_file_means_nothing(date: int) -> None:
    """A file of 1938 or 2286 waits as long as one of today: only our own clock counts."""
    assert seen((100.0, State(10, date))).ripe_at(20) == 120


def test_what_is_empty_or_open_is_waited_for_longer() -> None:
    """An empty file may be growing, one with a lock file beside it may be saved again."""
    assert seen((0.0, State(0, 1, pending=True))).ripe_at(20) == 20 * PATIENCE
    closed = seen((0.0, State(5, 1, pending=True)), (50.0, State(5, 1)))
    assert closed.ripe_at(20) == 20


def test_a_file_that_came_again_counts_anew() -> None:
    """Gone for a look, it is another file."""
    known = observed({FILE: Seen(State(1, 1), 0.0)}, {}, 10.0)
    assert observed(known, {FILE: State(1, 1)}, 20.0)[FILE].since == 20.0


def test_only_submissions_are_seen(tmp_path: Path) -> None:
    """Partial, hidden, locked and linked files, and other kinds, are left alone; folders count."""
    (tmp_path / "教育" / "一科").mkdir(parents=True)
    (tmp_path / ".perfeval" / "x").mkdir(parents=True)
    for name in (
        "甲.xlsx", "乙.XLS", "教育/一科/丙.zip", "~$甲.xlsx", ".丁.xlsx", "戊.xlsx.tmp", "己.part",
        "庚.xlsx.crdownload", "Thumbs.db", ".perfeval/x/original.xlsx",
    ):  # fmt: skip
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "辛.xlsx").symlink_to("/etc/passwd")
    (tmp_path / "链接").symlink_to("/etc")
    odd: list[PurePosixPath] = []
    found = look(tmp_path, odd.append)
    assert odd == [PurePosixPath("辛.xlsx")], "nothing is passed over in silence"
    assert sorted(map(str, found)) == ["乙.XLS", "教育/一科/丙.zip", "甲.xlsx"]
    assert found[PurePosixPath("甲.xlsx")].pending, "its lock file lies beside it"
    assert not found[PurePosixPath("乙.XLS")].pending


def test_an_inbox_that_is_gone_is_no_empty_one(tmp_path: Path) -> None:
    """It is an error, and not the end of all files."""
    with pytest.raises(OSError, match="inbox"):
        look(tmp_path / "inbox")


def test_a_name_that_is_no_utf8_is_seen(tmp_path: Path) -> None:
    """As old programs leave them on a share."""
    (tmp_path / os.fsdecode("甲".encode("gbk") + b".xlsx")).write_bytes(b"x")
    assert len(look(tmp_path)) == 1
