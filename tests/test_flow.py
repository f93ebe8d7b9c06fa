"""The house keeps its order: data flows one way, and each library has its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "perfeval"
# Each room may use what stands left of it.
ORDER = [
    "errors limits packed spool model masked exact rows schema tables texts wording levels shown "
    "findings config fields regulations regions stamp copies course rounds alignment identity "
    "tally outbox",
    "ooxml",
    "read",
    "sources layout convert",
    "extract",
    "policy slips",
    "scores",
    "rules",
    "register kin together round_tables checking waivers",
    "results fix years",
    "across ledger",
    "write report",
    "returning",
    "kept",
    "pipeline",
    "executors places picture work",
    "settled booking",
    "previous",
    "written",
    "batch",
    "watch changes blank",
    "api",
    "cli",
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names.split()}
ONLY_IN = {"lxml": "ooxml", "zipfile": "ooxml", "jinja2": "report", "click": "cli", "rich": "cli"}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room not in ("__init__", "__main__"):
            yield room, path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                [f"perfeval.{alias.name}" for alias in node.names]
                if node.module == "perfeval"
                else [node.module]
            )


@pytest.mark.parametrize(
    ("room", "path"), modules(), ids=lambda v: v.name if isinstance(v, Path) else v
)
def test_left_never_imports_right(room: str, path: Path) -> None:
    """A module imports only from its own room and from rooms before it."""
    for name in imports(path):
        head, _, rest = name.partition(".")
        if head == "perfeval" and rest:
            used = rest.split(".")[0]
            assert used == room or RANK[used] < RANK[room] or RANK[used] == 0 == RANK[room], (
                f"{path}: {name}"
            )


@pytest.mark.parametrize(
    ("room", "path"), modules(), ids=lambda v: v.name if isinstance(v, Path) else v
)
def test_each_library_has_its_room(room: str, path: Path) -> None:
    """lxml and zipfile live in ooxml/, jinja2 in report/, click and rich in cli/."""
    for name in imports(path):
        assert ONLY_IN.get(name.partition(".")[0], room) == room, f"{path}: {name}"


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_start_up_is_lazy(argument: str) -> None:
    """`--version` and `--help` import neither pandas nor openpyxl, lxml nor jinja2."""
    import subprocess
    import sys

    script = (
        "import sys; from perfeval.cli import main\n"
        f"try: main([{argument!r}])\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print(sorted({'pandas', 'openpyxl', 'lxml', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
