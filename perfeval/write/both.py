"""Annotated and corrected copy made together: what they share is done once."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval.findings import FileResult, Plan
from perfeval.texts import Lang
from perfeval.write.annotation import annotated
from perfeval.write.correction import corrected
from perfeval.write.submission import Submission


@dataclass(frozen=True, slots=True)
class Copies:
    """The two workbooks that go back. Excel opens what `has_macros` as nothing but .xlsm."""

    annotated: bytes
    corrected: bytes
    has_macros: bool


def annotate_and_correct(source: bytes, result: FileResult, plan: Plan, *, lang: Lang) -> Copies:
    """The same bytes as `annotate` and `correct` give. Raises as they do."""
    submission = Submission.of(source, result)
    package = submission.package
    return Copies(
        annotated(submission, result, lang=lang),
        corrected(submission, result, plan, lang=lang),
        "macroEnabled" in package.content_type(package.workbook_part),
    )
