"""`perfeval init`: a commented perfeval.toml to start from."""

from __future__ import annotations

from pathlib import Path

import click

from perfeval.cli import options
from perfeval.cli.settings import SETTINGS
from perfeval.config import NAME
from perfeval.errors import UsageError
from perfeval.texts import Lang, Text

HEAD = Text(
    "perfeval 的设置。对本文件夹及其下各级文件夹有效；命令行上的选项优先。\n"
    "去掉行首的 # 即生效；`perfeval config show` 列出现在的各项设置和来处。",
    "Settings of perfeval, for this folder and those below; options on the command line win.\n"
    "Take away the # to set one; `perfeval config show` lists what holds and why.",
)
WRITTEN = Text(
    "已写出 {path}，按需去掉行首的 # 即可", "{path} is written: take away the # of a line"
)


@click.command("init")
@click.argument(
    "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@options.language
def command(folder: Path, lang: Lang) -> int:
    """写一份带说明的 perfeval.toml，已有的不改动。

    Write a commented perfeval.toml into a folder; one that is there is left alone.

    \b
    perfeval init
    perfeval init 收件夹
    """
    path = folder / NAME
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(commented(lang))
    except FileExistsError as error:
        raise UsageError(
            f"{path}：已有这个文件，未作改动（exists, nothing was changed）"
        ) from error
    except OSError as error:
        raise UsageError(f"{path}：无法写入（cannot be written）：{error.strerror}") from error
    click.echo(WRITTEN(lang, path=path))
    return 0


def commented(lang: Lang) -> str:
    """The file: every setting with its meaning, all of them commented out."""
    settings = sorted(SETTINGS.values(), key=lambda setting: setting.is_section)
    parts = (f"{_comment(s.means(lang))}\n{_comment(s.example, '#')}" for s in settings)
    return "\n\n".join((_comment(HEAD(lang)), *parts)) + "\n"


def _comment(text: str, sign: str = "# ") -> str:
    return "\n".join(sign + line for line in text.splitlines())
