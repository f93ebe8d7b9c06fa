"""A year's inbox through `perfeval run`, at any parallelism: is all found, what does it cost?

    python -m benchmarks year --count 10000 --seed 1 --jobs 1,2 --dask

Prints tables, and exits with 1 where anything differs from the truth or between the runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # JSON is untyped

from benchmarks.inbox import write_inbox
from benchmarks.processes import Cost, watched
from benchmarks.rounds import machine, perfeval

_SIZES = (100, 1_000)  # smaller inboxes, for the cost of a file
_SHOWN = 20  # differences of a kind that are printed
_OWN = ("ledger.sqlite", ".perfeval-kept.sqlite")  # hold times, or are no output


@dataclass(frozen=True, slots=True)
class Ran:
    """One run over an inbox: the SHA-256 of its outputs, and what it said of unreadable files."""

    what: str
    outputs: Mapping[str, str]
    errors: str


def main(arguments: Sequence[str]) -> None:
    """Make the inbox, run, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks year", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="submissions (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other forms")
    parser.add_argument("--jobs", default="1,2", help="processes of each run (default 1,2)")
    parser.add_argument("--dask", action="store_true", help="also by two workers of a scheduler")
    parser.add_argument("--sizes", action="store_true", help="also 100 and 1,000 of them alone")
    parser.add_argument("--keep", type=Path, help="folder to work in; its inbox stays")
    asked = parser.parse_args(arguments)
    jobs = [int(number) for number in asked.jobs.split(",")]
    with _folder(asked.keep) as folder:
        print(f"{machine()}; {asked.count} submissions, seed {asked.seed}", flush=True)
        differences = year(
            folder, asked.count, asked.seed, jobs, dask=asked.dask, sizes=asked.sizes
        )
    for line in differences:
        print(line)
    print("\nno difference" if not differences else f"\n{len(differences)} differences")
    sys.exit(bool(differences))


def year(
    folder: Path, count: int, seed: int, jobs: Sequence[int], *, dask: bool, sizes: bool
) -> list[str]:
    """Run it all in `folder`, and print what it cost; all that differs, in words."""
    truths = _truths(folder, count, seed)
    print(_told(truths) + "\n\n" + _HEAD, flush=True)
    inbox, out = folder / "inbox", folder / "out"
    one, *more = [(f"--jobs {number}", ("--jobs", str(number))) for number in jobs]
    first = _run(*one, inbox, out, count)
    differences = compared(truths, out / "results.json", inbox, first.errors)
    for what, options in more:
        differences += _unlike(first, _run(what, options, inbox, out, count))
    if dask:
        with _scheduler(folder) as (address, others):
            far = _run("dask", ("--scheduler", address), inbox, out, count, others)
        differences += _unlike(first, far)
    for size in (size for size in _SIZES if sizes and size < count):
        some = folder / f"inbox{size}"
        write_inbox(some, size, seed)
        _run(f"{first.what}, {size} files", one[1], some, out, size)
    return differences


_HEAD = """| run | wall s | processor s | files a second | ms of processor a file | peak MiB |
|---|--:|--:|--:|--:|---|"""


def compared(
    truths: Mapping[str, Mapping[str, Any]], results: Path, inbox: Path, errors: str
) -> list[str]:
    """In which files something else is found than was planted, or a broken one is not named."""
    document = json.loads(results.read_text(encoding="utf-8"))
    start = len(inbox.as_posix()) + 1
    found = {file["path"][start:]: file for file in document["files"]}
    differences = [f"not in the results: {name!r}" for name in truths.keys() - found.keys()]
    differences += [f"nothing was sent: {name!r}" for name in found.keys() - truths.keys()]
    for name in truths.keys() & found.keys():
        differences += [f"{name!r}: {why}" for why in _wrong(truths[name], found[name])]
        if truths[name]["broken"] and name not in errors:
            differences.append(f"{name!r}: not named among the unreadable")
    return sorted(differences)


def _wrong(truth: Mapping[str, Any], file: Mapping[str, Any]) -> Iterator[str]:
    if truth["broken"]:
        if file["status"] != "unreadable" or not re.search(truth["broken"], file["reason"] or ""):
            yield f"is {file['status']} ({file['reason']}), not broken: {truth['broken']}"
        return
    if file["status"] == "unreadable":
        yield f"is unreadable: {file['reason']}"
        return
    findings = file["findings"] + [one for form in file["forms"] for one in form["findings"]]
    wanted = Counter((code, cell) for code, cell in truth["findings"])
    others = []
    for finding in findings:
        place = finding["code"], finding["cell"]
        if wanted[place] > 0 and not finding["root"]:
            wanted[place] -= 1
        else:
            others.append(finding)
    yield from (f"{truth['layout']}: missed {place}" for place in +wanted)
    allowed = {*truth["beside"]}
    for other in others:
        follows = other["root"] and other["code"] in truth["follow"]
        if not follows and other["code"] not in allowed:
            yield f"{truth['layout']}: also {other['code']} {other['cell']} {other['message']}"


def _run(
    what: str,
    options: Sequence[str],
    inbox: Path,
    out: Path,
    files: int,
    others: Mapping[str, int] | None = None,
) -> Ran:
    """Run it into an empty `out`, and print its cost. Raises RuntimeError where it failed."""
    shutil.rmtree(out, ignore_errors=True)
    told = out.with_name("stderr.txt")
    command = perfeval("run", str(inbox), "--out", str(out), "--quiet", *options)
    with told.open("wb") as errors:
        process = watched(command, errors, others or {})
    said = told.read_text(encoding="utf-8", errors="replace")
    if process.code not in (0, 1, 3):  # 3: there are files that cannot be read
        raise RuntimeError(f"perfeval run ended with {process.code}: {said[-2000:]}")
    hashes = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(_OWN)
    }
    print(_line(what, files, process.cost), flush=True)
    return Ran(what, hashes, said)


