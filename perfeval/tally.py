"""What is counted while the files of a run pass: for the closing lines and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from perfeval.copies import Copy
from perfeval.findings import FileResult, Level

State = Literal["done", "interrupted"]  # how a run has ended


@dataclass(slots=True)
class Tally:
    """Grows file by file. `binding` are the levels of findings that are not on trial."""

    files: int = 0
    forms: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    levels: Counter[Level] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)  # code and title
    copies: Counter[Copy] = field(default_factory=Counter)
    binding: set[Level] = field(default_factory=set)

    def add(self, file: FileResult) -> None:
        self.files += 1
        self.forms += len(file.forms)
        self.statuses[file.status] += 1
        if file.copy:
            self.copies[file.copy] += 1
        for finding in file.all_findings():
            self.levels[finding.level] += 1
            self.rules[finding.code, finding.title] += 1
            if not finding.trial:
                self.binding.add(finding.level)

    def passing(self, files: Iterable[FileResult]) -> Iterator[FileResult]:
        """The same files, each counted as it passes."""
        for file in files:
            self.add(file)
            yield file

    def exit_code(self, fail_on: str) -> int:
        """3 if a file was unreadable or nothing was checked, 1 if a finding reaches `fail_on`."""
        if self.statuses["unreadable"] or not self.forms:
            return 3
        if fail_on == "never":
            return 0
        return int(any(level.rank <= Level(fail_on).rank for level in self.binding))

    def summary(self) -> dict[str, object]:
        """The "summary" of results.json."""
        levels = {level.value: self.levels[level] for level in Level}
        return {"files": self.files, "forms": self.forms, "findings": levels}
