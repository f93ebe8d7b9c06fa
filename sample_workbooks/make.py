"""Make the samples and what a check must find: python sample_workbooks/make.py [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from sample_workbooks.samples import SAMPLES  # noqa: E402  # found through the line above


def main(folder: Path = HERE) -> None:
    """Write every sample and its .expected.json; the same bytes at every run."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        (folder / sample.name).write_bytes(sample.content())
        expected = folder / f"{sample.stem}.expected.json"
        expected.write_text(sample.expected(), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
