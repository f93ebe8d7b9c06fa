"""A share that goes away at a known moment of an answer; test_faults.py has it at any moment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfeval.config import Config
from perfeval.watch import Event, Settings, answering, watch
from tests.test_cli import CLEAN

STEPS = (
    "digest", "state_of", "reserve", "find", "check", "write_all", "receipt", "write_whole", "keep",
)  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_the_inbox_goes_away_before_a_step(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watcher goes on; what it held is answered once when the share is back."""
    inbox, out, away = tmp_path / "in", tmp_path / "out", tmp_path / "away"
    inbox.mkdir()
    for name in ("甲.xlsx", "乙.xlsx"):
        (inbox / name).write_bytes(CLEAN.read_bytes() + name.encode())
    told = Settings(inbox, out, out, still=0, interval=0.05, once=True)
    config = Config(select=("S101",))
    before, said = getattr(answering, step), list[str]()

    def vanishing(*args: object, **kwargs: object) -> object:
        if inbox.exists():
            inbox.rename(away)
        return before(*args, **kwargs)

    def tell(event: Event) -> None:
        said.append(event.kind)

    with monkeypatch.context() as patch:
        patch.setattr(answering, step, vanishing)
        gone = watch(told, config, tell, stopping=lambda: said.count("inbox_away") > 0)
    assert away.exists(), "the step was never taken"
    away.rename(inbox)
    back = watch(told, config, tell, stopping=lambda: False)
    assert gone["returned"] + back["returned"] == 2
    assert not list(inbox.rglob("*.xlsx"))
    assert len(json.loads((out / "results.json").read_bytes())["files"]) == 2
    assert len(list((out / "存档").rglob("*.xlsx"))) == 2
