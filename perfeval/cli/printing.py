"""What the terminal shows beside the results: progress, counts, the closing lines."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfeval.copies import Copy
from perfeval.findings import Level
from perfeval.tally import Tally
from perfeval.texts import Lang, Text

if TYPE_CHECKING:
    from perfeval.batch import Run

SUMMARY = Text(
    "共 {files} 个文件、{forms} 张表：强制 {error}，核实 {warning}，提示 {info}；"
    "无问题 {clean} 个，未能读取 {unreadable} 个",
    "files {files}, forms {forms}; errors {error}, warnings {warning}, notes {info}; "
    "clean {clean}, unreadable {unreadable}",
)
NEXT = Text(
    "打开 {index} 查看总览；退件在各文件夹的 *_审核意见.xlsx",
    "Open {index} for the overview; returns are *_annotated.xlsx",
)
REUSED = Text(
    "沿用上次的结果：检查 {checked} 个，退件 {written} 个（内容、规则、口径均未变）",
    "left as they were: {checked} checks, {written} returns (content, rules and policy unchanged)",
)
INTERRUPTED = Text(
    "已中断：完成 {done} 个，共 {of} 个；检查过的不会再检查，重新运行即可续上",
    "interrupted: {done} of {of} done; what was checked is kept, run again to go on",
)
UNCHANGED = Text(
    "有 {n} 张表原样再报（Y110）；若只是收件夹换了位置，请用 perfeval ledger moved 旧位置 新位置 "
    "告诉台账，再重新运行",
    "{n} forms came back unchanged (Y110); if it is only the inbox that has moved, say so with "
    "`perfeval ledger moved OLD NEW` and run again",
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
PHASES: Mapping[str, str] = {"check": "检查", "write": "写出"}
LINE_EVERY = 10.0  # seconds between two lines where there is no terminal
LINE = "{phase} {done}/{of}，每秒 {rate:.0f} 个，约余 {left}（files, per second, left）"


def say(line: str, *, quiet: bool, err: bool = False) -> None:
    if line and not quiet:
        click.echo(line, err=err)


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """A bar for each phase on a terminal, now and then a line elsewhere.

    Yields what to call with a phase and the number of files more that are through it.
    """
    if quiet:
        yield lambda phase, files: None
    elif not sys.stderr.isatty():
        yield _Lines(total).advance
    else:
        with _bars(total) as advance:
            yield advance


class _Lines:
    """Plain lines on standard error; none for what is over sooner than one is due."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done: Counter[str] = Counter()
        self.began: dict[str, float] = {}
        self.told = time.monotonic()

    def advance(self, phase: str, files: int) -> None:
        now = time.monotonic()
        began = self.began.setdefault(phase, now)
        self.done[phase] += files
        if now - self.told < LINE_EVERY or now == began:
            return
        self.told = now
        rate = self.done[phase] / (now - began)
        left = round((self.total - self.done[phase]) / rate) if rate else 0
        line = LINE.format(
            phase=PHASES[phase],
            done=self.done[phase],
            of=self.total,
            rate=rate,
            left=f"{left // 60}:{left % 60:02d}",
        )
        click.echo(line, err=True)


@contextmanager
def _bars(total: int) -> Iterator[Callable[[str, int], None]]:
    from rich.console import Console  # slow to import, and seldom on a terminal
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:

        def advance(phase: str, files: int) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(PHASES[phase], total=total, rate="")
            bars.advance(tasks[phase], files)
            speed = bars.tasks[bars.task_ids.index(tasks[phase])].speed
            bars.update(tasks[phase], rate=f"{speed:.0f}/s" if speed else "")

        yield advance


def summary_line(tally: Tally, lang: Lang) -> str:
    return SUMMARY(
        lang,
        files=tally.files,
        forms=tally.forms,
        clean=tally.statuses["clean"],
        unreadable=tally.statuses["unreadable"],
        **{level.value: tally.levels[level] for level in Level},
    )


def closing(run: Run, out: Path, lang: Lang) -> str:
    """What was found, what was reused, which copies are not the submitted file itself, and the
    next step.
    """
    if run.state == "interrupted":
        return INTERRUPTED(lang, done=run.tally.files, of=run.of)
    lines = [summary_line(run.tally, lang)]
    if run.checked_before or run.written_before:
        lines.append(REUSED(lang, checked=run.checked_before, written=run.written_before))
    copies = run.tally.copies
    lines += [text(lang, n=copies[copy]) for copy, text in COPIES.items() if copies[copy]]
    unchanged = sum(n for (code, _), n in run.tally.rules.items() if code == "Y110")
    if unchanged:
        lines.append(UNCHANGED(lang, n=unchanged))
    return "\n".join((*lines, run.lost, NEXT(lang, index=out / "index.html"))).replace("\n\n", "\n")


def counts(tally: Tally) -> str:
    """One line a rule: how often, code, title."""
    ordered = sorted(tally.rules.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join(f"{count:6d}  {code}  {title}" for (code, title), count in ordered)
