"""What a watcher is told: the folders, and the times in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from perfeval.errors import UsageError

SHORTEST = 0.05  # seconds between two looks: below it a watcher does nothing but look


@dataclass(frozen=True, slots=True)
class Settings:
    """`archive` is where originals go: into 存档 and 退件 below it."""

    inbox: Path
    out: Path
    archive: Path
    interval: float = 10.0  # seconds between two looks
    still: float = 20.0  # seconds that a file must not have changed
    once: bool = False  # take what is there, then end


def checked(settings: Settings) -> Settings:
    """The same. Raises UsageError where folders lie in one another or a time makes no sense."""
    inbox, out, archive = (p.resolve() for p in (settings.inbox, settings.out, settings.archive))
    if inbox == out:
        raise UsageError(
            f"--out 不能就是收件夹 {settings.inbox}（the results must not go to the inbox itself）"
        )
    for name, folder in (("--out", out), ("--archive", archive)):
        if folder.is_relative_to(inbox):
            raise UsageError(f"{name} 不能在收件夹里（must not lie inside of the inbox）：{folder}")
        if inbox.is_relative_to(folder):
            raise UsageError(
                f"收件夹不能在 {name} 里（the inbox must not lie inside of {name}）：{inbox}"
            )
    if settings.inbox.exists() and not settings.inbox.is_dir():
        raise UsageError(f"{settings.inbox} 不是文件夹（the inbox is no folder）")
    if settings.interval < SHORTEST or settings.still < 0:
        raise UsageError(
            f"--interval 至少 {SHORTEST} 秒，--still 不能为负"
            "（--interval is too short, or --still is negative）"
        )
    return settings
