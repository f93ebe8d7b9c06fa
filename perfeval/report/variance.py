"""The variance report: the review document of one file, as a page to sign or as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath

from perfeval.copies import remark
from perfeval.course import course_text
from perfeval.findings import FileResult, FormResult, IndicatorLine
from perfeval.report import amounts
from perfeval.report.chain import scale
from perfeval.report.cutout import cutout
from perfeval.report.marked import Marked
from perfeval.report.phrases import MARKS
from perfeval.report.review import (
    Entry,
    Review,
    grouped,
    review,
    settled_grade,
    shown,
    verdict,
)
from perfeval.report.templates import render
from perfeval.rounds import short as remembered
from perfeval.texts import Lang

CLIP = 320  # characters of a goal that are shown; the form has the rest


def variance_html(
    file: FileResult,
    *,
    lang: Lang = "zh",
    tool: str = "",
    rules_hash: str = "",
    policy: Sequence[str] = (),
    templates: str = "",
) -> str:
    """One page without script or network, for paper and for the phone.

    `policy` are lines that name the policy's sources. Raises UsageError when an office's own
    template is broken.
    """
    values = _values(file, lang, tool=tool, rules_hash=rules_hash, policy=policy)
    return render("variance.html.j2", values, lang=lang, templates=templates)


def variance_markdown(
    file: FileResult,
    *,
    lang: Lang = "zh",
    tool: str = "",
    rules_hash: str = "",
    policy: Sequence[str] = (),
    templates: str = "",
) -> str:
    """The same document in Markdown; texts of the file are escaped."""
    values = _values(file, lang, tool=tool, rules_hash=rules_hash, policy=policy)
    return render("variance.md.j2", values, lang=lang, templates=templates)


def _values(
    file: FileResult, lang: Lang, *, tool: str, rules_hash: str, policy: Sequence[str]
) -> dict[str, object]:
    own = grouped(file.findings)
    return {
        "file": file,
        "path": _within(file.path),
        "marks": MARKS,
        "tool": tool,
        "rules_hash": rules_hash,
        "policy": policy,
        "remark": remark(file.copy, lang),
        "course": partial(course_text, lang=lang),
        "remembered": remembered,
        "own": own,
        "reviews": _reviews(file.forms, start=1 + len(file.findings)),
        "own_verdict": verdict(file.findings),
        "amounts": amounts,
        "scale": scale,
        "cutout": partial(cutout, lang=lang),
        "marked": partial(Marked, lang=lang),
        "shown": shown,
        "settled_grade": settled_grade,
        "flat": _flat,
        "issues": _issues,
        "clip": CLIP,
    }


def _reviews(forms: Sequence[FormResult], *, start: int) -> list[Review]:
    found = []
    for form in forms:
        found.append(review(form, start=start))
        start += len(form.findings)
    return found


def _flat(entries: Sequence[Entry], depth: int = 0) -> list[tuple[int, Entry]]:
    """Entries in the order of reading, each with how deep it follows from others."""
    return [
        pair for entry in entries for pair in ((depth, entry), *_flat(entry.followers, depth + 1))
    ]


def _issues(review: Review, line: IndicatorLine) -> str:
    """What was found on a line, in one line."""
    found = review.on_line(line)
    return "；".join(f"{MARKS[i.finding.level]} {i.finding.code} {i.finding.title}" for i in found)


def _within(path: str) -> str:
    """A whole path cut to its last folder: the rest tells of the reviewer's machine."""
    if path[:1] not in ("/", "\\") and path[1:2] != ":":
        return path
    whole = PurePosixPath(path.replace("\\", "/"))
    rooted = whole.is_absolute() or PureWindowsPath(path).drive
    return PurePosixPath(*whole.parts[-2:]).as_posix() if rooted else path
