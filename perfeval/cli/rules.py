"""`perfeval rules`: the catalogue, or one rule's page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from perfeval.cli import options
from perfeval.texts import Lang


@click.command("rules")
@click.argument("code", required=False, shell_complete=options.complete_codes)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "xlsx"]),
    default="text",
    show_default=True,
    help="输出格式  output format",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到（xlsx 必填）  write to",
)
@click.option("--policy", "own", help=options.POLICY)
@options.language
def command(
    code: str | None,
    form: Literal["text", "md", "json", "xlsx"],
    output: Path | None,
    own: str | None,
    lang: Lang,
) -> int:
    """规则目录，或一条规则的说明：查什么、怎样算、依据、示例。

    The catalogue, or the page of one rule.

    \b
    perfeval rules
    perfeval rules S101
    perfeval rules X001 --policy 本单位.toml
    perfeval rules --format xlsx -o 规则目录.xlsx
    """
    from perfeval import policy
    from perfeval.config import discover
    from perfeval.outbox import write_whole
    from perfeval.rules import chosen, page

    office = policy.own(discover(Path.cwd()).policy if own is None else own)
    if form == "xlsx":
        from perfeval.report.catalogue_book import catalogue_book

        if output is None or code:
            raise click.UsageError("xlsx 只用于整个目录，并须用 -o 指定文件（needs -o, no CODE）")
        data = catalogue_book(page.catalogue_rows(lang, office))
    elif code:
        rules = chosen([code], office=office)
        data = "\n".join(page.rule_page(rule, lang, form) for rule in rules).encode()
    else:
        data = page.catalogue_text(lang, form, office).encode()
    if output:
        write_whole(output, data)
    else:
        click.echo(data.rstrip(b"\n") + b"\n", nl=False)
    return 0
