"""`perfeval watch`: the drop folder."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from perfeval.cli import options
from perfeval.config import Config
from perfeval.texts import Lang

if TYPE_CHECKING:  # slow to import, and not needed for --help
    from perfeval.watch import Event, Tell

_UNITS = {"ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0}
_FOLDER = click.Path(file_okay=False, path_type=Path)


class _Duration(click.ParamType[float]):
    """10s, 2m, 500ms, 1h; a bare number is seconds."""

    name = "duration"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h|)", value.strip())
        if found is None:
            self.fail(f"{value}：应如 10s、2m、500ms（such as 10s, 2m, 500ms）", param, ctx)
        return float(found[1]) * _UNITS[found[2]]


@click.command("watch")
@click.argument("inbox", metavar="INBOX", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=_FOLDER, help="结果文件夹  folder for the results")
@click.option(
    "--archive",
    type=_FOLDER,
    help="原件归档的文件夹，默认即结果文件夹  where originals are kept; default: --out",
)
@click.option(
    "--interval",
    type=_Duration(),
    default="10s",
    show_default=True,
    help="多久看一次  time between two looks",
)
@click.option(
    "--still",
    type=_Duration(),
    default="20s",
    show_default=True,
    help="文件多久没有变动才收  time that a file must not have changed",
)
@click.option("--once", is_flag=True, help="收完现有的就结束  take what is there, then end")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="日志格式  format of the log",
)
@options.returned
@click.option(
    "--ledger", help="台账数据库的地址，默认结果文件夹中的 ledger.sqlite  URL of the ledger"
)
@options.settings
def command(
    inbox: Path,
    out: Path,
    archive: Path | None,
    interval: float,
    still: float,
    once: bool,
    log_format: str,
    confirm: bool | None,
    templates: str | None,
    ledger: str | None,
    config: Config,
) -> int:
    """看守收件夹：放进去的表审核后退到 --out，附回执；原件归到 存档 或 退件。

    Stand at a drop folder: what is laid in it is checked and returned to --out with a receipt; the
    original is moved to the archive. Ctrl-C ends after the files in hand.

    \b
    perfeval watch 收件夹 --out 结果
    perfeval watch 收件夹 --out 结果 --archive 归档 --still 1m --log-format json
    """
    from perfeval.watch import Settings, watch

    config = config.with_options(confirm=confirm, templates=templates, ledger=ledger)
    settings = Settings(inbox, out, archive or out, interval=interval, still=still, once=once)
    done = watch(settings, config, _log(log_format, config.lang), stopping=_asked_to_end())
    return 3 if done["inbox"] or done["out"] or done["stuck"] else 0


def _log(form: str, lang: Lang) -> Tell:
    """Each event on a line: when, and what in words, or in JSON with its facts."""

    def tell(event: Event) -> None:
        now = datetime.now().astimezone()
        text = event.text(lang)
        if form == "json":
            line = {
                "time": now.isoformat(timespec="milliseconds"),
                "level": "warning" if event.is_grave else "info",
                "event": event.kind,
                "message": text,
                **{name: n if isinstance(n, int) else str(n) for name, n in event.facts.items()},
            }
            text = json.dumps(line, ensure_ascii=False)
        else:
            text = f"{now:%Y-%m-%d %H:%M:%S} {text}"
        with suppress(OSError):  # a log on a full disk stops no work
            click.echo(text.encode(errors="replace"))  # names may be no UTF-8

    return tell


def _asked_to_end() -> Callable[[], bool]:
    """Whether SIGTERM or Ctrl-C came; a second one ends at once."""
    asked: list[int] = []

    def heard(number: int, _: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):  # the last one is Ctrl-Break of Windows
        if number := getattr(signal, name, None):
            signal.signal(number, heard)
    return lambda: bool(asked)
