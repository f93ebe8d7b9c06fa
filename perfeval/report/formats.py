"""The formats of `perfeval check --format`, by name."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.errors import UsageError
from perfeval.findings import FileResult
from perfeval.report.csv_out import csv_bytes
from perfeval.report.junit import junit
from perfeval.report.results_json import jsonl, results
from perfeval.report.sarif import sarif
from perfeval.report.terminal import text_lines
from perfeval.texts import Lang

FORMATS = ("text", "json", "jsonl", "csv", "sarif", "junit")


def rendered(
    files: Sequence[FileResult], form: str, *, lang: Lang, tool: str, rules_hash: str
) -> bytes:
    """All findings in the format `form`, in UTF-8. Raises UsageError for one that is not known."""
    if form == "text":
        lines = [line + "\n" for file in files for line in text_lines(file, lang)]
        return "".join(lines).encode("utf-8")
    if form == "json":
        return results(files, tool=tool, rules_hash=rules_hash)
    if form == "jsonl":
        return jsonl(files)
    if form == "csv":
        return csv_bytes(files, lang=lang)
    if form == "sarif":
        return sarif(files, tool=tool)
    if form == "junit":
        return junit(files)
    raise UsageError(f"没有输出格式 {form}，可用：{' '.join(FORMATS)}（unknown format）")