def _line(what: str, files: int, cost: Cost) -> str:
    peaks = ", ".join(f"{name} {kib / 1024:.0f}" for name, kib in cost.peaks.items())
    wall, spent = cost.wall, cost.processor
    each = f"{files / wall:.1f} | {1000 * spent / files:.1f}"
    return f"| {what} | {wall:.1f} | {spent:.1f} | {each} | {peaks} |"


def _unlike(one: Ran, other: Ran) -> list[str]:
    names = sorted(
        name
        for name in one.outputs.keys() | other.outputs.keys()
        if one.outputs.get(name) != other.outputs.get(name)
    )
    shown = [f"{one.what} and {other.what} differ in {name!r}" for name in names[:_SHOWN]]
    more = len(names) - _SHOWN
    return [*shown, f"… and in {more} more"] if more > 0 else shown


def _truths(folder: Path, count: int, seed: int) -> dict[str, dict[str, Any]]:
    """The truth of the inbox in `folder`, which is made unless it is there."""
    told = folder / "truth.json"
    if told.exists():
        truths: dict[str, dict[str, Any]] = json.loads(told.read_text(encoding="utf-8"))
        if len(truths) != count:
            raise ValueError(f"{folder} holds {len(truths)} submissions, not {count}")
        return truths
    truths = write_inbox(folder / "inbox", count, seed)
    told.write_text(json.dumps(truths, ensure_ascii=False, indent=0), encoding="utf-8")
    return truths


def _told(truths: Mapping[str, Mapping[str, Any]]) -> str:
    faulty = [truth for truth in truths.values() if truth["findings"]]
    codes = {code for truth in faulty for code, _ in truth["findings"]}
    layouts = {truth["layout"] for truth in truths.values()} - {""}
    broken = sum(bool(truth["broken"]) for truth in truths.values())
    return (
        f"{len(layouts)} layouts; {len(faulty)} with faults that give {len(codes)} codes; "
        f"{broken} broken"
    )


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _scheduler(folder: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """A dask scheduler with two workers on this machine: its address, their process numbers."""
    told = folder / "scheduler.json"
    module = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    file = ("--scheduler-file", str(told))
    alone = ("--host", "127.0.0.1", "--no-dashboard")
    commands = [[*module, "distributed.cli.dask_scheduler", *file, *alone, "--port", "0"]] + [
        [*module, "distributed.cli.dask_worker", *file, *alone, "--nthreads", "1", "--no-nanny",
         "--local-directory", str(folder / "dask")]
    ] * 2  # fmt: skip
    started = [subprocess.Popen(command, **quiet) for command in commands]  # type: ignore[call-overload]  # of one kind
    names = ("scheduler", "worker", "worker 2")
    try:
        address = _answered(told, started)
        yield address, {name: one.pid for name, one in zip(names, started, strict=True)}
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait()


def _answered(told: Path, started: Sequence[subprocess.Popen[bytes]]) -> str:
    """The address of the scheduler once both workers are there. Raises RuntimeError."""
    from distributed import Client

    while not told.exists():
        if any(one.poll() is not None for one in started):
            raise RuntimeError("no dask scheduler")
        time.sleep(0.1)
    with Client(scheduler_file=str(told), timeout="60s", set_as_default=False) as client:  # type: ignore[no-untyped-call]  # so is all of dask
        client.wait_for_workers(2, timeout=60)
        return str(client.scheduler.address)
