"""`perfeval ledger export`: the ledger as CSV, workbook or Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from perfeval.cli import ledger_rows, options
from perfeval.errors import UsageError
from perfeval.texts import Lang, Text

if TYPE_CHECKING:
    from perfeval.ledger.views import Value

TABLES = ("open", "submissions", "rounds", "forms", "findings", "replies", "waivers", "runs")
CODES = frozenset(
    {"code", "title", "cell", "field", "finding", "kind", "region", "tool", "rules", "policy"}
)  # of our own making: nothing personal stands in them
EXPORTED = Text("已导出 {n} 行：{path}", "{n} rows exported: {path}")


@click.command("export")
@click.option(
    "-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help=".csv、.xlsx 或 .parquet 文件  a .csv, .xlsx or .parquet file",
)  # fmt: skip
@click.option(
    "--table", type=click.Choice(TABLES), default="open", show_default=True,
    help="导出哪张表，open 为未办结的问题  which table; open are the findings still open",
)  # fmt: skip
@click.option(
    "--mask/--no-mask", "hide", default=None,
    help="隐去电话、证件号码和姓名（默认隐去）  hide personal data (default: yes)",
)  # fmt: skip
@ledger_rows.at
@ledger_rows.sought
@options.language
def export(
    output: Path, table: str, hide: bool | None, where: str | None, late: bool,
    returned_twice: bool, lang: Lang, **names: Any,
) -> int:  # fmt: skip
    """把台账导出为 CSV、Excel 或 Parquet，默认是全部未办结的问题。

    Export the ledger; by default every finding that is still open.

    \b
    perfeval ledger export -o 未办结.xlsx --year 2021
    perfeval ledger export -o forms.parquet --table forms
    """
    from perfeval.config import discover
    from perfeval.ledger import VIEWS, Sought
    from perfeval.outbox import writing
    from perfeval.report.ledger_book import export as exported
    from perfeval.report.masking import mask

    hidden = discover(Path.cwd()).mask if hide is None else hide
    masked = lru_cache(maxsize=10_000)(mask)  # names come again and again
    free = [
        hidden and column.kind == "text" and not column.words and column.name not in CODES
        for column in VIEWS[table].columns
    ]
    sought = Sought(**names, late=date.today() if late else None, returned_twice=returned_twice)
    if table == "runs" and sought != Sought():
        raise UsageError("runs 不按报送件筛选（runs cannot be filtered by submission）")
    count = 0

    def counted(rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
        nonlocal count
        for row in rows:
            count += 1
            yield tuple(
                masked(value) if hides and isinstance(value, str) else value
                for value, hides in zip(row, free, strict=True)
            )

    try:
        with ledger_rows.opened(where) as ledger, writing(output) as file:
            rows = ledger.rows(table, None if table == "runs" else sought)
            exported(file, output, VIEWS[table].columns, counted(rows), lang)
    except OSError as error:
        raise UsageError(f"{output}：无法写出（cannot be written）：{error.strerror}") from error
    click.echo(EXPORTED(lang, n=count, path=output))
    return 0
