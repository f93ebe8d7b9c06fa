"""Measure perfeval beside its peers on the same files.

    python -m benchmarks read|check|start|write [--count 400] [--rounds 5]
    python -m benchmarks --smoke

Contenders take turns; what is printed are medians, and ratios of processor time. The smoke run
measures everything once on a few files, to see that the benchmarks still work: it has no limits.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import measures
from benchmarks.rounds import machine, table
from benchmarks.submissions import write_files

SMOKE_FILES = 4


def main() -> None:
    """Measure what is asked for and print tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", help="read, check, start, write (default: all)")
    parser.add_argument("--count", type=int, default=400, help="files (default 400)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--smoke", action="store_true", help="a few files, one round")
    asked = parser.parse_args()
    unknown = set(asked.what) - {"read", "check", "start", "write"}
    if unknown:
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    count, rounds = (SMOKE_FILES, 1) if asked.smoke else (asked.count, asked.rounds)
    print(f"{machine()}; {count} files, {rounds} rounds, per file")
    with tempfile.TemporaryDirectory() as folder:
        files = write_files(Path(folder), count)
        for what in asked.what or ("read", "check", "start", "write"):
            print(f"\n{what}\n\n{_measured(what, files, rounds)}", flush=True)


def _measured(what: str, files: list[Path], rounds: int) -> str:
    count = len(files)
    if what == "read":
        return table(measures.read(files, rounds), measures.PEER, count)
    if what == "check":
        return table(measures.check(files, rounds), measures.PEER, count)
    if what == "write":
        with tempfile.TemporaryDirectory() as out:
            return table(measures.write(files, rounds, Path(out)), measures.WRITING_PEER, count)
    groups = measures.start(files[0], rounds)
    return "\n\n".join(table(costs, peer) for peer, costs in groups.items())


if __name__ == "__main__":
    main()
