"""perfeval.toml: the nearest file counts, the command line wins, a wrong key or value is named."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval.config import Config, discover, load
from perfeval.errors import UsageError
from tests import form_text


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
        ("jobs = -1", "jobs"),
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


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[limits]\nfile_byte = 1", "是否应为 file_bytes"),
        ("[limits]\ncells = 0", "limits.cells"),
        ("limits = 3", "limits"),
        ('[[waiver]]\nunits = "甲"', "是否应为 unit"),
        ('[[waiver]]\nunit = "甲"', "waiver 1：reason"),
        ("waiver = 3", "waiver"),
        ('[labels.headings]\nproject = ["事项"]', "是否应为 heading"),
        ('[labels.heading]\nprojet = ["事项"]', "是否应为 project"),
        ('[labels.heading]\nproject = "事项"', "labels.heading"),
        ("labels = 3", "labels"),
    ],
)
def test_a_wrong_key_of_a_section_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    """Before anything is checked, with the section and the nearest key."""
    (tmp_path / "perfeval.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    form = tmp_path / "in.txt"
    form.write_text(form_text.text_of({}), encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        perfeval.check(form, config=discover(tmp_path))


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    """A policy named in the file is found from wherever perfeval is called."""
    (tmp_path / "perfeval.toml").write_text('policy = "own.toml"', encoding="utf-8")
    assert Path(load(tmp_path / "perfeval.toml").policy) == tmp_path / "own.toml"
