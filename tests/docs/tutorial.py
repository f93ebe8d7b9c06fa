"""Run the commands of a tutorial page, in the order in which they stand.

A ```sh block is run line by line; a line that ends in "# 退出码 1" or "# exit code 1" must end so,
every other one with 0. Each line of a ```text block after it must stand in what was printed.

    python tests/docs/tutorial.py docs/tutorial.md .venv/bin
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"#\s*(?:退出码|exit code)\s*(\d+)\s*$")
_ROOT = Path(__file__).parents[2]


def blocks(page: Path) -> list[tuple[str, str]]:
    """The sh and text blocks of a page, in order."""
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


def run(page: Path, programs: Path, folder: Path) -> Iterator[str]:
    """Run the page in `folder` with the programs of `programs`; what went wrong, a line each."""
    shutil.copytree(_ROOT / "sample_workbooks", folder / "sample_workbooks")
    path = f"{programs.resolve()}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "200", "LC_ALL": "C.UTF-8"}
    printed = ""
    for kind, content in blocks(page):
        if kind == "text":
            missing = [line for line in content.splitlines() if line.strip() not in printed]
            yield from (f"{page.name}: not printed: {line}" for line in missing)
            continue
        printed = ""
        for line in filter(None, content.splitlines()):
            wanted = _CODE.search(line)
            done = subprocess.run(
                ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True
            )
            printed += done.stdout + done.stderr
            if done.returncode != int(wanted[1] if wanted else 0):
                yield f"{page.name}: exit code {done.returncode} of: {line}\n{printed}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as empty:
        failures = list(run(Path(sys.argv[1]), Path(sys.argv[2]), Path(empty)))
    count = sum(
        len(content.splitlines()) for kind, content in blocks(Path(sys.argv[1])) if kind == "sh"
    )
    print("\n".join(failures) or f"{sys.argv[1]}: {count} commands as told")
    sys.exit(bool(failures))
