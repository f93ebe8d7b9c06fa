"""Who works on what: one watcher gets a file, and a dead watcher's claims are taken over whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from perfeval.watch.claims import HIDDEN, STALE, Room
from perfeval.watch.inbox import look

FILE = PurePosixPath("教育/甲.xlsx")


def inbox(folder: Path, content: bytes = b"content") -> Path:
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_bytes(content)
    return folder


def dead_process() -> int:
    """The number of a process that is over."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_one_of_two_watchers_gets_a_file(tmp_path: Path) -> None:
    """The other one finds it gone, and leaves nothing behind."""
    one, other = Room.at(inbox(tmp_path)), Room.at(tmp_path)
    one.beat()
    other.beat()
    state = look(tmp_path)[FILE]
    claim = one.claim(FILE, state)
    assert claim is not None and claim.file.read_bytes() == b"content"
    assert other.claim(FILE, state) is None
    assert other.claims() == []
    assert [(c.rel, c.state) for c in one.claims()] == [(FILE, state)]
    assert not (tmp_path / FILE).exists()


def test_a_claim_ends_without_a_trace(tmp_path: Path) -> None:
    """Once its file has gone to where it is kept, and the watcher leaves."""
    room = Room.at(inbox(tmp_path))
    room.beat()
    claim = room.claim(FILE, look(tmp_path)[FILE])
    assert claim is not None
    claim.file.rename(tmp_path / "kept")
    claim.end()
    room.leave()
    assert not (tmp_path / HIDDEN).exists()


def test_a_claim_never_ends_with_its_file(tmp_path: Path) -> None:
    """Whatever is called, a submission is not removed with its claim."""
    room = Room.at(inbox(tmp_path))
    room.beat()
    claim = room.claim(FILE, look(tmp_path)[FILE])
    assert claim is not None
    claim.end()
    assert claim.file.read_bytes() == b"content"


def test_claims_of_a_process_that_is_over_are_taken_at_once(tmp_path: Path) -> None:
    """Of this machine one can tell."""
    dead = Room.at(inbox(tmp_path))
    dead.name = dead.name.replace(dead.name.split("_")[1], str(dead_process()))
    dead.beat()
    dead.claim(FILE, look(tmp_path)[FILE])
    next_one = Room.at(tmp_path)
    next_one.beat()
    assert next_one.take_over(0.0) == 1
    assert [claim.rel for claim in next_one.claims()] == [FILE]
    assert next_one.take_over(0.0) == 0
    assert not dead.folder.exists()


def test_a_watcher_elsewhere_is_dead_when_it_stops_beating(tmp_path: Path) -> None:
    """Only its beats count, by our own clock: no date of a file, and no clock of its machine."""
    far = Room(inbox(tmp_path), "elsewhere_1_abcd")
    far.beat()
    far.claim(FILE, look(tmp_path)[FILE])
    here = Room.at(tmp_path)
    here.beat()
    assert here.take_over(0.0) == 0
    far.beat()
    assert here.take_over(STALE + 1) == 0, "it has beaten since"
    assert here.take_over(STALE + 2) == 0
    assert here.take_over(2 * STALE + 2) == 1
    assert far.claims() == [], "coming back, it finds that the file is another's"


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b'{"rel": 1}',
        json.dumps({"rel": "../../甲.xlsx", "size": 1, "mtime_ns": 1, "at": "2026-01-01"}).encode(),
        json.dumps({"rel": "/甲.xlsx", "size": 1, "mtime_ns": 1, "at": "2026-01-01"}).encode(),
        json.dumps({"rel": "a\0.xlsx", "size": 1, "mtime_ns": 1, "at": "2026-01-01"}).encode(),
        json.dumps({"rel": "a.exe", "size": 1, "mtime_ns": 1, "at": "2026-01-01"}).encode(),
    ],
)
def test_a_claim_that_lies_is_a_file_of_its_own_name(tmp_path: Path, told: bytes) -> None:
    """Others can write into the inbox: no path leads out of it, and no file is lost for it."""
    room = Room.at(tmp_path)
    folder = room.folder / "cafe"
    folder.mkdir(parents=True)
    (folder / "claim.json").write_bytes(told)
    (folder / "original.xlsx").write_bytes(b"content")
    assert [str(claim.rel) for claim in room.claims()] == ["cafe.xlsx"]


def test_a_link_is_no_claim(tmp_path: Path) -> None:
    """Or a unit could have any file of the machine returned to it."""
    room = Room.at(tmp_path)
    folder = room.folder / "cafe"
    folder.mkdir(parents=True)
    (folder / "original.xlsx").symlink_to("/etc/passwd")
    assert room.claims() == []
