"""Sources that vanish or change while a run goes on: each is named, and the others are done."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from perfeval import convert, returning
from perfeval.batch import run
from perfeval.config import Config
from perfeval.sources import find
from tests.watch.test_vanishing import GOOD, KINDS

OTHER = "乙.xlsx"


def deleted(path: Path) -> None:
    path.unlink()


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replaced_by_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def moved_with_its_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name(f"{path.parent.name} away"))


@pytest.mark.parametrize("moment", ["found", "checked"])
@pytest.mark.parametrize(
    "happens", [deleted, replaced_by_a_folder, replaced_by_a_link, cut, moved_with_its_folder]
)
def test_sources_that_fail_stop_no_run(
    happens: Callable[[Path], None],
    moment: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between being found and read, or checked and returned, as a file of each kind."""
    monkeypatch.setattr(convert, "converter", lambda: None)  # takes seconds
    inbox, out = tmp_path / "in", tmp_path / "out"
    for name, content in KINDS.items():
        (inbox / name).mkdir(parents=True)
        (inbox / name / name).write_bytes(content)
    (inbox / OTHER).write_bytes(GOOD)
    sources = find([inbox])
    moments = iter([lambda: [happens(inbox / name / name) for name in KINDS]])

    def passed(phase: str, files: int) -> None:
        if phase == "check" and files:
            for call in moments:
                call()

    if moment == "found":
        next(moments)()
    done = run(sources, out, Config(select=("S101",)), progress=passed)
    assert done.state == "done"
    named = {Path(name.partition("!")[0]).name for name, reason in done.unreadable if reason}
    assert named >= set(KINDS) - ({"甲.xls"} if happens is cut and moment == "found" else set())
    assert (out / "乙_审核意见.xlsx").is_file()


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyError("sheet")])
def test_a_conversion_that_breaks_down(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several at once, the guilty one is named, and the others are returned."""
    before = convert.to_packages

    def breaking(books: Sequence[tuple[bytes, str]]) -> list[bytes | None]:
        if any(b"guilty" in data for data, _ in books):
            raise error
        return before(books)

    monkeypatch.setattr(convert, "converter", lambda: None)
    monkeypatch.setattr(returning.convert, "to_packages", breaking)
    old = KINDS["甲.xls"]
    (tmp_path / "甲.xls").write_bytes(old)
    (tmp_path / "乙.xls").write_bytes(old.replace("自评".encode(), b"guilty"))
    out = tmp_path / "out"
    done = run(find([tmp_path]), out, Config(select=("S101",)))
    ((name, reason),) = done.unreadable
    assert name.endswith("乙.xls") and str(error) in reason
    assert (out / "甲_审核意见.xlsx").is_file()
