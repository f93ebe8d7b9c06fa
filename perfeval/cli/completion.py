"""`perfeval completion`: what a shell needs to complete commands, options and codes."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """输出命令补全脚本，按 Tab 补全命令、选项和规则代码。

    The script that lets a shell complete commands, options and codes of rules.

    \b
    perfeval completion bash >> ~/.bashrc
    perfeval completion zsh > ~/.zfunc/_perfeval
    perfeval completion fish > ~/.config/fish/completions/perfeval.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # the choices are click's own
    root = click.get_current_context().find_root().command
    click.echo(made(root, {}, "perfeval", "_PERFEVAL_COMPLETE").source())
    return 0
