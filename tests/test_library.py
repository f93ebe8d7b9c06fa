"""perfeval as a library: its examples run, its names are there, a call leaves nothing behind."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pandas as pd
import pytest

import perfeval
from perfeval.errors import UsageError

ROOT = Path(__file__).parent.parent
SEED = next((ROOT / "sample_workbooks").glob("青浦*.xlsx"))
WITH_EXAMPLES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((ROOT / "perfeval").rglob("*.py"))
    if "\n>>> " in path.read_text(encoding="utf-8").replace("    ", "")
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_an_example_is_true(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands in the docstring, called from the folder that holds sample_workbooks."""
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_examples_of_the_library_are_among_them() -> None:
    """Those of the package and of its functions."""
    assert {"perfeval", "perfeval.api", "perfeval.policy.policy"} <= set(WITH_EXAMPLES)


@pytest.mark.parametrize("name", perfeval.__all__)
def test_what_is_offered_is_there(name: str) -> None:
    """Each name comes on first use, and has a docstring."""
    assert getattr(perfeval, name).__doc__


def test_a_check_prints_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever it finds, a file that cannot be read among it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.xlsx").write_bytes(SEED.read_bytes()[:3000])
    result = perfeval.check([SEED, tmp_path / "broken.xlsx"])
    assert [file.status for file in result.files] == ["error", "unreadable"]
    assert capsys.readouterr() == ("", "")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.xlsx"]


def test_run_gives_what_it_wrote(tmp_path: Path) -> None:
    """The same findings as check, and the names of the outputs."""
    result = perfeval.run(SEED, tmp_path)
    (file,) = result.files
    assert all((tmp_path / name).is_file() for name in file.outputs.values())
    assert result.findings == perfeval.check(SEED).findings


def test_a_policy_of_ones_own(tmp_path: Path) -> None:
    """The same file as --policy takes; one that is not there is wrong usage."""
    own = tmp_path / "own.toml"
    own.write_text('name = "某局"\n\n[rules.S101]\noff = "另行核对"\n', encoding="utf-8")
    codes = {finding.code for finding in perfeval.check(SEED, policy=own).findings}
    assert "S101" not in codes
    with pytest.raises(UsageError, match=r"none\.toml"):
        perfeval.check(SEED, policy=tmp_path / "none.toml")


def test_frames_are_ready_for_a_notebook() -> None:
    """A row a finding, the tables beside it; none is shared with the next call."""
    result = perfeval.check(SEED)
    frames = result.frames()
    assert len(frames["findings"]) == len(result.findings)
    assert {"forms", "funds", "indicators", "cells"} <= set(frames)
    assert all(isinstance(frame, pd.DataFrame) for frame in frames.values()), list(frames)
    assert frames["indicators"] is not result.frames()["indicators"]
    assert perfeval.check(SEED).frames()["findings"].equals(frames["findings"])
