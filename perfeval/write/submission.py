"""A submission as both copies begin with it."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval.findings import FileResult
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.package import Package
from perfeval.ooxml.styles import highest_style, known_formats
from perfeval.ooxml.workbook import WorkbookPart
from perfeval.write.round_record import record
from perfeval.write.stripping import unmarked


@dataclass(frozen=True, slots=True)
class Submission:
    """A package without marks, the record of the round, and the highest format that cells point to
    and that is not there (-1 where all are).
    """

    package: Package
    remembered: tuple[str, ...]
    pointed: int

    @classmethod
    def of(cls, source: bytes, result: FileResult) -> Submission:
        """Marks of an earlier round are taken away. Raises UnreadableError for what is no .xlsx."""
        package = unmarked(Package.open(source))
        workbook = WorkbookPart.of(Draft(package))
        highest = highest_style(workbook, known=known_formats(workbook))
        return cls(package, record(result), highest)
