"""perfeval as a library: typed, no printing, no exit, no global state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pandas as pd

from perfeval import batch
from perfeval.config import Config
from perfeval.findings import FileResult, Finding
from perfeval.pipeline import read_chunk
from perfeval.sources import Source, find

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a check or run over one or more submissions."""

    files: tuple[FileResult, ...]
    sources: tuple[Source, ...]
    config: Config

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the files, heaviest first in each form."""
        return tuple(finding for file in self.files for finding in file.all_findings())

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables behind the result, read anew, by name: files, forms, funds, goals, …

        Units are in the column names, see perfeval.schema.
        """
        tables, _ = read_chunk(self.sources, self.config)
        return {name: getattr(tables, name) for name in tables.__slots__}


def check(paths: Paths, *, config: Config | None = None) -> Result:
    """Check files, folders or .zip archives; nothing is written.

    Raises UsageError for a path that does not exist or a setting that is wrong. A file that
    cannot be read is a result with status "unreadable", not an exception.
    """
    config = config or Config()
    sources = find(_paths(paths))
    outcomes = batch.check(sources, config, _unheard)
    return Result(tuple(outcome.result for outcome in outcomes), tuple(sources), config)


def run(paths: Paths, out: str | PathLike[str], *, config: Config | None = None) -> Result:
    """Check and write the annotated and corrected workbooks, reports and overview below `out`."""
    config = config or Config()
    sources = find(_paths(paths), outside=Path(out))
    files: list[FileResult] = []
    batch.run(sources, Path(out), config, each=lambda done: files.append(done.result))
    return Result(tuple(files), tuple(sources), config)


def _paths(paths: Paths) -> Sequence[Path]:
    return [Path(paths)] if isinstance(paths, str | PathLike) else [Path(path) for path in paths]


def _unheard(_: int) -> None:
    """Progress that nobody watches."""
