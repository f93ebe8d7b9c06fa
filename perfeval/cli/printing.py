"""What the terminal shows beside the results: progress, counts, the closing lines."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from perfeval.copies import Copy
from perfeval.findings import FileResult
from perfeval.texts import Lang, Text

SUMMARY = Text(
    "共 {files} 个文件、{forms} 张表：强制 {error}，核实 {warning}，提示 {info}；"
    "无问题 {clean} 个，未能读取 {unreadable} 个",
    "{files} files, {forms} forms: {error} errors, {warning} warnings, {info} notes; "
    "{clean} clean, {unreadable} unreadable",
)
NEXT = Text(
    "打开 {index} 查看总览；退件在各文件夹的 *_审核意见.xlsx",
    "Open {index} for the overview; returns are *_annotated.xlsx",
)


COPIES = {
    Copy.CONVERTED: Text(
        "其中 {n} 个由 LibreOffice 转换为 .xlsx 后批注，值已与原件核对",
        "{n} were converted to .xlsx by LibreOffice before annotating, values compared",
    ),
    Copy.REBUILT: Text(
        "其中 {n} 个的格式不能批注或转换，退回的是照原件内容另制的工作簿",
        "{n} could be neither annotated nor converted: a workbook of ours repeats their contents",
    ),
}


def say(line: str, *, quiet: bool, err: bool = False) -> None:
    if line and not quiet:
        click.echo(line, err=err)


@contextmanager
def progress(what: str, total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere; yields what to call with the number of files done."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # slow to import, and seldom on a terminal
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, advance=done)


def summary_line(files: Sequence[FileResult], lang: Lang) -> str:
    levels = Counter(finding.level.value for file in files for finding in file.all_findings())
    statuses = Counter(file.status for file in files)
    return SUMMARY(
        lang,
        files=len(files),
        forms=sum(len(file.forms) for file in files),
        clean=statuses["clean"],
        unreadable=statuses["unreadable"],
        **{level: levels[level] for level in ("error", "warning", "info")},
    )


def closing(files: Sequence[FileResult], out: Path, lang: Lang) -> str:
    """What was found, which copies are not the submitted file itself, and the next step."""
    copies = Counter(file.copy for file in files)
    made = [text(lang, n=copies[copy]) for copy, text in COPIES.items() if copies[copy]]
    return "\n".join((summary_line(files, lang), *made, NEXT(lang, index=(out / "index.html"))))


def counts(files: Sequence[FileResult]) -> str:
    """One line a rule: how often, code, title."""
    rules = Counter((f.code, f.title) for file in files for f in file.all_findings())
    ordered = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join(f"{count:6d}  {code}  {title}" for (code, title), count in ordered)
