"""`perfeval run`: the whole job."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from perfeval.cli import options
from perfeval.config import Config


@click.command("run")
@options.paths
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="结果文件夹  folder for the results",
)
@options.returned
@click.option(
    "--fresh",
    is_flag=True,
    help="不沿用上次的结果，全部重做  do everything anew, reuse nothing of earlier runs",
)
@click.option(
    "--mask/--no-mask",
    default=None,
    help="总览和汇总中隐去电话、证件号码和姓名（默认隐去）  hide personal data (default: yes)",
)
@click.option(
    "--markdown/--no-markdown",
    default=None,
    help="差异报告另写一份 Markdown（默认不写）  reports in Markdown, too (default: no)",
)
@click.option(
    "--letters/--no-letters",
    default=None,
    help="为每个须更正的单位写退件函（默认写）  a return letter for each unit (default: yes)",
)
@click.option(
    "--reply-by",
    type=click.DateTime(["%Y-%m-%d"]),
    help="退件函要求的报回日期  the day that letters ask for replies by",
)
@click.option(
    "--date",
    "letter_date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="退件函的落款日期  the date of letters",
)
@click.option(
    "--ledger", help="台账数据库的地址，默认结果文件夹中的 ledger.sqlite  URL of the ledger"
)
@click.option(
    "--scheduler",
    metavar="tcp://…",
    help="由 dask 调度器下的各机器来做  let the workers of a dask scheduler do the work",
)
@click.option("--quiet", "-q", is_flag=True, help="只报告失败  say only what failed")
@options.settings
def command(
    paths: tuple[Path, ...],
    out: Path,
    confirm: bool | None,
    templates: str | None,
    mask: bool | None,
    markdown: bool | None,
    letters: bool | None,
    reply_by: datetime | None,
    letter_date: datetime | None,
    fresh: bool,
    ledger: str | None,
    scheduler: str | None,
    quiet: bool,
    config: Config,
) -> int:
    """检查全部表格，写出审核意见、更正稿、差异报告和汇总。

    Check every submission; write annotated and corrected workbooks, reports, summary to --out.

    每个须更正或说明的单位另有一份 Word 退件函；可把改好的 return_letter.docx 放进 --templates。

    再次运行时，内容、规则和口径都没有变的文件不再重做。按 Ctrl-C 中断时，已写出的结果有效。

    \b
    perfeval run 收件夹 --out 结果
    perfeval run 收件.zip --out 结果 --region 310118 --year 2021
    """  # fmt: skip
    from perfeval.batch import run
    from perfeval.booking import SEVERAL
    from perfeval.cli.printing import closing, progress, say
    from perfeval.sources import find

    config = config.with_options(
        mask=mask,
        confirm=confirm,
        templates=templates,
        markdown=markdown,
        letters=letters,
        reply_by=reply_by and reply_by.date(),
        letter_date=letter_date and letter_date.date(),
        ledger=ledger,
        scheduler=scheduler,
    )
    sources = find(paths, outside=out)
    if not sources:
        raise click.UsageError("没有找到可检查的文件（no submissions found）")
    config = options.with_processes(config, len(sources))
    with progress(len(sources), quiet=quiet) as advance:
        done = run(sources, out, config, progress=advance, fresh=fresh)
    say(closing(done, out, config.lang), quiet=quiet)
    for path, reason in done.unreadable:
        click.echo(f"{path}：{reason}", err=True)
    for path, submissions in done.several:
        click.echo(SEVERAL(config.lang, file=path, submissions=submissions), err=True)
    if done.state == "interrupted":
        raise KeyboardInterrupt
    return 3 if done.lost else done.tally.exit_code(config.fail_on)
