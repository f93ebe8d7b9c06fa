"""How much of a file is read may be set in perfeval.toml, and what is above it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfeval.batch import check_all
from perfeval.config import load
from perfeval.errors import UsageError
from perfeval.sources import find
from tests.test_cli import SEED


def test_a_smaller_limit_refuses_a_file(tmp_path: Path) -> None:
    """The reason names the limit."""
    (tmp_path / "perfeval.toml").write_text("[limits]\nfile_bytes = 1000\n", encoding="utf-8")
    (outcome,) = check_all(find([SEED]), load(tmp_path / "perfeval.toml"), lambda _: None)
    assert outcome.result.status == "unreadable"
    assert "过大" in (outcome.result.reason or "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[limits]\nfile_byte = 1\n", "file_bytes"),
        ("[limits]\nrows = 0\n", "limits.rows"),
        ("[limits]\nrows = true\n", "limits.rows"),
        ("limits = 3\n", "limits"),
    ],
)
def test_a_limit_that_is_none_is_a_wrong_call(tmp_path: Path, text: str, says: str) -> None:
    """File and key are named, and the nearest that is known."""
    (tmp_path / "perfeval.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        load(tmp_path / "perfeval.toml")
