"""Findings as CSV, one a line; safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from perfeval.findings import FileResult, Finding, FormResult
from perfeval.report.plain import no_formula
from perfeval.texts import Lang, Text

_COLUMNS = (
    Text("文件", "file"),
    Text("项目名称", "project"),
    Text("主管部门", "department"),
    Text("实施单位", "unit"),
    Text("年度", "year"),
    Text("工作表", "sheet"),
    Text("单元格", "cell"),
    Text("级别", "level"),
    Text("规则", "code"),
    Text("问题", "title"),
    Text("字段", "field"),
    Text("填报", "found"),
    Text("应为", "expected"),
    Text("情况", "message"),
    Text("可能原因", "causes"),
    Text("建议", "advice"),
    Text("依据", "basis"),
    Text("编号", "id"),
)


def csv_lines(files: Iterable[FileResult], *, lang: Lang) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, without which Excel does not read Chinese; CRLF."""
    yield b"\xef\xbb\xbf" + _line([column(lang) for column in _COLUMNS])
    for file in files:
        for form, finding in _findings(file):
            yield _line([no_formula(text) for text in _row(file, form, finding)])


def _line(values: list[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(values)
    return out.getvalue().encode("utf-8", "replace")


def _findings(file: FileResult) -> Iterator[tuple[FormResult | None, Finding]]:
    for finding in file.findings:
        yield None, finding
    for form in file.forms:
        for finding in form.findings:
            yield form, finding


def _row(file: FileResult, form: FormResult | None, finding: Finding) -> tuple[str, ...]:
    return (
        file.path,
        (form and form.project) or "",
        (form and form.department) or "",
        (form and form.unit) or "",
        str(form.year) if form and form.year else "",
        finding.sheet or "",
        finding.cell or "",
        finding.level.value,
        finding.code,
        finding.title,
        finding.field,
        finding.found,
        finding.expected,
        finding.message,
        "；".join(cause.text for cause in finding.causes),
        finding.advice,
        "；".join(finding.basis),
        finding.id,
    )
