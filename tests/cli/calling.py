"""The command line called as a user calls it: exit code, standard output, standard error."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from perfeval.cli import main

SAMPLES = Path(__file__).parents[2] / "sample_workbooks"
SEED = next(SAMPLES.glob("青浦*.xlsx"))


class Called(NamedTuple):
    code: int
    out: str
    err: str


class Caller:
    """`call("check", path)`; the folder and environment are those of the test."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *args: str | Path) -> Called:
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(arg) for arg in args])
        assert isinstance(end.value.code, int)
        return Called(end.value.code, *self.capsys.readouterr())
