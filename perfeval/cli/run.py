"""`perfeval run`: the whole job."""

from __future__ import annotations

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
@click.option(
    "--confirm",
    is_flag=True,
    default=None,
    help="更正稿中也写入需单位确认的更正  also write the fixes that need confirmation",
)
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False),
    help="本单位的报告模板文件夹  templates of your own",
)
@click.option("--quiet", "-q", is_flag=True, help="只报告失败  say only what failed")
@options.settings
def command(
    paths: tuple[Path, ...],
    out: Path,
    confirm: bool | None,
    templates: str | None,
    quiet: bool,
    config: Config,
) -> int:
    """检查全部表格，写出审核意见、更正稿、差异报告和汇总。

    Check every submission; write annotated and corrected workbooks, reports, summary to --out.

    \b
    perfeval run 收件夹 --out 结果
    perfeval run 收件.zip --out 结果 --region 310118 --year 2021 --jobs 2
    """  # fmt: skip
    from perfeval.batch import check_all, write_all, write_overview
    from perfeval.cli.printing import closing, progress, say
    from perfeval.sources import find

    config = config.with_options(confirm=confirm, templates=templates)
    sources = find(paths, outside=out)
    if not sources:
        raise click.UsageError("没有找到可检查的文件（no submissions found）")
    with progress("检查", len(sources), quiet=quiet) as advance:
        outcomes = check_all(sources, config, advance)
    with progress("写出", len(sources), quiet=quiet) as advance:
        files = list(write_all(outcomes, out, config, advance))
    write_overview(files, out, config)
    say(closing(files, out, config.lang), quiet=quiet)
    for file in files:
        if file.status == "unreadable":
            click.echo(f"{file.path}：{file.reason}", err=True)
    return options.exit_code(files, config)
