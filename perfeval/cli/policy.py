"""`perfeval policy show`: the parameters of a region and year, and where each came from."""

from __future__ import annotations

import click


@click.group("policy")
def command() -> None:
    """各地各年度的评分口径。  Policies: parameters and their sources."""


@command.command("show")
@click.argument("region")
@click.argument("year", type=int, required=False)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="消息语言  language")
def show(region: str, year: int | None, lang: str) -> int:
    """列出某地某年的每个参数、取值和出处。  Every parameter with its source.

    \b
    perfeval policy show 310118 2021
    """
    from rich.console import Console
    from rich.table import Table

    from perfeval import policy

    table = Table("参数", "取值", "含义", "出处", "起始年度", box=None, header_style="bold")
    for row in policy.show(region, year):
        table.add_row(*(str(value) for value in row))
    Console().print(table)
    return 0
