"""`perfeval ledger`: what is kept of runs, submissions and rounds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from perfeval.cli import options
from perfeval.cli.groups import Group
from perfeval.errors import UsageError
from perfeval.texts import Lang, Text

if TYPE_CHECKING:
    from perfeval.ledger import Ledger, Sought
    from perfeval.ledger.views import Column, Value

FORMATS = ("text", "json", "csv")
TABLES = ("open", "submissions", "rounds", "forms", "findings", "replies", "waivers", "runs")
MOST = 200  # rows that a text shows
LISTED = ("submission", "year", "department", "unit", "project", "round", "status", "errors",
          "warnings", "reply_by")  # fmt: skip
ROUNDS = ("round", "status", "errors", "warnings", "infos", "received", "reply_by", "file")
RUNS = ("run", "started", "ended", "state", "files", "tool", "rules", "policy", "out")
CODES = frozenset(
    {"code", "title", "cell", "field", "finding", "kind", "region", "tool", "rules", "policy"}
)  # of our own making: nothing personal stands in them
MORE = Text(
    "共 {n} 件，以上是前 {shown} 件；加 --limit 0 全部列出，或用 perfeval ledger export 导出",
    "{n} in all, the first {shown} above; --limit 0 lists all, `perfeval ledger export` exports",
)
COUNTED = Text("共 {n} 件", "{n} in all")
COURSE = (
    Text("级别", "level"), Text("规则", "code"), Text("单元格", "cell"), Text("问题", "title"),
    Text("填报", "found"), Text("经过", "course"), Text("单位说明", "explanation"),
)  # fmt: skip
EXPORTED = Text("已导出 {n} 行：{path}", "{n} rows exported: {path}")


def _at(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--ledger",
        "where",
        metavar="URL|FILE|DIR",
        help="台账的文件、所在文件夹或数据库地址，默认用 perfeval.toml 所指的，再则 ./ledger.sqlite"
        "  the ledger: a file, its folder, or a database URL",
    )(command)


def _format(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="text", help="输出格式  format"
    )(command)


def _sought(command: Callable[..., Any]) -> Callable[..., Any]:
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


@click.group("ledger", cls=Group)
def command() -> None:
    """台账：历次运行、各件各轮次的情况，哪些尚未办结。

    The ledger: past runs, the rounds of each submission, and what is still open.

    \b
    perfeval ledger list --late --ledger 结果
    perfeval ledger show 12
    perfeval ledger export -o 未办结.xlsx
    """


@command.command("list")
@_at
@_sought
@click.option("--all", "every", is_flag=True, help="办结的也列出  what is closed, too")
@click.option(
    "--limit", type=click.IntRange(0), default=MOST, show_default=True,
    help="文本格式最多列出几件，0 为不限  rows of a text, 0 for all",
)  # fmt: skip
@_format
@options.language
def listed(
    where: str | None, late: bool, returned_twice: bool, every: bool, limit: int, form: str,
    lang: Lang, **names: Any,
) -> int:  # fmt: skip
    """列出尚未办结的报送件：最后一轮仍有强制或核实问题、或无法读取的。

    Submissions that are still open: errors or warnings in the last round, or unreadable.

    \b
    perfeval ledger list --year 2021 --department 交通局
    perfeval ledger list --late --format csv > 催办.csv
    """
    from perfeval.ledger import Sought

    sought = Sought(
        **names, open_only=not every, late=date.today() if late else None,
        returned_twice=returned_twice,
    )  # fmt: skip
    with _ledger(where) as ledger:
        columns, rows = _view(ledger, "submissions", sought, () if form != "text" else LISTED)
        if form != "text":
            _print(form, columns, rows, lang)
            return 0
        shown = list(rows)
    _show(columns, shown[: limit or None], lang)
    cut = bool(limit) and len(shown) > limit
    click.echo((MORE if cut else COUNTED)(lang, n=len(shown), shown=limit))
    return 0


@command.command("show")
@click.argument("submission", metavar="SUBMISSION")
@_at
@options.language
def show(submission: str, where: str | None, lang: Lang) -> int:
    """一件的各轮次，和每个问题的经过。SUBMISSION 是 list 列出的编号，或只有一件相符的项目名称。

    The rounds of a submission and the course of each finding. SUBMISSION is its number in `list`,
    or a part of the project's name that only one has.

    \b
    perfeval ledger show 12
    perfeval ledger show 道路养护 --ledger 结果
    """
    from perfeval.cli import columns as table
    from perfeval.course import course_text
    from perfeval.ledger import Sought
    from perfeval.ledger.views import LEVELS

    with _ledger(where) as ledger:
        number, heading = _one(ledger, submission)
        click.echo(heading)
        columns, rows = _view(ledger, "rounds", Sought(submission=number), ROUNDS)
        _show(columns, rows, lang)
        last = ledger.last(number)
    if last and last.findings:
        click.echo()
        lines = [
            (
                LEVELS[past.level](lang), past.code, past.cell, past.title, past.found,
                course_text(past.course, lang), past.reply.explanation if past.reply else "",
            )
            for past in last.findings
        ]  # fmt: skip
        table.show([title(lang) for title in COURSE], lines)
    return 0


@command.command("runs")
@_at
@_format
@options.language
def runs(where: str | None, form: str, lang: Lang) -> int:
    """历次运行：时间、结果、程序和规则的版本。

    Past runs: when, how they ended, by which tool and rules.

    \b
    perfeval ledger runs --ledger 结果
    """
    with _ledger(where) as ledger:
        columns, rows = _view(ledger, "runs", None, RUNS)
        _print(form, columns, rows, lang)
    return 0


@command.command("export")
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
@_at
@_sought
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
        with _ledger(where) as ledger, writing(output) as file:
            rows = ledger.rows(table, None if table == "runs" else sought)
            exported(file, output, VIEWS[table].columns, counted(rows), lang)
    except OSError as error:
        raise UsageError(f"{output}：无法写出（cannot be written）：{error.strerror}") from error
    click.echo(EXPORTED(lang, n=count, path=output))
    return 0


def _ledger(where: str | None) -> AbstractContextManager[Ledger]:
    """The one that is named, else that of the nearest perfeval.toml, else ./ledger.sqlite."""
    from perfeval.config import discover
    from perfeval.ledger import open_ledger

    return open_ledger(where or discover(Path.cwd()).ledger or ".", create=False)


def _view(
    ledger: Ledger, view: str, sought: Sought | None, names: Sequence[str] = ()
) -> tuple[list[Column], Iterator[tuple[Value, ...]]]:
    """Columns and rows of a view, or of it the columns `names`."""
    from perfeval.ledger import VIEWS

    every = {column.name: column for column in VIEWS[view].columns}
    places = [list(every).index(name) for name in names or every]
    rows = ledger.rows(view, sought)
    return [every[n] for n in names or every], (tuple(row[at] for at in places) for row in rows)


def _one(ledger: Ledger, submission: str) -> tuple[int, str]:
    """Number and heading of the submission that is meant. Raises UsageError."""
    from perfeval.ledger import Sought

    names = ("submission", "year", "project", "unit")
    if submission.isdecimal():
        sought = Sought(submission=int(submission))
    else:
        sought = Sought(project=submission)
    found = list(islice(_view(ledger, "submissions", sought, names)[1], 2))
    if len(found) != 1:
        why = (
            "有几件相符，请用编号（several fit; give the number）"
            if found
            else ("台账中没有（not in the ledger）")
        )
        raise UsageError(f"{submission}：{why}")
    number, *heading = found[0]
    return int(str(number)), "  ".join(str(text) for text in heading if text)


def _show(columns: Sequence[Column], rows: Iterable[tuple[Value, ...]], lang: Lang) -> None:
    from perfeval.cli import columns as table
    from perfeval.report.ledger_book import words
    from perfeval.report.plain import one_line

    titles = [column.title(lang) for column in columns]
    tellers = words(columns, lang)
    table.show(
        titles, ([one_line(t(v)) for t, v in zip(tellers, row, strict=True)] for row in rows)
    )


def _print(
    form: str, columns: Sequence[Column], rows: Iterable[tuple[Value, ...]], lang: Lang
) -> None:
    if form == "text":
        _show(columns, rows, lang)
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
