"""python -m perfeval.cli.reference DIR: every command's help and every setting, as Markdown."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from perfeval.cli.init import commented
from perfeval.cli.language import command_help, option_help
from perfeval.cli.main import GROUPS, command_of, group
from perfeval.cli.settings import SETTINGS, default_text
from perfeval.texts import Lang, Text

FILES: Mapping[Lang, str] = {"zh": "README.md", "en": "README.en.md"}
TITLE = Text("命令与配置", "Commands and settings")
NOTE = Text(
    "由程序本身生成（`python -m perfeval.cli.reference docs/reference`），请勿手改。",
    "Made from the program itself (`python -m perfeval.cli.reference docs/reference`).",
)
OPTIONS = Text("| 选项 | 说明 |", "| Option | Meaning |")
DEFAULT = Text("（默认 {value}）", " (default {value})")
REQUIRED = Text("（必填）", " (required)")
SETTINGS_TITLE = Text("配置文件 perfeval.toml", "The file perfeval.toml")
SETTINGS_NOTE = Text(
    "取离工作文件夹最近的一份，逐级向上找；命令行上的选项优先。相对路径从配置文件所在的文件夹算起。"
    "未知的项会被拒绝，并提示最接近的一项。",
    "The nearest one counts, from the working folder upwards; options on the command line win. "
    "Relative paths start at the file's own folder. Unknown keys are refused with the nearest one.",
)
SETTINGS_HEAD = Text("| 设置 | 含义 | 默认 |", "| Setting | Meaning | Default |")
WHOLE = Text("`perfeval init` 写出的文件：", "The file that `perfeval init` writes:")
CODES_TITLE = Text("退出码", "Exit codes")
CODES = Text(
    "| 退出码 | 含义 |\n|---|---|\n"
    "| 0 | 没有达到 `--fail-on`（默认 error）的问题 |\n"
    "| 1 | 有 |\n"
    "| 2 | 命令或配置有误 |\n"
    "| 3 | 有文件读不出，或什么也没有检查到；其余文件照常完成 |\n"
    "| 130 | 被中断，已完成的结果有效 |",
    "| Exit code | Meaning |\n|---|---|\n"
    "| 0 | nothing at or above `--fail-on` (default error) |\n"
    "| 1 | there is |\n"
    "| 2 | wrong call or settings |\n"
    "| 3 | a file could not be read, or nothing was checked; all other files are done |\n"
    "| 130 | interrupted; what is done is valid |",
)


def reference(lang: Lang) -> str:
    """One page: the commands by group, exit codes, settings."""
    parts = [f"# {TITLE(lang)}", NOTE(lang)]
    ctx = click.Context(group, info_name="perfeval")
    for title, names in GROUPS.items():
        parts.append(f"## {title(lang)}")
        for name in names:
            parts += _command(command_of(name), ctx, lang)
    parts += [f"## {CODES_TITLE(lang)}", CODES(lang)]
    parts += [f"## {SETTINGS_TITLE(lang)}", SETTINGS_NOTE(lang), _settings(lang)]
    parts += [WHOLE(lang), f"```toml\n{commented(lang).rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def _command(command: click.Command, parent: click.Context, lang: Lang) -> Iterator[str]:
    ctx = click.Context(command, info_name=command.name, parent=parent)
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            sub = command.get_command(ctx, name)
            assert sub is not None
            yield from _command(sub, ctx, lang)
        return
    said, examples = command_help(textwrap.dedent(command.help or ""))
    yield f"### {ctx.command_path}"
    yield said(lang)
    usage = " ".join([ctx.command_path, *command.collect_usage_pieces(ctx)])
    shown = (line.strip() for line in examples.replace("\b", "").splitlines())
    yield "\n".join(["```text", usage, "", *filter(None, shown), "```"])
    rows = [row for parameter in command.params for row in _row(parameter, ctx, lang)]
    if rows:
        yield "\n".join([OPTIONS(lang), "|---|---|", *rows])


def _row(parameter: click.Parameter, ctx: click.Context, lang: Lang) -> Iterator[str]:
    if not isinstance(parameter, click.Option) or parameter.hidden:
        return
    names = ", ".join(parameter.opts)
    kind = "" if parameter.is_flag else f" {parameter.make_metavar(ctx)}"
    said = option_help(parameter.help or "")(lang)
    more = REQUIRED(lang) if parameter.required else ""
    if parameter.show_default and isinstance(parameter.default, str | int):
        more += DEFAULT(lang, value=parameter.default)
    yield "| " + " | ".join(_cell(text) for text in (f"`{names}{kind}`", said + more)) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _settings(lang: Lang) -> str:
    rows = [
        f"| `{name}` | {setting.means(lang)} | {_code(default_text(name))} |"
        for name, setting in SETTINGS.items()
    ]
    return "\n".join([SETTINGS_HEAD(lang), "|---|---|---|", *rows])


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def main(folder: Path) -> None:
    """Write the page in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang, name in FILES.items():
        (folder / name).write_text(reference(lang), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
