"""What the commands of `perfeval ledger` share: how a ledger and its rows are named and printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from perfeval.texts import Lang

if TYPE_CHECKING:
    from perfeval.ledger import Ledger, Sought
    from perfeval.ledger.views import Column, Value

FORMATS = ("text", "json", "csv")


def at(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--ledger",
        "where",
        metavar="URL|FILE|DIR",
        help="台账的文件、所在文件夹或数据库地址，默认用 perfeval.toml 所指的，再则 ./ledger.sqlite"
        "  the ledger: a file, its folder, or a database URL",
    )(command)


def in_format(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="text", help="输出格式  format"
    )(command)


def sought(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((
        click.option("--year", type=int, help="只看这一年度  of this year only"),
        click.option("--department", default="", help="主管部门含有这些字  department contains"),
        click.option("--unit", default="", help="实施单位含有这些字  unit contains"),
        click.option("--project", default="", help="项目名称含有这些字  project contains"),
        click.option(
            "--late", is_flag=True,
            help="未办结，且回复期限已过或没有期限  open, and due by now or without a date",
        ),
        click.option(
            "--returned-twice", is_flag=True,
            help="退回两次以上仍未办结  returned twice or more, and still open",
        ),
    )):  # fmt: skip
        command = option(command)
    return command


def opened(where: str | None) -> AbstractContextManager[Ledger]:
    """The one that is named, else that of the nearest perfeval.toml, else ./ledger.sqlite."""
    from perfeval.config import discover
    from perfeval.ledger import open_ledger

    return open_ledger(where or discover(Path.cwd()).ledger or ".", create=False)


def view(
    ledger: Ledger, view: str, sought: Sought | None, names: Sequence[str] = ()
) -> tuple[list[Column], Iterator[tuple[Value, ...]]]:
    """Columns and rows of a view, or of it the columns `names`."""
    from perfeval.ledger import VIEWS

    every = {column.name: column for column in VIEWS[view].columns}
    places = [list(every).index(name) for name in names or every]
    rows = ledger.rows(view, sought)
    return [every[n] for n in names or every], (tuple(row[at] for at in places) for row in rows)


def show(columns: Sequence[Column], rows: Iterable[tuple[Value, ...]], lang: Lang) -> None:
    from perfeval.cli import columns as table
    from perfeval.report.ledger_book import words
    from perfeval.report.plain import one_line

    titles = [column.title(lang) for column in columns]
    tellers = words(columns, lang)
    table.show(
        titles, ([one_line(t(v)) for t, v in zip(tellers, row, strict=True)] for row in rows)
    )


def print_rows(
    form: str, columns: Sequence[Column], rows: Iterable[tuple[Value, ...]], lang: Lang
) -> None:
    if form == "text":
        show(columns, rows, lang)
    elif form == "csv":
        from perfeval.report.ledger_book import csv_parts

        for part in csv_parts(columns, rows, lang):
            click.echo(part, nl=False)
    else:
        names = [column.name for column in columns]
        made = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
        click.echo(json.dumps(made, ensure_ascii=False, indent=1))


def _plain(value: Value) -> str | int | None:
    """As JSON holds it: exact numbers and days as text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date | datetime) else value
