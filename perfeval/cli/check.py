"""`perfeval check`: findings only; nothing is written."""

from __future__ import annotations

from pathlib import Path

import click

from perfeval.cli import options
from perfeval.config import Config


@click.command("check")
@options.paths
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv", "sarif", "junit"]),
    default="text",
    show_default=True,
    help="输出格式  output format",
)
@click.option("--statistics", is_flag=True, help="各规则的问题数  count by rule")
@click.option("--quiet", "-q", is_flag=True, help="不显示进度和小结  no progress, no closing line")
@options.settings
def command(
    paths: tuple[Path, ...], form: str, statistics: bool, quiet: bool, config: Config
) -> int:
    """只检查，不写任何文件；问题逐行列出。

    Check only: nothing is written, one line a finding.

    \b
    perfeval check 某表.xlsx
    perfeval check 收件夹 --select S,F --format csv > 问题.csv
    """  # fmt: skip
    from perfeval import stamp
    from perfeval.batch import check_all
    from perfeval.cli.printing import counts, progress, say, summary_line
    from perfeval.report.formats import rendered
    from perfeval.sources import find

    sources = find(paths)
    if not sources:
        raise click.UsageError("没有找到可检查的文件（no submissions found）")
    with progress("检查", len(sources), quiet=quiet or form != "text") as advance:
        files = [outcome.result for outcome in check_all(sources, config, advance)]
    stamps = {"tool": stamp.tool(), "rules_hash": stamp.rules_hash()}
    click.echo(rendered(files, form, lang=config.lang, **stamps), nl=False)
    if statistics:
        say(counts(files), quiet=False, err=form != "text")
    if form == "text":
        say(summary_line(files, config.lang), quiet=quiet)
    return options.exit_code(files, config)
