"""`perfeval policy show`: the parameters of a region and year, and where each came from."""

from __future__ import annotations

from pathlib import Path

import click

from perfeval.cli.options import POLICY


@click.group("policy")
def command() -> None:
    """各地各年度的评分口径。  Policies: parameters and their sources."""


@command.command("show")
@click.argument("region")
@click.argument("year", type=int, required=False)
@click.option("--policy", "own", help=POLICY)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="消息语言  language")
def show(region: str, year: int | None, own: str | None, lang: str) -> int:
    """列出某地某年的每个参数、取值和出处。  Every parameter with its source.

    \b
    perfeval policy show 310118 2021
    perfeval policy show 310118 2021 --policy 本单位.toml
    """
    from rich.console import Console
    from rich.table import Table

    from perfeval import policy
    from perfeval.config import discover
    from perfeval.rules import catalogue

    table = Table("参数", "取值", "含义", "出处", "起始年度", box=None, header_style="bold")
    office = policy.own(discover(Path.cwd()).policy if own is None else own)
    catalogue(office)  # a rule that the file gets wrong is refused here too
    for row in policy.show(region, year, own=office):
        table.add_row(*(str(value) for value in row))
    Console().print(table)
    return 0
