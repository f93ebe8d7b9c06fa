"""Where everything goes: a round a content under a name, settled once, over nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest

from perfeval.texts import Lang
from perfeval.watch.claims import HIDDEN, Claim
from perfeval.watch.inbox import State
from perfeval.watch.places import Place, latest, reserve


def place(out: Path, name: str, sha256: str, claim: str = "", lang: Lang = "zh") -> Place:
    """The place of a file of this name and content, which came with a claim of its own."""
    at = datetime(2026, 11, 23, 9, 30).astimezone()
    (out / HIDDEN).mkdir(exist_ok=True)
    received = Claim(Path(claim or f"c-{sha256}"), PurePosixPath(name), State(1, 1), at)
    return reserve(received, sha256, out, out, lang=lang)


def test_names_follow_the_file(tmp_path: Path) -> None:
    """Returns and receipt at its relative path, the original below its day."""
    first = place(tmp_path, "教育/甲.xlsx", "1")
    assert str(first.stem) == "教育/甲"
    assert str(first.receipt) == "教育/甲_回执.txt"
    assert str(first.dated) == "2026-11-23/教育/甲.xlsx"
    second = place(tmp_path, "教育/甲.xlsx", "2")
    assert str(second.stem) == "教育/甲_第2轮"
    assert str(second.receipt) == "教育/甲_第2轮_回执.txt"
    assert str(second.dated) == "2026-11-23/教育/甲_第2轮.xlsx"
    assert str(place(tmp_path, "a.xlsx", "1", lang="en").receipt) == "a_receipt.txt"
    assert str(place(tmp_path, "a.xlsx", "2", lang="en").stem) == "a_round2"


def test_a_restart_finds_the_same_place(tmp_path: Path) -> None:
    """By claim and content, also when another round was settled meanwhile."""
    first = place(tmp_path, "甲.xlsx", "1")
    assert place(tmp_path, "甲.xlsx", "1") == first
    place(tmp_path, "甲.xlsx", "2")
    assert place(tmp_path, "甲.xlsx", "1") == first


def test_the_same_content_again_is_the_same_round(tmp_path: Path) -> None:
    """Sent twice, or put back by a program that synchronises folders; not after another one."""
    assert place(tmp_path, "甲.xlsx", "1", "a").number == 1
    assert place(tmp_path, "甲.xlsx", "1", "b").number == 1
    assert place(tmp_path, "甲.xlsx", "2", "c").number == 2
    assert place(tmp_path, "甲.xlsx", "1", "d").number == 3


def test_a_file_that_changed_after_its_place_was_settled_keeps_it(tmp_path: Path) -> None:
    """No round is passed over for a content that was never answered."""
    place(tmp_path, "甲.xlsx", "1", "a")
    assert place(tmp_path, "甲.xlsx", "2", "a").number == 1
    assert place(tmp_path, "甲.xlsx", "2", "a").sha256 == "2"


@pytest.mark.parametrize(
    "again", ["甲.xls", "甲.XLSX", "甲_审核意见.xlsx", "甲_更正稿.xlsx", "甲_第2轮_审核意见.xlsx"]
)
def test_what_comes_back_is_the_next_round(tmp_path: Path, again: str) -> None:
    """In another format, by another case, or as the workbook that was returned."""
    place(tmp_path, "甲.xlsx", "1")
    assert str(place(tmp_path, again, "2").stem) == "甲_第2轮"


@pytest.mark.parametrize(
    "other", ["甲.pdf", "甲.zip", "甲.jpg", "甲.heic", "甲.eml", "教育/甲.xlsx", "甲乙.xlsx"]
)
def test_what_is_another_file_is_no_round(tmp_path: Path, other: str) -> None:
    """A scan beside the form, an archive, a file of another folder: each has its own names."""
    first, second = place(tmp_path, "甲.xlsx", "1"), place(tmp_path, other, "2")
    assert second.number == 1
    assert second.receipt != first.receipt


def test_returns_of_another_origin_are_not_written_over(tmp_path: Path) -> None:
    """As those of a run into the same folder."""
    (tmp_path / "甲_审核意见.xlsm").write_bytes(b"")
    (tmp_path / "存档" / "2026-11-23").mkdir(parents=True)
    (tmp_path / "存档" / "2026-11-23" / "乙.xlsx").write_bytes(b"")
    assert place(tmp_path, "甲.xlsx", "1").number == 2
    assert place(tmp_path, "乙.xlsx", "1").number == 2


def test_two_places_are_never_one(tmp_path: Path) -> None:
    """A room in which another watcher has just settled a round gives the next one."""
    first = place(tmp_path, "甲.xlsx", "1")
    (first.folder.parent / "2").mkdir()
    (first.folder.parent / "2" / "place.json").write_bytes(
        (first.folder / "place.json").read_bytes().replace(b'"1"', b'"2"').replace(b"c-1", b"c-2")
    )
    assert place(tmp_path, "甲.xlsx", "3").number == 3


def test_a_long_name_is_cut_but_stays_its_own(tmp_path: Path) -> None:
    """Two names of 200 letters that differ at their end."""
    one, other = (place(tmp_path, "长" * 80 + end + ".xlsx", "1") for end in "甲乙")
    assert one.stem != other.stem
    assert all(len(p.name.encode()) < 240 for p in (one.stem, other.stem, one.receipt, one.dated))


def test_only_finished_rounds_are_listed(tmp_path: Path) -> None:
    """The last one of each name that has its results."""
    for sha256 in "12":
        place(tmp_path, "甲.xlsx", sha256).results.write_bytes(b"")
    place(tmp_path, "甲.xlsx", "3")
    place(tmp_path, "乙.xlsx", "1")
    assert [(p.sha256, p.number) for p in latest(tmp_path)] == [("2", 2)]
