"""Measure perfeval beside its peers on the same files.

    python -m benchmarks read|check|run|start|write|peers|seven|limits|stages [--rounds 5]
    python -m benchmarks processes [--count 2000] [--rounds 3]
    python -m benchmarks memory                          # 100, 1,000 and 4,000 files
    python -m benchmarks pictures                        # 2,500 to 20,000 forms
    python -m benchmarks year [--count 10000] [--dask]   # whole runs against the truth: year.py
    python -m benchmarks --smoke

Contenders take turns; what is printed are medians, and ratios of processor time. The smoke run
measures everything once on a few files, to see that the benchmarks still work: it has no limits.
The peers are installed with `pip install perfeval[benchmarks]`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import measures, whole
from benchmarks.openpyxl_work import LOADING, NOTING
from benchmarks.rounds import in_process, machine, table
from benchmarks.submissions import write_files

SMOKE_FILES = 4
GROWING = (100, 1_000, 4_000)  # files of the measure of memory
PICTURED = (2_500, 5_000, 10_000, 20_000)  # forms of index.html and summary.xlsx
Measure = Callable[[Path, int, int], str]  # folder, files in it, rounds


def main() -> None:
    """Measure what is asked for and print tables."""
    if sys.argv[1:2] == ["year"]:
        from benchmarks.year import main as year

        year(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", nargs="*", help=f"{', '.join(MEASURES)} (default: all)")
    parser.add_argument("--count", type=int, default=400, help="files (default 400)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--smoke", action="store_true", help="a few files, one round")
    asked = parser.parse_args()
    unknown = set(asked.what) - MEASURES.keys()
    if unknown:
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    count, rounds = (SMOKE_FILES, 1) if asked.smoke else (asked.count, asked.rounds)
    print(f"{machine()}; {count} files, {rounds} rounds, per file")
    for what in asked.what or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            print(f"\n{what}\n\n{MEASURES[what](Path(folder), count, rounds)}", flush=True)


def _read(folder: Path, count: int, rounds: int) -> str:
    return table(measures.read(write_files(folder, count), rounds), LOADING, count)


def _check(folder: Path, count: int, rounds: int) -> str:
    files = write_files(folder / "in", count)
    return table(whole.check(files, rounds, folder), LOADING, count - 1)


def _run(folder: Path, count: int, rounds: int) -> str:
    files = write_files(folder / "in", count)
    return table(whole.run(files, rounds, folder), NOTING, count - 1)


def _write(folder: Path, count: int, rounds: int) -> str:
    files = write_files(folder / "in", count)
    return table(measures.write(files, rounds, folder), NOTING, count)


def _start(folder: Path, count: int, rounds: int) -> str:
    groups = measures.start(write_files(folder, 1)[0], rounds)
    return "\n\n".join(table(costs, peer) for peer, costs in groups.items())


def _peers(folder: Path, count: int, rounds: int) -> str:
    from benchmarks.peers import PEER, peers

    return table(peers(write_files(folder, count), rounds), PEER, count)


def _seven(folder: Path, count: int, rounds: int) -> str:
    from benchmarks.seven import contenders
    from perfeval.config import Config
    from perfeval.pipeline import read_chunk
    from perfeval.sources import find

    tables, *_ = read_chunk(find(write_files(folder, count)), Config())
    costs = in_process(contenders(tables), rounds)
    return table(costs, next(iter(costs)), count)


def _limits(folder: Path, count: int, rounds: int) -> str:
    from benchmarks.limits import LIMIT, limits

    return table(limits(write_files(folder / "in", count), rounds, folder), LIMIT, count)


def _stages(folder: Path, count: int, rounds: int) -> str:
    from benchmarks.stages import stages

    return stages(write_files(folder, count), rounds)


def _processes(folder: Path, count: int, rounds: int) -> str:
    from benchmarks.scale import processes

    write_files(folder, count)
    return processes(folder, rounds)


def _memory(folder: Path, count: int, rounds: int) -> str:
    from benchmarks.scale import memory

    sizes = [count] if count == SMOKE_FILES else GROWING
    for size in sizes:
        write_files(folder / str(size), size)
    return memory([(size, folder / str(size)) for size in sizes], folder / "out")


def _pictures(folder: Path, count: int, rounds: int) -> str:
    from benchmarks.pictures import pictures

    write_files(folder / "in", min(count, 200))
    sizes = [count] if count == SMOKE_FILES else PICTURED
    return pictures(folder / "in", folder / "out", sizes)


MEASURES: dict[str, Measure] = {
    "read": _read, "check": _check, "run": _run, "start": _start, "write": _write, "peers": _peers,
    "seven": _seven, "limits": _limits, "stages": _stages, "processes": _processes,
    "memory": _memory, "pictures": _pictures,
}  # fmt: skip


if __name__ == "__main__":
    main()
