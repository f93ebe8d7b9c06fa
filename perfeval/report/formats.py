"""The formats of `perfeval check --format`, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfeval.errors import UsageError
from perfeval.findings import FileResult
from perfeval.report.csv_out import csv_lines
from perfeval.report.junit import junit
from perfeval.report.results_json import jsonl, results_pieces
from perfeval.report.sarif import sarif
from perfeval.report.terminal import text_lines
from perfeval.texts import Lang

FORMATS = ("text", "json", "jsonl", "csv", "sarif", "junit")


def rendered(
    files: Iterable[FileResult], form: str, *, lang: Lang, tool: str, rules_hash: str
) -> bytes:
    """All findings in the format `form`, in UTF-8. Raises UsageError for one that is not known."""
    return b"".join(pieces(files, form, lang=lang, tool=tool, rules_hash=rules_hash))


def pieces(
    files: Iterable[FileResult], form: str, *, lang: Lang, tool: str, rules_hash: str
) -> Iterator[bytes]:
    """The same piece by piece as the files pass; SARIF and JUnit need all of them at once."""
    if form == "text":
        return (f"{line}\n".encode() for file in files for line in text_lines(file, lang))
    if form == "json":
        return results_pieces(files, tool=tool, rules_hash=rules_hash)
    if form == "jsonl":
        return jsonl(files)
    if form == "csv":
        return csv_lines(files, lang=lang)
    if form == "sarif":
        return iter([sarif(list(files), tool=tool)])
    if form == "junit":
        return iter([junit(list(files))])
    raise UsageError(f"没有输出格式 {form}，可用：{' '.join(FORMATS)}（unknown format）")
