"""`perfeval config show`: each setting, its value, and where it comes from."""

from __future__ import annotations

import click

from perfeval.cli import options
from perfeval.cli.groups import Group
from perfeval.cli.settings import SETTINGS, written
from perfeval.config import GIVEN, NAME, Config, without_password
from perfeval.texts import Text

HEADERS = (
    Text("设置", "setting"),
    Text("取值", "value"),
    Text("来处", "from"),
    Text("含义", "meaning"),
)
ORIGINS = {
    "": Text("默认", "default"),
    GIVEN: Text("命令行", "command line"),
    options.LOCALE: Text("系统语言", "locale"),
}
NO_FILE = Text(
    f"未找到 {NAME}；perfeval init 可以写一份", f"no {NAME} was found; perfeval init writes one"
)


@click.group("config", cls=Group)
def command() -> None:
    """现在的各项设置。

    The settings that hold.

    \b
    perfeval config show
    """


@command.command("show")
@options.settings
def show(config: Config) -> int:
    """列出每项设置、取值和来处：默认、配置文件、系统语言或命令行。

    Every setting with its value and where it comes from: default, file, locale or command line.

    \b
    perfeval config show
    perfeval config show --config 他处/perfeval.toml --year 2021
    """
    from perfeval.cli import columns

    rows = []
    for name, setting in SETTINGS.items():
        origin = config.origins.get(name, "")
        told = ORIGINS[origin](config.lang) if origin in ORIGINS else origin
        value = getattr(config, name)
        shown = written(without_password(value) if name == "ledger" else value)
        rows.append((name, shown or "—", told, setting.means(config.lang)))
    columns.show([header(config.lang) for header in HEADERS], rows)
    if not config.source:
        click.echo(NO_FILE(config.lang), err=True)
    return 0
