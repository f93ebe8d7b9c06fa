"""What annotated and corrected cost together, against an openpyxl load and save of the same file.

    python -m benchmarks.returned [FILE ...]

Interleaved in one run, since machines are noisy; the median of each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

import openpyxl

from perfeval.batch import check_all
from perfeval.config import Config
from perfeval.sources import single
from perfeval.write import annotate, annotate_and_correct, correct

SAMPLES = Path(__file__).parent.parent / "sample_workbooks"
ROUNDS = 30


def main(paths: list[Path]) -> None:
    """One line a file: milliseconds, and ratios to openpyxl."""
    print("openpyxl  both  apart   both/openpyxl  apart/openpyxl  file")
    for path in paths:
        data = path.read_bytes()
        (outcome,) = check_all([single(path)], Config(), lambda _: None)
        result, plan = outcome.result, outcome.plan

        def load_and_save(data: bytes = data) -> None:
            openpyxl.load_workbook(BytesIO(data)).save(BytesIO())

        def both(data: bytes = data, result=result, plan=plan) -> None:  # type: ignore[no-untyped-def]
            annotate_and_correct(data, result, plan, lang="zh")

        def apart(data: bytes = data, result=result, plan=plan) -> None:  # type: ignore[no-untyped-def]
            annotate(data, result, lang="zh")
            correct(data, result, plan, lang="zh")

        base, one, two = interleaved(load_and_save, both, apart)
        times = f"{base:8.1f} {one:5.1f} {two:6.1f}"
        print(f"{times}   {one / base:13.3f}  {two / base:14.3f}  {path.name}")


def interleaved(*calls: Callable[[], None]) -> list[float]:
    """The median milliseconds of processor time of each call."""
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, spent in zip(calls, times, strict=True):
            start = time.process_time()
            call()
            spent.append((time.process_time() - start) * 1000)
    return [median(spent) for spent in times]


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(SAMPLES.glob("*.xlsx")))
