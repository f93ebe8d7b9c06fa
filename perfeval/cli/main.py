"""The command group. A command's module is imported when it is called: --help stays quick."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

import perfeval
from perfeval.errors import PerfevalError

# In the order of the work; each is `command` in perfeval.cli.<module>.
COMMANDS = {
    "run": "run",
    "check": "check",
    "inspect": "inspect",
    "rules": "rules",
    "policy": "policy",
    "strip": "strip",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"perfeval.cli.{COMMANDS[cmd_name]}").command
        assert isinstance(command, click.Command)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(perfeval.__version__, prog_name="perfeval", message="%(prog)s %(version)s")
def group() -> None:
    """审核财政项目支出绩效自评表：重算得分、标出不符之处、退回审核意见。

    Checks, recomputes and returns fiscal project self-evaluation workbooks.

    \b
    perfeval run 收件夹 --out 结果      检查全部表格，写出审核意见、更正稿、差异报告
    perfeval check 某表.xlsx            只检查，不写文件
    perfeval rules S101                 看一条规则的依据与算法
    """


def main(args: Sequence[str] | None = None, **_: Any) -> NoReturn:
    """Run and exit: 0, 1 findings, 2 wrong call, 3 unreadable or failed (DESIGN section 6)."""
    try:
        code = group(args, standalone_mode=False, prog_name="perfeval")
    except click.ClickException as error:
        error.show()
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
