"""The command group. A command's module is imported when it is called: --help stays quick."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

import perfeval
from perfeval.cli.complaints import complaint
from perfeval.cli.groups import Group
from perfeval.cli.language import of_locale, spoken
from perfeval.errors import PerfevalError
from perfeval.texts import Text

# In the order of the work; each is `command` in perfeval.cli.<module>.
GROUPS: Mapping[Text, Mapping[str, str]] = {
    Text("检查", "Check"): {
        "run": "run",
        "check": "check",
        "watch": "watch",
        "inspect": "inspect",
    },
    Text("表格与退件", "Forms and returns"): {"blank": "blank", "strip": "strip"},
    Text("台账", "Ledger"): {"ledger": "ledger"},
    Text("规则与口径", "Rules and policies"): {"rules": "rules", "policy": "policy"},
    Text("设置", "Settings"): {
        "init": "init",
        "doctor": "doctor",
        "config": "config",
        "completion": "completion",
    },
}
COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}


def command_of(name: str) -> click.Command:
    """The command as it is written, in both languages."""
    command = importlib.import_module(f"perfeval.cli.{COMMANDS[name]}").command
    assert isinstance(command, click.Command)
    return command


class _Commands(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return spoken(command_of(cmd_name), of_locale())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A section a group, in the order of the work."""
        lang = of_locale()
        for title, names in GROUPS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            rows = [(name, c.get_short_help_str(200)) for name, c in commands if c]
            with formatter.section(f"{title.zh}  {title.en}" if lang == "zh" else title.en):
                formatter.write_dl(rows)


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(perfeval.__version__, prog_name="perfeval", message="%(prog)s %(version)s")
def group() -> None:
    """审核财政项目支出绩效自评表：重算得分、标出不符之处、退回审核意见。

    Checks, recomputes and returns fiscal project self-evaluation workbooks.

    \b
    perfeval check 某表.xlsx            只检查，不写文件
    perfeval run 收件夹 --out 结果      检查全部表格，写出审核意见、更正稿、差异报告
    perfeval rules S101                 看一条规则的依据与算法
    perfeval doctor                     看这台机器上装了什么、还能做什么
    """


def main(args: Sequence[str] | None = None, **_: Any) -> NoReturn:
    """Run and exit: 0, 1 findings, 2 wrong call, 3 unreadable or failed (DESIGN section 6)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a mark that a terminal lacks is no crash
            stream.reconfigure(errors="replace")
    # pandas takes pyarrow in wherever it finds it: 60 MiB and half of its start, and no use here
    sys.modules.setdefault("pyarrow", None)  # type: ignore[arg-type]  # None: it cannot be imported
    try:
        code = spoken(group, of_locale()).main(args, prog_name="perfeval", standalone_mode=False)
    except click.ClickException as error:
        click.echo(complaint(error), err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，已完成的结果有效（interrupted; what is done is valid）", err=True)
        sys.exit(130)
    except PerfevalError as error:
        click.echo(f"错误（error）：{error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
