"""`perfeval check`: findings only; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfeval.cli import options
from perfeval.config import Config

if TYPE_CHECKING:
    from perfeval.pipeline import Outcome


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
@click.option("--diff", is_flag=True, help="列出更正稿会改哪些单元格  what the copies would change")
@click.option(
    "--confirm",
    is_flag=True,
    default=None,
    help="--diff 也列须单位确认的更正  --diff with the fixes that need confirmation",
)
@click.option("--quiet", "-q", is_flag=True, help="不显示进度和小结  no progress, no closing line")
@options.settings
def command(
    paths: tuple[Path, ...],
    form: str,
    statistics: bool,
    diff: bool,
    confirm: bool | None,
    quiet: bool,
    config: Config,
) -> int:
    """只检查，不写任何文件；问题逐行列出。

    Check only: nothing is written, one line a finding.

    \b
    perfeval check 某表.xlsx
    perfeval check 收件夹 --select S,F --format csv > 问题.csv
    perfeval check 收件夹 --diff                  更正稿会把哪一格从多少改为多少
    perfeval check 收件夹 --statistics -q         各规则各有多少问题
    """
    from perfeval import stamp
    from perfeval.batch import check
    from perfeval.cli.printing import counts, progress, say, summary_line
    from perfeval.previous import last_years
    from perfeval.report.formats import pieces
    from perfeval.sources import find
    from perfeval.tally import Tally

    if diff and form != "text":
        raise click.UsageError("--diff 只用于 --format text（--diff is for text only）")
    config = config.with_options(confirm=confirm)
    sources = find(paths)
    if not sources:
        raise click.UsageError("没有找到可检查的文件（no submissions found）")
    config = options.with_processes(config, len(sources))
    tally = Tally()
    with progress(len(sources), quiet=quiet or form != "text") as advance:
        years = last_years(config)
        outcomes = check(sources, config, lambda n: advance("check", n), years=years)
        if diff:
            told = list(outcomes)
            list(tally.passing(outcome.result for outcome in told))
            _tell_changes(told, config, quiet=quiet)
        else:
            files = tally.passing(outcome.result for outcome in outcomes)
            # only results.json says which rules: the hash takes as long as a form
            rules_hash = stamp.rules_hash() if form == "json" else ""
            tool = stamp.tool()
            for piece in pieces(files, form, lang=config.lang, tool=tool, rules_hash=rules_hash):
                click.echo(piece, nl=False)
    if statistics:
        say(counts(tally), quiet=False, err=form != "text")
    if form == "text" and not diff:
        say(summary_line(tally, config.lang), quiet=quiet)
    return tally.exit_code(config.fail_on)


def _tell_changes(outcomes: list[Outcome], config: Config, *, quiet: bool) -> None:
    from perfeval.changes import changes
    from perfeval.cli.printing import say
    from perfeval.report.changes_text import change_lines, counted

    plans = changes(outcomes, config)
    for outcome, plan in zip(outcomes, plans, strict=True):
        for line in change_lines(outcome.result, plan, config.lang):
            click.echo(line)
    say(counted(plans, config.lang), quiet=quiet, err=True)
