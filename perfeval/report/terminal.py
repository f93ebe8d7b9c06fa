"""Findings for a terminal: one line each, that can be read aloud."""

from __future__ import annotations

from perfeval.findings import FileResult, Finding
from perfeval.report.phrases import MARKS, words
from perfeval.report.plain import one_line
from perfeval.texts import Lang


def text_lines(file: FileResult, lang: Lang) -> list[str]:
    """Where, what and what to do: 青浦/012.xlsx［自评表］H7：✕ F103 得分 9.99，应为 9.996。请…"""
    lines = [_line(file, finding, lang) for finding in file.all_findings()]
    if not lines and file.reason:
        lines = [one_line(f"{file.path}：{MARKS['unreadable']} {file.reason}")]
    return lines


def _line(file: FileResult, finding: Finding, lang: Lang) -> str:
    sheet = f"［{finding.sheet}］" if finding.sheet else ""
    place = f"{file.path}{sheet}{finding.cell or ''}"
    level = f"{MARKS[finding.level]} {words(lang)[finding.level]} {finding.code}"
    told = _joined(finding.message, finding.advice, lang)
    return one_line(f"{place}{'：' if lang == 'zh' else ': '}{level} {told}")


def _joined(message: str, advice: str, lang: Lang) -> str:
    """Two sentences, each closed by a stop."""
    stop, between = ("。", "") if lang == "zh" else (".", " ")
    told = [text.rstrip("。.") + stop for text in (message, advice) if text]
    return between.join(told)
