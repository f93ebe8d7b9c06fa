"""Tables on a terminal: columns aligned by the width of Chinese text, folded where it is narrow."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

import click

from perfeval.cli.help_text import width

MOST = 40  # columns that are kept free for a cell; a longer one pushes its neighbours aside


def show(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: fitted to a terminal; for a file or pipe, one line a row, as wide as it is."""
    lines = [tuple(str(value) for value in row) for row in rows]
    if not sys.stdout.isatty():
        click.echo(_aligned([tuple(headers), *lines]))
        return
    from rich.console import Console  # slow to import; knows NO_COLOR and the terminal's width
    from rich.table import Table
    from rich.text import Text

    bold = "" if os.environ.get("NO_COLOR") else "bold"
    table = Table(box=None, header_style=bold, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")  # Chinese has no blanks to be broken at
    for line in lines:
        table.add_row(*(Text(value) for value in line))
    Console().print(table)


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [min(max(map(width, column)), MOST) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            text + " " * (room - width(text)) for text, room in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )
