"""`perfeval doctor`: what is installed on this machine, and what that enables."""

from __future__ import annotations

import click

from perfeval.cli import options
from perfeval.config import Config
from perfeval.texts import Text

HEADERS = (Text("", ""), Text("项目", "what"), Text("情况", "found"), Text("用处", "what for"))
READY = Text("可以审核：perfeval run 收件夹 --out 结果", "Ready: perfeval run IN --out OUT")
NOT_READY = Text("还不能审核，请先解决标 ✕ 的各项", "Not ready: see to what is marked ✕ first")


@click.command("doctor")
@options.settings
def command(config: Config) -> int:
    """看这台机器上装了什么、各有什么用；能审核即以 0 退出。

    What is installed here and what it is good for; exit 0 when the main job can run.

    \b
    perfeval doctor
    """
    from perfeval.cli import columns
    from perfeval.cli.health import probes

    found = probes(config)
    rows = [
        (probe.state.value, probe.name(config.lang), probe.told, probe.enables(config.lang))
        for probe in found
    ]
    columns.show([header(config.lang) for header in HEADERS], rows)
    ready = not any(probe.is_fault for probe in found)
    click.echo((READY if ready else NOT_READY)(config.lang))
    return 0 if ready else 3
