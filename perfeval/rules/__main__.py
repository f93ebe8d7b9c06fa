"""python -m perfeval.rules DIR: write the pages of docs/rules."""

from __future__ import annotations

import sys
from pathlib import Path

from perfeval.rules.page import docs


def main(folder: Path) -> None:
    """Write every page, and take away pages of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = docs()
    for stale in {path.name for path in folder.glob("*.md")} - set(pages):
        (folder / stale).unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/rules"))
