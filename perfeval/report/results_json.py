"""results.json as docs/schema/results.schema.json has it: one document, or one line a finding."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal  # JSON values

import msgspec

from perfeval.course import Course, Past
from perfeval.findings import (
    FileResult,
    Finding,
    FormResult,
    PolicyUsed,
    Total,
)
from perfeval.tally import Tally

SCHEMA = "perfeval-results/1"
FIRST, NEXT = b"\n", b",\n"  # what stands before a file


def results(files: Iterable[FileResult], *, tool: str, rules_hash: str) -> bytes:
    """The whole document in UTF-8. The same files give the same bytes."""
    return b"".join(results_pieces(files, tool=tool, rules_hash=rules_hash))


def results_pieces(files: Iterable[FileResult], *, tool: str, rules_hash: str) -> Iterator[bytes]:
    """The document piece by piece; `files` are gone through once."""
    tally = Tally()
    entries = (file_json(file) for file in tally.passing(files))
    return document(entries, tally.summary, tool=tool, rules_hash=rules_hash)


def document(
    files: Iterable[bytes],
    summary: Callable[[], Mapping[str, Any]],
    *,
    tool: str,
    rules_hash: str,
) -> Iterator[bytes]:
    """The document in pieces, from `file_json` values: a large batch never stands in memory.

    `files` is used up before `summary` is asked, so a caller may count while it hands them out.
    """
    yield opening(tool=tool, rules_hash=rules_hash)
    between = FIRST
    for file in files:
        yield between + file
        between = NEXT
    yield closing(summary())


def opening(*, tool: str, rules_hash: str) -> bytes:
    """What stands before the files; each of them follows FIRST or NEXT."""
    head = _encode({"schema": SCHEMA, "tool": tool, "rules": rules_hash})
    return head[:-1] + b',"files":['


def closing(summary: Mapping[str, Any], *, state: str = "") -> bytes:
    """What stands behind them. `state` says that not all files of the run are in it."""
    ended = b',"state":' + _encode(state) if state else b""
    return b'],\n"summary":' + _encode(summary) + ended + b"}\n"


def file_json(file: FileResult) -> bytes:
    """One entry of "files", on one line."""
    try:
        return msgspec.json.encode(_file(file, _encoded))
    except UnicodeEncodeError:
        return _encode(_file(file, _listed))


def jsonl(files: Iterable[FileResult]) -> Iterator[bytes]:
    """One finding a line, with its path and form (null for a finding of the whole file)."""
    for file in files:
        for form, findings in ((None, file.findings), *((f.form, f.findings) for f in file.forms)):
            for finding in findings:
                yield _encode({"path": file.path, "form": form, **_finding(finding)}) + b"\n"


def _encode(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        # a path may hold bytes that are no UTF-8 (lone surrogates): they leave as \udcXX
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "backslashreplace")


# Equal mappings give equal bytes, however they were filled.
_BY_NAME: Literal["deterministic"] = "deterministic"
_encoder = msgspec.json.Encoder(order=_BY_NAME)


def _encoded(value: object) -> msgspec.Raw:
    """Lines, or a mapping, as they stand in the document."""
    return msgspec.Raw(_encoder.encode(value))


def _listed(value: object) -> Any:
    """The same as lists and dicts."""
    return msgspec.to_builtins(value, order=_BY_NAME)


def _file(file: FileResult, lines: Callable[[object], Any]) -> dict[str, Any]:
    return {
        "path": file.path,
        "sha256": file.sha256,
        "status": file.status,
        "reason": file.reason,
        "outputs": lines(file.outputs),
        "copy": file.copy and file.copy.value,
        "round": file.round,
        "closed": [_past(past) for past in file.closed],
        "findings": [_finding(finding) for finding in file.findings],
        "forms": [_form(form, lines) for form in file.forms],
    }


def _form(form: FormResult, lines: Callable[[object], Any]) -> dict[str, Any]:
    return {
        "form": form.form,
        "sheet": form.sheet,
        "kind": form.kind,
        "layout": form.layout,
        "region": form.region,
        "year": form.year,
        "project": form.project,
        "department": form.department,
        "unit": form.unit,
        "money_unit": form.money_unit,
        "total": _total(form.total),
        "funds": lines(form.funds),
        "goals": lines(form.goals),
        "indicators": lines(form.indicators),
        "findings": [_finding(finding) for finding in form.findings],
        "outcomes": lines(form.outcomes),
        "policy": form.policy and _policy(form.policy),
    }


def _policy(used: PolicyUsed) -> dict[str, Any]:
    return {
        "region": used.region,
        "year": used.year,
        "found": list(used.found),
        "files": list(used.files),
        "office": used.office,
        "values": [
            {
                "key": v.key,
                "value": v.value,
                "label": v.label,
                "basis": v.basis,
                "from": v.from_year,
            }
            for v in used.values
        ],
        "rules": [
            {
                "code": r.code,
                "off": r.off,
                "level": r.level and r.level.value,
                "trial": r.trial,
                "source": r.source,
            }
            for r in used.rules
        ],
    }


def _total(total: Total) -> dict[str, str | None]:
    return {
        "points": total.points,
        "reported": total.reported,
        "recomputed": total.recomputed,
        "low": total.low,
        "high": total.high,
        "grade_reported": total.grade_reported,
        "grade": total.grade,
        "grade_low": total.grade_low,
        "grade_high": total.grade_high,
        "cell": total.cell,
        "due_low": total.due_low,
        "due_high": total.due_high,
        "due_grade_low": total.due_grade_low,
        "due_grade_high": total.due_grade_high,
        "cap": total.cap,
        "capped": total.capped,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    return {
        "id": finding.id,
        "code": finding.code,
        "rule": finding.rule,
        "level": finding.level.value,
        "title": finding.title,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": finding.field,
        "found": finding.found,
        "expected": finding.expected,
        "message": finding.message,
        "advice": finding.advice,
        "causes": [{"cause": cause.cause, "text": cause.text} for cause in finding.causes],
        "basis": list(finding.basis),
        "derivation": finding.derivation,
        "fix": fix
        and {"safety": fix.safety.value, "cell": fix.cell, "from": fix.old, "to": fix.new},
        "root": finding.root,
        "trial": finding.trial,
        "state": finding.state.value,
        "course": _course(finding.course),
    }


def _past(past: Past) -> dict[str, Any]:
    return {
        "id": past.id,
        "code": past.code,
        "title": past.title,
        "level": past.level,
        "sheet": past.sheet or None,
        "cell": past.cell or None,
        "found": past.found,
        "course": _course(past.course),
    }


def _course(course: Course) -> list[dict[str, Any]]:
    return [{"round": number, "state": state.value} for number, state in course]
