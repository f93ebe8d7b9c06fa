"""What a watcher says of its work: each event with its words and its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from perfeval.booking import SEVERAL
from perfeval.texts import Lang, Text

EVENTS: Mapping[str, Text] = {
    "watching": Text(
        "看守 {inbox}，结果写到 {out}，原件归到 {archive}",
        "watching {inbox}; results go to {out}, originals to {archive}",
    ),
    "inbox_away": Text(
        "收件夹现在不能用，恢复后自动继续：{why}",
        "the inbox cannot be used now; waiting for it: {why}",
    ),
    "inbox_back": Text("收件夹恢复了", "the inbox is back"),
    "out_away": Text(
        "结果现在写不进去，收到的文件都保留着，恢复后自动继续：{why}",
        "results cannot be written now; what was received is kept, waiting: {why}",
    ),
    "out_back": Text("结果又能写了", "results can be written again"),
    "taken_over": Text(
        "接着办上次没办完的 {count} 个文件",
        "going on with {count} files that were left unfinished",
    ),
    "changing": Text("{file} 还在变动，等它停下", "{file} is still changing; waiting"),
    "stuck": Text(
        "{file} 现在办不了，先办别的，过后再试：{why}",
        "{file} cannot be dealt with now; going on with others, and trying again: {why}",
    ),
    "unlisted": Text(
        "总览现在写不了（可能有人正打开着），过后再写：{why}",
        "the overview cannot be written now (is it open somewhere?); trying again: {why}",
    ),
    "odd": Text(
        "{file} 是链接或特殊文件，没有收；请放进文件本身",
        "{file} is a link or no regular file and was not taken: lay the file itself here",
    ),
    "several": SEVERAL,
    "returned": Text(
        "{file}（第{round}轮）：{verdict}，强制 {error}，核实 {warning}，提示 {info}",
        "{file} (round {round}): {verdict}; {error} errors, {warning} warnings, {info} notes",
    ),
    "rejected": Text(
        "{file}（第{round}轮）退件：{reason}", "{file} (round {round}) rejected: {reason}"
    ),
    "listed": Text("总览已更新，共 {count} 件", "the overview is up to date: {count} received"),
    "stopping": Text("办完手头的文件就结束", "ending after the files in hand"),
    "stopped": Text(
        "结束：退回 {returned} 个，退件 {rejected} 个",
        "ended: {returned} returned, {rejected} rejected",
    ),
}
_GRAVE = frozenset({"inbox_away", "out_away", "stuck", "unlisted", "rejected", "odd", "several"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `kind` is a key of EVENTS."""

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_grave(self) -> bool:
        """Whether somebody should look."""
        return self.kind in _GRAVE

    def text(self, lang: Lang) -> str:
        """On one line, whatever a file is called."""
        return " ".join(EVENTS[self.kind](lang, **self.facts).split())


Tell = Callable[[Event], None]
