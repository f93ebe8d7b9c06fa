"""`perfeval strip`: our marks taken away."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("strip")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到  write to",
)
def command(file: Path, output: Path) -> int:
    """去掉 perfeval 加的批注、底色和工作表，还原送审文件。

    Take away our notes, fills and sheets.

    \b
    perfeval strip 某表_审核意见.xlsx -o 某表.xlsx
    """
    from perfeval.outbox import write_whole
    from perfeval.write import strip

    if output.exists():
        raise click.UsageError(
            f"{output} 已存在，不覆盖；请换一个文件名（exists already, not overwritten）"
        )
    write_whole(output, strip(file.read_bytes()))
    return 0
