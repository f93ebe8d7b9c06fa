"""What leaves as JSON is described: every key that occurs stands in the published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from perfeval.cli.main import group

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_workbooks"
OFFICE = ROOT / "docs" / "examples" / "own-policy.toml"


def schema(name: str) -> Any:
    """The published schema with its doors closed: a key that it does not name is an error."""
    return _closed(json.loads((ROOT / "docs" / "schema" / name).read_text("utf-8")))


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _closed(value) for key, value in node.items()}
    if "properties" in made and made.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return made


def output(*args: str | Path) -> Any:
    """What a command prints, as JSON."""
    done = CliRunner().invoke(group, [str(arg) for arg in args], standalone_mode=False)
    assert done.exception is None, done.exception
    return json.loads(done.stdout)


def test_a_check_says_nothing_undescribed() -> None:
    """All sample workbooks, with an office's own policy."""
    document = output("check", SAMPLES, "--policy", OFFICE, "--format", "json")
    Draft202012Validator(schema("results.schema.json")).validate(document)


def test_a_second_round_says_nothing_undescribed(tmp_path: Path) -> None:
    """What was returned comes in again: rounds, standings, replies, what is closed."""
    seed = next(SAMPLES.glob("青浦*.xlsx"))
    first = CliRunner().invoke(group, ["run", str(seed), "--out", str(tmp_path / "1")])
    assert first.exception is None or isinstance(first.exception, SystemExit)
    (back,) = (tmp_path / "1").glob("*_审核意见.xlsx")
    document = output("check", back, "--format", "json")
    assert document["files"][0]["round"] == 2
    Draft202012Validator(schema("results.schema.json")).validate(document)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.*")), ids=lambda path: path.stem)
def test_an_inspection_says_nothing_undescribed(sample: Path) -> None:
    """Each layout and format."""
    if sample.suffix in (".py", ".md"):
        pytest.skip("no submission")
    document = output("inspect", sample, "--format", "json")
    Draft202012Validator(schema("inspect.schema.json")).validate(document)


@pytest.mark.parametrize("name", ["results.schema.json", "inspect.schema.json"])
def test_the_keys_that_may_be_missing_are_explained(name: str) -> None:
    """An optional key has a description, its own or that of what it refers to."""
    document = json.loads((ROOT / "docs" / "schema" / name).read_text("utf-8"))
    Draft202012Validator.check_schema(document)
    bare = list(_unexplained(document, document, name))
    assert bare == []


def _unexplained(node: Any, document: Any, place: str) -> Any:
    if isinstance(node, list):
        for item in node:
            yield from _unexplained(item, document, place)
    if not isinstance(node, dict):
        return
    required = node.get("required", [])
    for key, value in node.get("properties", {}).items():
        if node.get("type") == "object" and key not in required:
            target = value
            if "$ref" in value:
                target = document["$defs"][value["$ref"].rpartition("/")[2]]
            if not (value.get("description") or target.get("description")):
                yield f"{place}.{key}"
    for key, value in node.items():
        yield from _unexplained(value, document, f"{place}/{key}")
