"""`perfeval ledger`: what is kept of runs, submissions and rounds."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from perfeval.cli import ledger_rows, options
from perfeval.cli.groups import Group
from perfeval.cli.ledger_export import export
from perfeval.cli.ledger_moved import moved
from perfeval.errors import UsageError
from perfeval.texts import Lang, Text

if TYPE_CHECKING:
    from perfeval.ledger import Ledger

MOST = 200  # rows that a text shows
LISTED = ("submission", "year", "department", "unit", "project", "round", "status", "errors",
          "warnings", "reply_by")  # fmt: skip
ROUNDS = ("round", "status", "errors", "warnings", "infos", "received", "reply_by", "file")
RUNS = ("run", "started", "ended", "state", "files", "tool", "rules", "policy", "out")
MORE = Text(
    "共 {n} 件，以上是前 {shown} 件；加 --limit 0 全部列出，或用 perfeval ledger export 导出",
    "{n} in all, the first {shown} above; --limit 0 lists all, `perfeval ledger export` exports",
)
COUNTED = Text("共 {n} 件", "{n} in all")
COURSE = (
    Text("级别", "level"), Text("规则", "code"), Text("单元格", "cell"), Text("问题", "title"),
    Text("填报", "found"), Text("经过", "course"), Text("单位说明", "explanation"),
)  # fmt: skip


@click.group("ledger", cls=Group)
def command() -> None:
    """台账：历次运行、各件各轮次的情况，哪些尚未办结。

    The ledger: past runs, the rounds of each submission, and what is still open.

    \b
    perfeval ledger list --late --ledger 结果
    perfeval ledger show 12
    perfeval ledger export -o 未办结.xlsx
    """


command.add_command(export)
command.add_command(moved)


@command.command("list")
@ledger_rows.at
@ledger_rows.sought
@click.option("--all", "every", is_flag=True, help="办结的也列出  what is closed, too")
@click.option(
    "--limit", type=click.IntRange(0), default=MOST, show_default=True,
    help="文本格式最多列出几件，0 为不限  rows of a text, 0 for all",
)  # fmt: skip
@ledger_rows.in_format
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
    with ledger_rows.opened(where) as ledger:
        names_shown = LISTED if form == "text" else ()
        columns, rows = ledger_rows.view(ledger, "submissions", sought, names_shown)
        if form != "text":
            ledger_rows.print_rows(form, columns, rows, lang)
            return 0
        shown = list(rows)
    ledger_rows.show(columns, shown[: limit or None], lang)
    cut = bool(limit) and len(shown) > limit
    click.echo((MORE if cut else COUNTED)(lang, n=len(shown), shown=limit))
    return 0


@command.command("show")
@click.argument("submission", metavar="SUBMISSION")
@ledger_rows.at
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

    with ledger_rows.opened(where) as ledger:
        number, heading = _one(ledger, submission)
        click.echo(heading)
        columns, rows = ledger_rows.view(ledger, "rounds", Sought(submission=number), ROUNDS)
        ledger_rows.show(columns, rows, lang)
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
@ledger_rows.at
@ledger_rows.in_format
@options.language
def runs(where: str | None, form: str, lang: Lang) -> int:
    """历次运行：时间、结果、程序和规则的版本。

    Past runs: when, how they ended, by which tool and rules.

    \b
    perfeval ledger runs --ledger 结果
    """
    with ledger_rows.opened(where) as ledger:
        columns, rows = ledger_rows.view(ledger, "runs", None, RUNS)
        ledger_rows.print_rows(form, columns, rows, lang)
    return 0


def _one(ledger: Ledger, submission: str) -> tuple[int, str]:
    """Number and heading of the submission that is meant. Raises UsageError."""
    from perfeval.ledger import Sought

    names = ("submission", "year", "project", "unit")
    if submission.isdecimal():
        sought = Sought(submission=int(submission))
    else:
        sought = Sought(project=submission)
    found = list(islice(ledger_rows.view(ledger, "submissions", sought, names)[1], 2))
    if len(found) != 1:
        why = (
            "有几件相符，请用编号（several fit; give the number）"
            if found
            else ("台账中没有（not in the ledger）")
        )
        raise UsageError(f"{submission}：{why}")
    number, *heading = found[0]
    return int(str(number)), "  ".join(str(text) for text in heading if text)
