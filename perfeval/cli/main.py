"""The command group. A command's module is imported when it is called: --help stays quick."""

from __future__ import annotations

import gc
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

# In the order of the work, each `command` in perfeval.cli.<name>, and the first lines of its help:
# so that --help need not import them all.
GROUPS: Mapping[Text, Mapping[str, Text]] = {
    Text("检查", "Check"): {
        "run": Text(
            "检查全部表格，写出审核意见、更正稿、差异报告和汇总。",
            "Check every submission; write annotated and corrected workbooks, reports, summary "
            "to --out.",
        ),
        "check": Text(
            "只检查，不写任何文件；问题逐行列出。",
            "Check only: nothing is written, one line a finding.",
        ),
        "watch": Text(
            "看守收件夹：放进去的表审核后退到 --out，附回执；原件归到 存档 或 退件。",
            "Stand at a drop folder: what is laid in it is checked and returned to --out with a "
            "receipt; the original is moved to the archive.",
        ),
        "inspect": Text(
            "逐格说明表格是怎样读出来的：字段、单元格、原文、取值。",
            "How the sheet was understood: each field, its cell, its raw text, its value.",
        ),
    },
    Text("表格与退件", "Forms and returns"): {
        "blank": Text(
            "生成空白自评表：分值按当地口径填好，执行率、得分、小计和总分自动计算，各栏有批注和下拉列表。",
            "An empty form: points of the policy, live formulas, drop-downs and notes.",
        ),
        "strip": Text(
            "去掉 perfeval 加的批注、底色和工作表，还原送审文件。",
            "Take away our notes, fills and sheets.",
        ),
    },
    Text("台账", "Ledger"): {
        "ledger": Text(
            "台账：历次运行、各件各轮次的情况，哪些尚未办结。",
            "The ledger: past runs, the rounds of each submission, and what is still open.",
        ),
    },
    Text("规则与口径", "Rules and policies"): {
        "rules": Text(
            "规则目录，或一条规则的说明：查什么、怎样算、依据、示例。",
            "The catalogue, or the page of one rule.",
        ),
        "policy": Text(
            "各地各年度的评分口径。",
            "Policies: parameters of a region and year, with their sources.",
        ),
    },
    Text("设置", "Settings"): {
        "init": Text(
            "写一份带说明的 perfeval.toml，已有的不改动。",
            "Write a commented perfeval.toml into a folder; one that is there is left alone.",
        ),
        "doctor": Text(
            "看这台机器上装了什么、各有什么用；能审核即以 0 退出。",
            "What is installed here and what it is good for; exit 0 when the main job can run.",
        ),
        "config": Text("现在的各项设置。", "The settings that hold."),
        "completion": Text(
            "输出命令补全脚本，按 Tab 补全命令、选项和规则代码。",
            "The script that lets a shell complete commands, options and codes of rules.",
        ),
    },
}
COMMANDS = {name: said for group in GROUPS.values() for name, said in group.items()}

# Between two looks for garbage in cycles, which a check makes next to none of: at Python's own
# pace, 700, they are 8 % of its time, at this one 1 %.
NEW_OBJECTS = 20_000


NOT_WRITTEN = Text(
    "无法读写：{error}。已写出的结果有效；请腾出空间或检查权限后重新运行",
    "Cannot read or write: {error}. What is written is valid; make room, or see to the rights, "
    "and run again",
)


def command_of(name: str) -> click.Command:
    """The command as it is written, in both languages."""
    command = importlib.import_module(f"perfeval.cli.{name}").command
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
        for title, commands in GROUPS.items():
            with formatter.section(f"{title.zh}  {title.en}" if lang == "zh" else title.en):
                formatter.write_dl([(name, said(lang)) for name, said in commands.items()])


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
    gc.set_threshold(NEW_OBJECTS)
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
    except OSError as error:  # each submission's own is told beside it; here nothing can go on
        click.echo(NOT_WRITTEN(of_locale(), error=error), err=True)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)
