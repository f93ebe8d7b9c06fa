"""One file, or one thing beside the folders, that fails: the others are answered all the same."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import NoReturn

import pytest

from perfeval.sources import Source
from perfeval.watch import answering
from perfeval.watch.claims import Room
from tests.watch.test_vanishing import GOOD, KINDS, Desk, at, below, desk

__all__ = ["desk"]  # the fixture
OTHER = GOOD + b"2"


def refuse(path: Path) -> NoReturn:
    raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("reader", ["digest", "state_of"])
def test_a_file_that_cannot_be_read_waits_alone(
    reader: str, name: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claimed, and then the disk or its rights refuse it: said once, kept, answered later."""
    desk.drop(name, KINDS[name])
    desk.drop("乙.xlsx", OTHER)
    before = getattr(answering, reader)

    def failing(path: Path) -> object:
        told = path.with_name("claim.json").read_bytes()
        return refuse(path) if json.loads(told)["rel"] == name else before(path)

    with monkeypatch.context() as patch:
        patch.setattr(answering, reader, failing)
        assert desk.watch() == 1
        assert desk.count("stuck") == 1 and desk.count("inbox_away") == 0
    assert [content for content, _ in below(desk.inbox)] == [KINDS[name]]
    assert desk.watch() == 1
    desk.is_done(KINDS[name], OTHER)


def test_a_file_that_is_read_again_after_a_failure(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One error of the disk, whether of a file or of an archive, rejects nothing."""
    for name in ("甲.xlsx", "甲.zip"):
        desk.drop(name, KINDS[name])
    read, failed = Source.read, set[str]()

    def failing(self: Source, *args: object) -> bytes:
        if self.name not in failed:
            failed.add(self.name)
            refuse(Path(self.path))
        return read(self, *args)  # type: ignore[arg-type]  # its limits

    monkeypatch.setattr(Source, "read", failing)
    assert desk.watch() == 2
    assert desk.count("returned") == 2
    desk.is_done(KINDS["甲.xlsx"], KINDS["甲.zip"])


def test_an_archive_that_could_not_be_opened_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for a damaged one; a damaged one is rejected, with others or not."""
    desk.drop("甲.zip", KINDS["甲.zip"])
    desk.drop("坏.zip", KINDS["甲.zip"][:900])
    found, failed = answering.find, set[Path]()

    def failing(paths: list[Path]) -> list[Source]:
        if paths[0] in failed:
            return found(paths)
        failed.add(paths[0])
        return [Source("a.zip", "a.zip", str(paths[0]))]  # as where it cannot be opened

    monkeypatch.setattr(answering, "find", failing)
    assert desk.watch() == 2
    assert (desk.count("returned"), desk.count("rejected")) == (1, 1)


@pytest.mark.parametrize("times", [2, 99])
def test_a_check_that_breaks_down(times: int, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again, as where a helper has died; what breaks it always is rejected alone."""
    desk.drop("甲.xlsx", GOOD)
    desk.drop("乙.xlsx", OTHER)
    check, broken = answering.check, iter(range(times))

    def breaking(sources: list[Source], *args: object, **kwargs: object) -> object:
        if any("甲" in source.name for source in sources) and next(broken, None) is not None:
            raise RuntimeError
        return check(sources, *args, **kwargs)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(answering, "check", breaking)
    assert desk.watch() == 2
    assert desk.count("rejected") == (times > 2)
    desk.is_done(GOOD, OTHER)


@pytest.mark.parametrize("told", [b"", b"{", None, "a folder"])
def test_a_claim_that_is_damaged(told: bytes | str | None, desk: Desk) -> None:
    """Its file is answered under the claim's own name, and the others under theirs."""
    claim = Room.at(desk.inbox).folder / "cafe"  # of an earlier watcher of our number
    claim.mkdir(parents=True)
    (claim / "original.xlsx").write_bytes(GOOD)
    if isinstance(told, bytes):
        (claim / "claim.json").write_bytes(told)
    elif told:
        (claim / "claim.json").mkdir()
    desk.drop("乙.xlsx", OTHER)
    assert desk.watch() == 2
    assert (desk.out / "cafe_审核意见.xlsx").is_file() and (desk.out / "乙_审核意见.xlsx").is_file()


@pytest.mark.parametrize("told", [b"", b"{}", b"[1]", None])
def test_a_place_that_is_damaged(told: bytes | None, desk: Desk) -> None:
    """Its name has its next round, nothing is written over, and the overview has what is left."""
    desk.drop("甲.xlsx", GOOD)
    desk.drop("丙.xlsx", GOOD + b"3")
    desk.watch()
    places = {json.loads(path.read_bytes())["stem"]: path for path in desk.out.rglob("place.json")}
    place = places["甲"]
    place.unlink() if told is None else place.write_bytes(told)
    first = (desk.out / "甲_审核意见.xlsx").stat().st_mtime_ns
    desk.drop("甲.xlsx", OTHER)
    assert desk.watch() == 1
    assert (desk.out / "甲_审核意见.xlsx").stat().st_mtime_ns == first
    assert (desk.out / "甲_第2轮_审核意见.xlsx").is_file()
    assert len(json.loads((desk.out / "results.json").read_bytes())["files"]) == 2


def test_a_name_that_cannot_be_kept(desk: Desk) -> None:
    """A file and a folder of one name on one day: only one of them can be in the archive."""
    desk.drop("甲.xlsx", GOOD)
    assert desk.watch() == 1
    desk.drop("甲.xlsx/乙.xlsx", OTHER)
    desk.drop("丙.xlsx", GOOD + b"3")
    assert desk.watch() == 1
    assert desk.count("stuck") == 1
    (kept,) = desk.archive.glob("存档/*/甲.xlsx")
    kept.unlink()
    assert desk.watch() == 1
    assert sorted(content for content, _ in below(desk.archive)) == sorted([OTHER, GOOD + b"3"])


def test_an_overview_that_is_open(desk: Desk) -> None:
    """Files are answered though it cannot be replaced; it is said once, and caught up."""
    (desk.out / "summary.xlsx").mkdir(parents=True)
    for name, content in (("甲.xlsx", GOOD), ("乙.xlsx", OTHER)):
        desk.drop(name, content)
        assert desk.watch() == 1
    assert desk.count("unlisted") == 2 and desk.count("out_away") == 0
    (desk.out / "summary.xlsx").rmdir()
    desk.watch()
    desk.is_done(GOOD, OTHER)


@pytest.mark.parametrize("setting", ["policy", "waivers", "register", "templates"])
def test_a_setting_that_goes_away(
    setting: str, tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while somebody saves the file: it is said, waited for, and then all is answered."""
    path, away = tmp_path / "setting", tmp_path / "away"
    if setting == "templates":
        path.mkdir()
    else:
        path.write_text("项目名称,预算数\n甲,1\n" if setting == "register" else "", "utf-8")
    desk.config = desk.config.with_options(**{setting: str(path)})
    desk.drop("甲.xlsx", GOOD)
    with monkeypatch.context() as patch:
        at("find", lambda: path.rename(away) and None, patch)
        answered = desk.watch(until="out_away")
    away.rename(path)
    assert answered + desk.watch() == 1
    desk.is_done(GOOD)
