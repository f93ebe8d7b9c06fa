"""init, config show: every setting is explained, and tells where it came from."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from perfeval.cli.options import with_processes
from perfeval.cli.settings import SETTINGS
from perfeval.config import SETTABLE, Config, load
from tests.cli.calling import SEED, Caller


def test_every_setting_is_explained() -> None:
    """What perfeval.toml takes, and what is told of it, are the same."""
    assert set(SETTINGS) == set(SETTABLE)


@pytest.mark.parametrize("name", SETTINGS)
def test_an_example_is_taken(name: str, tmp_path: Path) -> None:
    """The line that stands in the file of `perfeval init`, when its # is taken away."""
    path = tmp_path / "perfeval.toml"
    path.write_text(SETTINGS[name].example, encoding="utf-8")
    assert list(load(path).origins) == [name]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_init_writes_what_changes_nothing(lang: str, call: Caller, tmp_path: Path) -> None:
    """All is commented out; with the signs taken away, all of it is taken."""
    assert call("init", "--lang", lang).code == 0
    path = tmp_path / "perfeval.toml"
    assert not load(path).origins
    path.write_text(re.sub(r"^#(?! )", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert set(load(path).origins) == set(SETTABLE)


def test_init_never_overwrites(call: Caller, tmp_path: Path) -> None:
    """A file that is there stays as it is, exit 2."""
    (tmp_path / "perfeval.toml").write_text("jobs = 3\n", encoding="utf-8")
    done = call("init")
    assert done.code == 2
    assert "已有这个文件" in done.err
    assert (tmp_path / "perfeval.toml").read_text(encoding="utf-8") == "jobs = 3\n"


def test_config_show_says_where_a_value_came_from(call: Caller, tmp_path: Path) -> None:
    """Default, file, locale, or command line, which wins; a place's name has become its code."""
    (tmp_path / "perfeval.toml").write_text(
        'region = "上海市青浦区"\nyear = 2020\njobs = 2\n', encoding="utf-8"
    )
    lines = call("config", "show", "--year", "2021").out.splitlines()
    shown = {line.split()[0]: line.split()[1:3] for line in lines}
    file = str(tmp_path / "perfeval.toml")
    assert shown["region"] == ['"310118"', file]
    assert shown["jobs"] == ["2", file]
    assert shown["year"] == ["2021", "命令行"]
    assert shown["lang"] == ['"zh"', "系统语言"]
    assert shown["fail_on"] == ['"error"', "默认"]


@pytest.mark.parametrize(
    ("locale", "file", "option", "lang"),
    [
        ("C.UTF-8", "", "", "zh"),
        ("en_US.UTF-8", "", "", "en"),
        ("en_US.UTF-8", 'lang = "zh"', "", "zh"),
        ("zh_CN.UTF-8", 'lang = "zh"', "en", "en"),
    ],
)
def test_command_line_beats_file_beats_locale(
    locale: str,
    file: str,
    option: str,
    lang: str,
    call: Caller,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The language of messages."""
    monkeypatch.setenv("LC_ALL", locale)
    (tmp_path / "perfeval.toml").write_text(file, encoding="utf-8")
    given = ["--lang", option] if option else []
    shown = call("check", SEED, *given).out
    assert ("Total is" in shown or "errors" in shown) == (lang == "en")
    assert call("rules", *given).out.startswith("R001  强制") == (lang == "zh")


@pytest.mark.parametrize(
    ("files", "told", "processes"),
    [(1, 0, 1), (127, 0, 1), (128, 0, 2), (200, 0, 3), (90_000, 0, 4), (1, 3, 3), (90_000, 1, 1)],
)
def test_as_many_processes_as_pay(
    files: int, told: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of four processors: one process for 64 files each, unless their number was told."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
    assert with_processes(Config(jobs=told), files).jobs == processes
