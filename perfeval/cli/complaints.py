"""What is said of a wrong call: what is wrong, the nearest right word, where to read on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click


def complaint(error: click.ClickException) -> str:
    """Two lines: the fault in Chinese with English beside, and the help to ask for."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx and error.message == ctx.get_help():  # a group called without a command
        return error.message
    return "\n".join(filter(None, (f"错误（error）：{_fault(error)}", _where(ctx))))


def hint(word: str, known: Iterable[str]) -> str:
    """，是否应为 … where something known is near, else nothing."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""


def _fault(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}（no such option）{_near_option(error)}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_parameter(error)}（missing）"
    if isinstance(error, click.BadParameter):
        return f"{_parameter(error)} 的值不对（invalid value）：{_wanted(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 用法不对（wrong use）：{error.message}"
    return error.format_message()


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "参数")
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name
    return "/".join(error.param.opts)


def _near_option(error: click.NoSuchOption) -> str:
    known = [name for p in error.ctx.command.params for name in p.opts] if error.ctx else []
    return hint(error.option_name, [name for name in known if name.startswith("--")])


def _wanted(error: click.BadParameter) -> str:
    """What the value should be; click's own words where we have no better ones."""
    kind = error.param.type if error.param else None
    given = error.message.partition("'")[2].partition("'")[0]
    if isinstance(kind, click.Choice):
        known = [str(choice) for choice in kind.choices]
        return f"{given}，应为 {'、'.join(known)} 之一（one of these）{hint(given, known)}"
    if kind is click.INT:
        return f"{given}，应为整数（must be a whole number）"
    if isinstance(kind, click.Path) and "not exist" in error.message:
        return f"没有 {given}（does not exist）"
    return error.message


def _where(ctx: click.Context | None) -> str:
    return f"用法见（see）：{ctx.command_path} --help" if ctx else ""
