"""perfeval.toml: the nearest file counts, the command line wins, a wrong key or value is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfeval.config import Config, discover, load
from perfeval.errors import UsageError


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    """A folder without a file of its own takes its parent's."""
    (tmp_path / "perfeval.toml").write_text(
        'region = "310118"\nselect = ["S", "F"]\n', encoding="utf-8"
    )
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    config = discover(below)
    assert (config.region, config.select) == ("310118", ("S", "F"))


def test_the_command_line_wins() -> None:
    """An option that is given replaces the setting; one that is not leaves it."""
    config = Config(region="310118", year=2020).with_options(year=2021, region=None)
    assert (config.region, config.year) == ("310118", 2021)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('regoin = "310118"', "region"),
        ('fail_on = "fatal"', "fail_on"),
        ('year = "2021"', "year"),
        ("jobs = 0", "jobs"),
        ("region = 310118", "region"),
        ("lang = 'fr'", "lang"),
        ("[", "无法读取配置"),
    ],
)
def test_a_wrong_key_or_value_is_named(tmp_path: Path, text: str, says: str) -> None:
    """Unknown keys name the nearest known one; wrong values name the key."""
    path = tmp_path / "perfeval.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        load(path)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    """A policy named in the file is found from wherever perfeval is called."""
    (tmp_path / "perfeval.toml").write_text('policy = "own.toml"', encoding="utf-8")
    assert Path(load(tmp_path / "perfeval.toml").policy) == tmp_path / "own.toml"
