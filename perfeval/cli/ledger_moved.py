"""`perfeval ledger moved`: submissions lie elsewhere now, and nobody has handed them in again."""

from __future__ import annotations

from pathlib import Path

import click

from perfeval.cli import ledger_rows, options
from perfeval.errors import UsageError
from perfeval.texts import Lang, Text

MOVED = Text(
    "{n} 份报送件的位置已改为 {new}；挪动后误记的 {twice} 轮已删去。请重新运行 perfeval run",
    "{n} files lie at {new} now; {twice} rounds that the move had made are removed. "
    "Run `perfeval run` again",
)


@click.command("moved")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@ledger_rows.at
@options.language
def moved(old: str, new: str, where: str | None, lang: Lang) -> int:
    """报送件换了位置：原在 OLD 的，现在在 NEW，不是单位再报。OLD、NEW 是文件夹、压缩包或单个文件。

    The submissions at OLD lie at NEW now: nobody has handed them in again. Both are a folder, an
    archive or a file. Say it before the next run; said after it, the false rounds are removed.

    \b
    perfeval ledger moved 收件夹 2021年/收件夹 --ledger 结果
    """
    if not Path(new).exists():
        raise UsageError(f"没有 {new}，请检查新位置（no such file or folder）")
    with ledger_rows.opened(where) as ledger:
        done = ledger.moved(old, new)
    if not done.rounds:
        raise UsageError(f"台账中没有来自 {old} 的报送件（nothing in the ledger came from there）")
    click.echo(MOVED(lang, n=done.rounds, new=new, twice=done.twice))
    return 0
