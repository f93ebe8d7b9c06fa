"""results.json keeps its published contract."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from jsonschema import Draft202012Validator

from perfeval.findings import FileResult
from perfeval.report.results_json import document, file_json, jsonl, results
from perfeval.tally import Tally

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "results.schema.json"


def _parsed(*files: FileResult) -> dict:
    return json.loads(results(files, tool="perfeval 0.1.0", rules_hash="abc"))


def test_the_schema_is_a_schema() -> None:
    """The published file is valid JSON Schema 2020-12."""
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text("utf-8")))


def test_results_fit_the_schema(
    seed: FileResult, clean: FileResult, unreadable: FileResult
) -> None:
    """Whatever became of a file, its entry is valid against the published schema."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator(schema).validate(_parsed(seed, clean, unreadable))
    Draft202012Validator(schema).validate(_parsed())


def test_the_total_of_the_published_form(seed: FileResult) -> None:
    """Numbers are strings, a field that the form has not is null, a blank one is empty."""
    form = _parsed(seed)["files"][0]["forms"][0]
    assert (form["total"]["reported"], form["total"]["recomputed"]) == ("92", "92.996")
    assert form["total"]["grade_reported"] is None
    assert form["indicators"][0]["actual"] == ""
    assert form["findings"][0]["fix"] == {
        "safety": "confirm",
        "cell": "G33",
        "from": "92",
        "to": "92.996",
    }


def test_summary_counts_findings_of_files_and_forms(
    seed: FileResult, unreadable: FileResult
) -> None:
    """21 errors in the form (S101, G101, 13 I102, 6 I105), one more of the unreadable file."""
    summary = _parsed(seed, unreadable)["summary"]
    assert summary == {
        "files": 2,
        "forms": 1,
        "findings": {"error": 22, "warning": 1, "info": 1},
    }


def test_equal_values_give_equal_bytes(seed: FileResult) -> None:
    """The order in which a mapping was filled does not show."""
    form = seed.forms[0]
    turned = replace(form, outcomes=dict(reversed(form.outcomes.items())))
    other = replace(seed, outputs=dict(reversed(seed.outputs.items())), forms=(turned,))
    assert results([seed], tool="t", rules_hash="h") == results([other], tool="t", rules_hash="h")


def test_pieces_make_the_same_document(seed: FileResult, clean: FileResult) -> None:
    """A batch that hands over its files one by one writes what `results` writes."""
    files = [seed, clean]
    tally = Tally()
    entries = map(file_json, tally.passing(files))
    pieces = document(entries, tally.summary, tool="t", rules_hash="h")
    assert b"".join(pieces) == results(files, tool="t", rules_hash="h")


def test_jsonl_is_one_finding_a_line(seed: FileResult, unreadable: FileResult) -> None:
    """Each line stands alone: it names its file and its form."""
    lines = [json.loads(line) for line in jsonl([seed, unreadable])]
    assert len(lines) == 24
    assert (lines[0]["path"], lines[0]["form"]) == ("青浦/区域办 2021.xlsx", "a.xlsx#自评表")
    assert (lines[-1]["code"], lines[-1]["form"]) == ("R001", None)


def test_hostile_texts_come_back_as_they_were(hostile: FileResult) -> None:
    """Control characters and bytes that are no UTF-8 survive, and the document is valid UTF-8."""
    data = results([hostile], tool="t", rules_hash="h")
    data.decode("utf-8")
    assert json.loads(data)["files"][0]["forms"][0]["project"] == hostile.forms[0].project
