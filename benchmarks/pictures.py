"""What index.html, summary.xlsx and results.json cost as the forms of a run grow in number."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from perfeval.batch import check_all, write_overview
from perfeval.config import Config
from perfeval.findings import FileResult
from perfeval.sources import find

NAMES = ("results.json", "index.html", "summary.xlsx")


def pictures(inbox: Path, out: Path, sizes: Sequence[int]) -> str:
    """A Markdown table, a process each size: the results of `inbox` under ever new names."""
    lines = [
        "| forms | wall s | processor s | ms of processor a form | peak MiB | MiB of each file |",
        "|--:|--:|--:|--:|--:|---|",
    ]
    code = "import sys; from benchmarks.pictures import one; one(*sys.argv[1:])"
    for size in sizes:
        command = [sys.executable, "-c", code, str(inbox), str(out / str(size)), str(size)]
        told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        wall, spent, peak, *written = json.loads(told)
        files = ", ".join(f"{name} {mib:.1f}" for name, mib in zip(NAMES, written, strict=True))
        each = 1000 * spent / size
        lines.append(f"| {size} | {wall:.1f} | {spent:.1f} | {each:.2f} | {peak:.0f} | {files} |")
    return "\n".join(lines)


def one(inbox: str, out: str, size: str) -> None:
    """Write the three of `size` files, and print as JSON what it took."""
    files = [done.result for done in check_all(find([Path(inbox)]), Config(), lambda *_: None)]
    folder, begun, spent = Path(out), time.perf_counter(), time.process_time()
    folder.mkdir(parents=True)
    write_overview(_many(files, int(size)), folder, Config())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost = [time.perf_counter() - begun, time.process_time() - spent, peak]
    print(json.dumps(cost + [(folder / name).stat().st_size / 2**20 for name in NAMES]))


def _many(files: Sequence[FileResult], size: int) -> Iterator[FileResult]:
    for number in range(size):
        file = files[number % len(files)]
        forms = tuple(replace(f, project=f"{f.project}（{number}）") for f in file.forms)
        yield replace(file, path=f"{number}/{file.path}", forms=forms)
