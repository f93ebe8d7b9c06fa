"""Where the time of a check goes, stage by stage: processor time a file, in chunks as in a run."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from perfeval import results, rules
from perfeval.checking import check
from perfeval.cli.main import NEW_OBJECTS
from perfeval.config import Config
from perfeval.extract import Collector
from perfeval.fix import plan
from perfeval.policy import Policies
from perfeval.read import read_bytes
from perfeval.report.results_json import file_json
from perfeval.scores import recompute
from perfeval.settled import CHUNK
from perfeval.sources import Source, find
from perfeval.write import take_in

Made = TypeVar("Made")


class _Clock:
    """Adds up the processor time of each stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def timed(self, stage: str, work: Callable[[], Made]) -> Made:
        begun = time.process_time()
        made = work()
        self.spent[stage] = self.spent.get(stage, 0.0) + time.process_time() - begun
        return made


def stages(files: Sequence[Path], rounds: int) -> str:
    """A Markdown table of milliseconds a file, and of the share of each stage."""
    pace = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS)
    runs = [_run(files) for _ in range(rounds + 1)][1:]  # the first one warms up
    gc.set_threshold(*pace)
    spent = {name: 1000 * median(run[name] for run in runs) / len(files) for name in runs[0]}
    whole = sum(spent.values())
    lines = ["| stage | ms a file | share |", "|---|--:|--:|"]
    lines += [f"| {name} | {ms:.2f} | {ms / whole:.0%} |" for name, ms in spent.items()]
    return "\n".join([*lines, f"| together | {whole:.2f} | |"])


def _run(files: Sequence[Path]) -> dict[str, float]:
    clock, sources = _Clock(), find(files)
    for start in range(0, len(sources), CHUNK):
        _chunk(clock, sources[start : start + CHUNK])
    return clock.spent


def _chunk(clock: _Clock, sources: Sequence[Source]) -> None:
    collector, config = Collector(), Config()
    for source in sources:
        file_id = collector.add_file(source.name)
        data = clock.timed("bytes", source.read)
        own = clock.timed("whether it is a copy of ours", lambda data=data: take_in(data))[0]  # type: ignore[misc]
        book = clock.timed(
            "bytes → workbook",
            lambda own=own, name=source.name: read_bytes(own, name),  # type: ignore[misc]
        )
        clock.timed(
            "workbook → layout → rows",
            lambda file_id=file_id, book=book: collector.add_workbook(file_id, book),  # type: ignore[misc]
        )
    tables = clock.timed("rows → tables", collector.tables)
    policies = clock.timed("policies", lambda: Policies.resolve(tables))
    clock.timed("scores", lambda: recompute(tables, policies))
    single, _ = rules.parted(rules.chosen())
    checked = clock.timed("rules and findings", lambda: check(tables, policies, rules=single))
    hashes = [""] * len(sources)
    made = clock.timed(
        "results", lambda: results.files(tables, policies, checked, hashes, lang="zh")
    )
    clock.timed("plan", lambda: [plan(one, {}, confirm=config.confirm, lang="zh") for one in made])
    clock.timed("results → JSON", lambda: [file_json(one) for one in made])
