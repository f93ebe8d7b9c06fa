"""A group of commands that names the nearest one for a word that is none."""

from __future__ import annotations

import click

from perfeval.cli.complaints import hint


class Group(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"没有命令 {name}（no such command）{hint(name, known)}", ctx)
        return super().resolve_command(ctx, args)
