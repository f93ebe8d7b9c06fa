"""Findings as SARIF 2.1.0 (OASIS), for systems that collect the results of checkers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any  # JSON values
from urllib.parse import quote

from perfeval.findings import FileResult, Finding, Level

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Mapping[Level, str] = {
    Level.ERROR: "error",
    Level.WARNING: "warning",
    Level.INFO: "note",
}


def sarif(files: Sequence[FileResult], *, tool: str) -> bytes:
    """One run. A cell is a logical location (工作表!单元格): SARIF's regions know only lines."""
    name, _, version = tool.partition(" ")
    findings = [(file, finding) for file in files for finding in file.all_findings()]
    rules = {finding.code: finding for _, finding in reversed(findings)}
    codes = sorted(rules)
    index = {code: i for i, code in enumerate(codes)}
    driver = {
        "name": name or "perfeval",
        **({"version": version} if version else {}),
        "rules": [_rule(rules[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(file) for file in files],
        "results": [_result(file, finding, index[finding.code]) for file, finding in findings],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _rule(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.code,
        "name": finding.rule,
        "shortDescription": {"text": finding.title},
        "defaultConfiguration": {"level": _LEVELS[finding.level]},
    }


def _artifact(file: FileResult) -> dict[str, Any]:
    hashes = {"hashes": {"sha-256": file.sha256}} if file.sha256 else {}
    return {"location": {"uri": _uri(file.path)}, **hashes}


def _result(file: FileResult, finding: Finding, index: int) -> dict[str, Any]:
    place = "!".join(part for part in (finding.sheet, finding.cell) if part)
    logical = {"logicalLocations": [{"fullyQualifiedName": place, "kind": "element"}]}
    location = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}},
        **(logical if place else {}),
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": f"{finding.message} {finding.advice}".strip() or finding.title},
        "locations": [location],
        "partialFingerprints": {"perfeval/v1": finding.id},
        "properties": {
            "field": finding.field,
            "found": finding.found,
            "expected": finding.expected,
            "basis": list(finding.basis),
        },
    }


def _uri(path: str) -> str:
    """A path as a relative reference; nothing in it is taken for a scheme, query or fragment."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
