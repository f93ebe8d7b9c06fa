"""Options that several commands share, and how they become a Config."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import click

from perfeval.cli.language import of_locale
from perfeval.config import FAIL_ON, Config, discover, load
from perfeval.errors import UsageError
from perfeval.texts import Lang

Command = Callable[..., Any]
LANGS = get_args(Lang)
LOCALE = "locale"  # the origin of a language that nobody set
_LANG = "语言，默认随系统  language, by default that of the system"
POLICY = "本单位的政策文件  a policy file of your own"
_WORTH = 64  # files for which a process of its own pays
_MOST = 8  # processes that the one which shares out the work keeps busy


def paths(command: Command) -> Command:
    return click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
    )(command)


def returned(command: Command) -> Command:
    """--confirm and --templates: what goes back, and how it looks."""
    confirm = click.option(
        "--confirm",
        is_flag=True,
        default=None,
        help="更正稿中也写入需单位确认的更正  also write the fixes that need confirmation",
    )
    templates = click.option(
        "--templates",
        type=click.Path(exists=True, file_okay=False),
        help="本单位的报告模板文件夹  templates of your own",
    )
    return confirm(templates(command))


def settings(command: Command) -> Command:
    """--region … --config, put together into one `config` argument."""

    @functools.wraps(command)
    def called(**arguments: Any) -> Any:
        given = {name: arguments.pop(name) for name in _NAMES}
        password_file = arguments.pop("password_file")
        base = _base(arguments.pop("config_path"))
        if password_file:
            lines = password_file.read_text(encoding="utf-8-sig").splitlines()
            given["passwords"] = tuple(line for line in lines if line)
        config = base.with_options(**given)
        if config.region:
            config = replace(config, region=place(config.region))
        return command(**arguments, config=config)

    wrapped: Command = called
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def with_processes(config: Config, files: int) -> Config:
    """With as many processes as pay for so many files, where their number was not told."""
    if config.jobs or config.scheduler:
        return config
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return config.with_options(jobs=max(1, min(able or 1, files // _WORTH, _MOST)))


def _base(path: Path | None) -> Config:
    """Settings of the file that is named, else the nearest; in the language of the locale unless
    the file says.
    """
    base = load(path) if path else discover(Path.cwd())
    return base if "lang" in base.origins else base.with_options(lang=of_locale(), origin=LOCALE)


def language(command: Command) -> Command:
    """--lang, as the argument `lang`: that option, else perfeval.toml, else the locale."""

    def told(_: click.Context, __: click.Parameter, value: Lang | None) -> Lang:
        return value or _base(None).lang

    return click.option("--lang", type=click.Choice(LANGS), callback=told, help=_LANG)(command)


def place(region: str) -> str:
    """The code of a place of which the code or the name is given; a policy's name stays as it is.

    Raises UsageError naming the nearest place.
    """
    from perfeval.policy.files import shipped_codes
    from perfeval.regions import ancestors, nearest, region_code

    policies = [name for name in shipped_codes() if not name.isdigit()]
    if region in policies:
        return region
    if code := region_code(region):
        return code
    near = nearest(region)
    hint = f"，是否应为 {near}（did you mean {near}?）" if near else ""
    if len(region) == 6 and region.isdecimal() and len(ancestors(region)) > 1:
        # younger than our list, perhaps: the policy of the city or province that it lies in holds
        click.echo(f"注意（note）：名录中没有区划代码 {region}（unlisted code）{hint}", err=True)
        return region
    raise UsageError(
        f"没有地区 {region}（no such region）{hint}；应为六位区划代码、地名全称，"
        f"或 {'、'.join(policies)}（a code, a full name, or one of these）"
    )


def complete_codes(_: click.Context, __: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from perfeval.rules import catalogue

    head, comma, last = incomplete.rpartition(",")
    return [
        CompletionItem(f"{head}{comma}{code}", help=rule.title.zh)
        for code, rule in catalogue().items()
        if code.startswith(last.upper())
    ]


def complete_regions(_: click.Context, __: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from perfeval.regions import places

    found = ((code, name) for code, name in places() if code.startswith(incomplete))
    return [CompletionItem(code, help=name) for code, name in islice(found, 60)]


def _codes(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:
    return (
        tuple(code for item in value for code in item.replace("，", ",").split(",") if code) or None
    )


def _of_codes(name: str, words: str) -> Callable[[Command], Command]:
    return click.option(
        name, multiple=True, callback=_codes, metavar="CODES", help=words,
        shell_complete=complete_codes,
    )  # fmt: skip


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS: list[Callable[[Command], Command]] = [
    click.option(
        "--region",
        shell_complete=complete_regions,
        help="行政区划代码或地名，如 310118，默认从表中识别  code or name of the region",
    ),
    click.option("--year", type=int, help="评价年度，默认从表中识别  year of the run"),
    _of_codes("--select", "只用这些规则，如 S,F102  only these rules"),
    _of_codes("--ignore", "不用这些规则  not these rules"),
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="到此级别即以 1 退出，默认 error  exit 1 from this level on",
    ),
    click.option("--lang", type=click.Choice(LANGS), help=_LANG),
    click.option("--jobs", type=int, help="并行进程数，默认由文件数和处理器数决定  processes"),
    click.option("--policy", help=POLICY),
    click.option("--register", help="批复项目清单，找出未报送、重复和预算不符  approved projects"),
    click.option(
        "--previous",
        help="上年的报送或结果文件夹，与上年比较目标和文字  last year's submissions or results",
    ),
    click.option("--waivers", help="经签字同意的例外  findings that were signed for"),
    click.option("--password-file", type=_FILE, help="逐行列出密码的文件  passwords, one a line"),
    click.option(
        "--config", "config_path", type=_FILE, help="配置文件，默认就近的 perfeval.toml  settings"
    ),
]
_NAMES = (
    "region", "year", "select", "ignore", "fail_on", "lang", "jobs", "policy", "register",
    "waivers", "previous",
)  # fmt: skip
