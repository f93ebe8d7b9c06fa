"""Folders and files that fail at a known moment of an answer; test_faults.py has it at any moment.

The watcher goes on, nothing is lost, and what it held is answered once when all is well again.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval import convert
from perfeval.config import Config
from perfeval.ledger import open_ledger
from perfeval.watch import Event, Settings, answering, watch
from tests.test_cli import CLEAN

STEPS = (
    "digest", "state_of", "stand", "reserve", "find", "check", "write_all", "receipt",
    "write_whole", "keep",
)  # fmt: skip
# As some programs save an .xls: LibreOffice converts it, where it is installed.
OLD = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Row><Cell>
<Data ss:Type="String">项目支出绩效自评表</Data></Cell></Row></Table></Worksheet></Workbook>"""


def packed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.write(CLEAN, "一.xlsx")
        package.writestr("二.xlsx", CLEAN.read_bytes()[:3000])
    return buffer.getvalue()


GOOD = CLEAN.read_bytes()
KINDS = {"甲.xlsx": GOOD, "甲.zip": packed(), "甲.xls": OLD.encode(), "甲坏.xlsx": GOOD[:3000]}


class Desk:
    """Folders, a ledger outside of them, and a watcher that ends when it would wait."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.inbox, self.out, self.archive = (folder / name for name in ("in", "out", "kept"))
        self.inbox.mkdir()
        self.config = Config(select=("S101",), ledger=str(folder / "l.sqlite"), **settings)  # type: ignore[arg-type]  # texts
        self.said: list[Event] = []

    def watch(self, until: str = "") -> int:
        """How many files were answered until something of this kind was said, or all is done."""
        told = Settings(self.inbox, self.out, self.archive, still=0, interval=0.05, once=True)
        begun = len(self.said)

        def stopping() -> bool:
            return any(event.kind == until for event in self.said[begun:])

        done = watch(told, self.config, self.said.append, stopping=stopping)
        return done["returned"] + done["rejected"]

    def count(self, kind: str) -> int:
        return sum(event.kind == kind for event in self.said)

    def drop(self, name: str, content: bytes) -> None:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def is_done(self, *contents: bytes) -> None:
        """Every content was kept once, entered once and listed, and nothing waits."""
        assert below(self.inbox) == []
        kept = [data for data, name in below(self.archive) if not name.endswith("_原因.txt")]
        assert sorted(kept) == sorted(contents)
        with open_ledger(self.config.ledger) as ledger:
            entered = [row[0] for row in ledger.rows("rounds")]
        listed = json.loads((self.out / "results.json").read_bytes())["files"]
        assert len(entered) == len(listed)
        assert all((self.out / name).is_file() for e in listed for name in e["outputs"].values())


def below(folder: Path) -> list[tuple[bytes, str]]:
    """Contents and names of the files below a folder, but for what the watcher knows itself."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    ours = ("alive", "claim.json", "unlisted")
    return [(p.read_bytes(), p.name) for p in found if p.name not in ours]


def at(step: str, happens: Callable[[], None], patch: pytest.MonkeyPatch) -> None:
    """Before a step of answering is taken for the first time, something happens."""
    before, calls = getattr(answering, step), iter([happens])

    def stepping(*args: object, **kwargs: object) -> object:
        for call in calls:
            call()
        return before(*args, **kwargs)

    patch.setattr(answering, step, stepping)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Without LibreOffice, that takes seconds."""
    monkeypatch.setattr(convert, "converter", lambda: None)
    return Desk(tmp_path)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("step", STEPS)
def test_the_inbox_goes_away_before_a_step(
    step: str, name: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever kind of file was claimed."""
    desk.drop(name, KINDS[name])
    desk.drop("乙.xlsx", GOOD + b"2")
    away = desk.inbox.with_name("away")
    with monkeypatch.context() as patch:
        at(step, lambda: desk.inbox.rename(away) and None, patch)
        answered = desk.watch(until="inbox_away")
    assert away.exists(), "the step was never taken"
    away.rename(desk.inbox)
    assert answered + desk.watch() == 2
    desk.is_done(KINDS[name], GOOD + b"2")


@pytest.mark.parametrize("what", ["out", "archive"])
@pytest.mark.parametrize("step", STEPS)
def test_a_share_goes_away_before_a_step(
    step: str, what: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty folder is left in its place, as below a mount: no original is moved into that."""
    desk.drop("甲.xlsx", GOOD)
    desk.drop("甲坏.xlsx", GOOD[:3000])
    share: Path = getattr(desk, what)
    away = share.with_name("away")

    def vanish() -> None:
        share.rename(away)
        share.mkdir()

    with monkeypatch.context() as patch:
        at(step, vanish, patch)
        answered = desk.watch(until="out_away")
    assert away.exists(), "the step was never taken"
    assert not {GOOD, GOOD[:3000]} & {content for content, _ in below(share)}
    shutil.rmtree(share)
    away.rename(share)
    assert answered + desk.watch() == 2
    desk.is_done(GOOD, GOOD[:3000])
