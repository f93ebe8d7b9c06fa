"""perfeval as a library: typed, no printing, no exit, no global state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pandas as pd

from perfeval import batch, schema
from perfeval.config import Config
from perfeval.findings import FileResult, Finding
from perfeval.pipeline import read_chunk
from perfeval.previous import last_years
from perfeval.sources import Source, find

FINDINGS = [
    "path", "form", "id", "code", "rule", "level", "title", "sheet", "cell", "field", "found",
    "expected", "message", "advice",
]  # fmt: skip  # columns of the frame of findings
Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a check or run over one or more submissions.

    `files` are as in results.json, by the names of its keys: file.forms, form.total, form.findings.
    """

    files: tuple[FileResult, ...]
    sources: tuple[Source, ...]
    config: Config

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the files, heaviest first in each form."""
        return tuple(finding for file in self.files for finding in file.all_findings())

    def frames(self) -> dict[str, pd.DataFrame]:
        """The result in pandas, by name: findings, and the tables behind them, read anew: files,
        forms, funds, goals, indicators, cells, …

        A column's unit is in its name (_e4 points, _fen money, _e6 rates; perfeval.schema has all),
        form_id joins the tables, and NA is what a form does not say.

        >>> frames = check("sample_workbooks/青浦区域发展办_规划统筹_2021.xlsx").frames()
        >>> frames["findings"].groupby("level").size().to_dict()
        {'error': 20, 'info': 12, 'warning': 4}
        >>> frames["funds"].query("kind == 'total'").executed_fen.tolist()
        [17992000]
        """
        tables, _ = read_chunk(self.sources, self.config)
        return {
            "findings": pd.DataFrame(self._findings(), columns=FINDINGS, dtype="str"),
            **{name: getattr(tables, name) for name in schema.SCHEMAS},
        }

    def _findings(self) -> Iterator[tuple[str, ...]]:
        for file in self.files:
            of_file = [("", finding) for finding in file.findings]
            of_forms = [(form.form, finding) for form in file.forms for finding in form.findings]
            for form, finding in of_file + of_forms:
                told = (getattr(finding, name) for name in FINDINGS[2:])
                yield (file.path, form, *("" if value is None else str(value) for value in told))


def check(
    paths: Paths, *, policy: str | PathLike[str] | None = None, config: Config | None = None
) -> Result:
    """Check files, folders or .zip archives; nothing is written.

    `policy` is a policy file of the office; `config` has all other settings.

    >>> [file.status for file in check("sample_workbooks/青浦区域发展办_规划统筹_2021.xlsx").files]
    ['error']

    Raises UsageError for a path that does not exist or a setting that is wrong. A file that
    cannot be read is a result with status "unreadable", not an exception.
    """
    config = _settings(config, policy)
    sources = find(_paths(paths))
    outcomes = batch.check(sources, config, _unheard, years=last_years(config))
    return Result(tuple(outcome.result for outcome in outcomes), tuple(sources), config)


def run(
    paths: Paths,
    out: str | PathLike[str],
    *,
    policy: str | PathLike[str] | None = None,
    config: Config | None = None,
) -> Result:
    """Check and write the annotated and corrected workbooks, reports and overview below `out`.

    Raises as `check` does. The result's files name what was written for each (`file.outputs`).
    """
    config = _settings(config, policy)
    sources = find(_paths(paths), outside=Path(out))
    files: list[FileResult] = []
    batch.run(sources, Path(out), config, each=lambda done: files.append(done.result))
    return Result(tuple(files), tuple(sources), config)


def _settings(config: Config | None, policy: str | PathLike[str] | None) -> Config:
    return (config or Config()).with_options(policy=None if policy is None else str(policy))


def _paths(paths: Paths) -> Sequence[Path]:
    return [Path(paths)] if isinstance(paths, str | PathLike) else [Path(path) for path in paths]


def _unheard(_: int) -> None:
    """Progress that nobody watches."""
