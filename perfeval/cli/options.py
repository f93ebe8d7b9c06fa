"""Options that several commands share, and how they become a Config."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from perfeval.config import FAIL_ON, Config, discover, load

Command = Callable[..., Any]
POLICY = "本单位的政策文件  a policy file of your own"
LEVELS = ("error", "warning", "info")


def paths(command: Command) -> Command:
    return click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
    )(command)


def settings(command: Command) -> Command:
    """--region … --config, put together into one `config` argument."""

    @functools.wraps(command)
    def called(**arguments: Any) -> Any:
        given = {name: arguments.pop(name) for name in _NAMES}
        password_file = arguments.pop("password_file")
        path = arguments.pop("config_path")
        base = load(path) if path else discover(Path.cwd())
        if password_file:
            lines = password_file.read_text(encoding="utf-8-sig").splitlines()
            given["passwords"] = tuple(line for line in lines if line)
        return command(**arguments, config=base.with_options(**given))

    wrapped: Command = called
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _codes(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...] | None:
    return (
        tuple(code for item in value for code in item.replace("，", ",").split(",") if code) or None
    )


def _of_codes(name: str, words: str) -> Callable[[Command], Command]:
    return click.option(name, multiple=True, callback=_codes, metavar="CODES", help=words)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS: list[Callable[[Command], Command]] = [
    click.option(
        "--region", help="行政区划代码，如 310118，默认从表中识别  region code (GB/T 2260)"
    ),
    click.option("--year", type=int, help="评价年度，默认从表中识别  year of the run"),
    _of_codes("--select", "只用这些规则，如 S,F102  only these rules"),
    _of_codes("--ignore", "不用这些规则  not these rules"),
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="到此级别即以 1 退出，默认 error  exit 1 from this level on",
    ),
    click.option("--lang", type=click.Choice(["zh", "en"]), help="消息语言  language of messages"),
    click.option("--jobs", type=int, help="并行进程数  processes"),
    click.option("--policy", help=POLICY),
    click.option("--register", help="批复项目清单，找出未报送、重复和预算不符  approved projects"),
    click.option("--waivers", help="经签字同意的例外  findings that were signed for"),
    click.option("--password-file", type=_FILE, help="逐行列出密码的文件  passwords, one a line"),
    click.option(
        "--config", "config_path", type=_FILE, help="配置文件，默认就近的 perfeval.toml  settings"
    ),
]
_NAMES = (
    "region", "year", "select", "ignore", "fail_on", "lang", "jobs", "policy", "register",
    "waivers",
)  # fmt: skip


def exit_code(files: list[Any], config: Config) -> int:
    """3 if a file was unreadable or nothing was checked, 1 if a finding reaches `fail_on`."""
    if any(f.status == "unreadable" for f in files) or not any(f.forms for f in files):
        return 3
    if config.fail_on == "never":
        return 0
    barred = LEVELS[: LEVELS.index(config.fail_on) + 1]
    found = (finding for f in files for finding in f.all_findings() if not finding.trial)
    return int(any(finding.level in barred for finding in found))
