"""Which language is spoken, and a command's help in it.

A command's help is written Chinese first: an option's as 中文  English, parted by two blanks, a
command's docstring as a Chinese paragraph, an English one, then examples.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Mapping

import click

from perfeval.cli.help_text import Chinese, English
from perfeval.texts import Lang, Text

_PARTED = re.compile(r" {2,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_EXAMPLES = "\b"


def of_locale(environment: Mapping[str, str] = os.environ) -> Lang:
    """English where the locale is neither Chinese nor the neutral one (C, POSIX, none)."""
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = re.split(r"[_.@]", next(filter(None, names), "C"))[0]
    return "zh" if language.lower() in ("c", "posix", "zh", "") else "en"


def option_help(text: str) -> Text:
    """The two halves of an option's help; one that has no English half is the same in both."""
    halves = _PARTED.split(text.strip(), maxsplit=1)
    return Text(halves[0], halves[-1])


def command_help(text: str) -> tuple[Text, str]:
    """What a command does, and its examples, of a docstring."""
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    examples = "\n\n".join(part for part in paragraphs if part.lstrip().startswith(_EXAMPLES))
    said = [part.strip() for part in paragraphs if not part.lstrip().startswith(_EXAMPLES)]
    if len(said) == 1 and _PARTED.search(said[0]):
        return option_help(said[0]), examples
    chinese = [part for part in said if _HAN.search(part)]
    english = [part for part in said if not _HAN.search(part)]
    return Text("\n\n".join(chinese or english), "\n\n".join(english or chinese)), examples


def spoken(command: click.Command, lang: Lang) -> click.Command:
    """The command with its help in English only, or as it is: Chinese with English beside."""
    made = copy.copy(command)
    made.context_class = Chinese if lang == "zh" else English
    if isinstance(made, click.Group):
        made.commands = {name: spoken(sub, lang) for name, sub in made.commands.items()}
    if lang == "en":
        said, examples = command_help(command.help or "")
        made.help = "\n\n".join(filter(None, (said.en, examples)))
        made.params = [_spoken(parameter) for parameter in command.params]
    return made


def _spoken(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    made = copy.copy(parameter)
    made.help = option_help(parameter.help).en
    return made
