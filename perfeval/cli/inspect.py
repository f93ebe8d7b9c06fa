"""`perfeval inspect`: how a sheet was understood."""

from __future__ import annotations

from pathlib import Path

import click

from perfeval.cli import options
from perfeval.config import Config


@click.command("inspect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="输出格式  output format",
)
@options.settings
def command(file: Path, form: str, config: Config) -> int:
    """逐格说明表格是怎样读出来的：字段、单元格、原文、取值。

    How the sheet was understood: each field, its cell, its raw text, its value.

    \b
    perfeval inspect 某表.xlsx
    perfeval inspect 某表.xlsx --format html > 读取.html
    """
    from perfeval.pipeline import read_chunk, unit_workbook
    from perfeval.read.locks import unlocked
    from perfeval.report.inspect_out import inspect_json, inspect_lines
    from perfeval.report.inspect_picture import inspect_html
    from perfeval.sources import single

    source = single(file)
    tables, _ = read_chunk([source], config)
    if form == "json":
        click.echo(inspect_json(tables, source.name), nl=False)
    elif form == "html" and not tables.forms.empty:
        data, _ = unlocked(source.read(), config.passwords)
        workbook, _ = unit_workbook(data, source.name, config)
        page = inspect_html(tables, workbook, lang=config.lang, templates=config.templates)
        click.echo(page.encode(), nl=False)
    else:
        for line in inspect_lines(tables, source.name, config.lang):
            click.echo(line)
    if tables.forms.empty:
        click.echo(f"{source.name}：{tables.files[f'detail_{config.lang}'].iat[0]}", err=True)
        return 3
    return 0
