"""Help: examples in each command, groups in the order of the work, lines that fit, one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import click
import pytest

from perfeval.cli.help_text import folded, width
from perfeval.cli.language import command_help, of_locale, option_help, spoken
from perfeval.cli.main import COMMANDS, GROUPS, command_of, group
from perfeval.texts import Lang
from tests.cli.calling import Caller

HAN = re.compile(r"[\u3400-\u9fff]")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by how it is called."""
    for name in COMMANDS:
        yield from _of(name, command_of(name))


def _of(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for sub, below in command.commands.items():
            yield from _of(f"{name} {sub}", below)
    else:
        yield name, command


ALL = dict(commands())


@pytest.mark.parametrize("name", ALL)
def test_a_command_shows_how_it_is_called(name: str) -> None:
    """Each has an example that begins with its own name, and says what it does in two languages."""
    said, examples = command_help(ALL[name].help or "")
    assert f"perfeval {name}" in examples
    assert HAN.search(said.zh)
    assert not HAN.search(said.en)


@pytest.mark.parametrize("name", ALL)
def test_an_option_says_what_it_does(name: str) -> None:
    """In Chinese, and in English behind two blanks."""
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option):
            said = option_help(parameter.help or "")
            assert HAN.search(said.zh), parameter.name
            assert said.en and not HAN.search(said.en), parameter.name


def test_groups_follow_the_work(call: Caller) -> None:
    """Titles in their order, each command once below its own."""
    shown = call("--help").out
    places = [shown.index(f"{title.zh}  {title.en}") for title in GROUPS]
    assert places == sorted(places)
    assert all(len(re.findall(rf"^  {name} ", shown, re.MULTILINE)) == 1 for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", get_args(Lang))
def test_what_is_said_of_a_command_is_what_it_says(name: str, lang: Lang) -> None:
    """In the list of all, the beginning of its own help."""
    assert COMMANDS[name](lang) == spoken(command_of(name), lang).get_short_help_str(200)


def test_every_command_is_in_a_group() -> None:
    """None is hidden in the folder of commands."""
    assert list(group.list_commands(click.Context(group))) == list(COMMANDS)


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_US.UTF-8"])
@pytest.mark.parametrize("name", ["", *ALL])
def test_no_line_is_wider_than_the_terminal(
    name: str, locale: str, call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chinese letters count two columns; examples alone are never folded."""
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("COLUMNS", "80")
    shown = call(*name.split(), "--help").out
    wide = [line for line in shown.splitlines() if width(line) > 80]
    assert all(line.lstrip().startswith("perfeval ") for line in wide)


def test_english_help_is_english(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the locale is, only names of files in examples are Chinese."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    shown = call("check", "--help").out
    assert "what the copies would change" in shown
    lines = [line for line in shown.splitlines() if not line.lstrip().startswith("perfeval")]
    assert not HAN.search("\n".join(lines))


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "en_US", "LC_ALL": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_the_locale_tells_the_language(environment: dict[str, str], lang: str) -> None:
    """LC_ALL before LC_MESSAGES before LANG; the neutral locale speaks Chinese."""
    assert of_locale(environment) == lang


def test_lines_are_folded_by_their_width() -> None:
    """Between Chinese letters, at blanks, never before a full stop; nothing is lost."""
    text = "只检查，不写任何文件；问题逐行列出。 Check only: nothing is written"
    lines = list(folded(text, 20))
    assert lines == [
        "只检查，不写任何文件；",
        "问题逐行列出。 Check",
        "only: nothing is",
        "written",
    ]
