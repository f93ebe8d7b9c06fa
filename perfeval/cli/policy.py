"""`perfeval policy show`: the parameters of a region and year, and where each came from."""

from __future__ import annotations

from pathlib import Path

import click

from perfeval.cli import options
from perfeval.cli.groups import Group
from perfeval.texts import Lang, Text

HEADERS = (
    Text("参数", "parameter"),
    Text("取值", "value"),
    Text("含义", "meaning"),
    Text("出处", "source"),
    Text("起始年度", "from"),
    Text("依据", "basis"),
)


@click.group("policy", cls=Group)
def command() -> None:
    """各地各年度的评分口径。

    Policies: parameters of a region and year, with their sources.

    \b
    perfeval policy show 310118 2021
    """


@command.command("show")
@click.argument("region", shell_complete=options.complete_regions)
@click.argument("year", type=int, required=False)
@click.option("--policy", "own", help=options.POLICY)
@options.language
def show(region: str, year: int | None, own: str | None, lang: Lang) -> int:
    """列出某地某年的每个参数、取值和出处。

    Every parameter of a region and year, its value and where it comes from.

    \b
    perfeval policy show 310118 2021
    perfeval policy show 上海市青浦区 2021
    perfeval policy show 310118 2021 --policy 本单位.toml
    """
    from perfeval import policy
    from perfeval.cli import columns
    from perfeval.config import discover
    from perfeval.rules import catalogue

    office = policy.own(discover(Path.cwd()).policy if own is None else own)
    catalogue(office)  # a rule that the file gets wrong is refused here too
    rows = policy.show(options.place(region), year, own=office)
    columns.show([header(lang) for header in HEADERS], rows)
    return 0
