"""The sample workbooks: made by their script, and found out as the files beside them say."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any  # JSON is untyped

import openpyxl
import pytest

import perfeval
from perfeval.findings import FileResult, FormResult
from sample_workbooks.building.sample import Sample
from sample_workbooks.samples import SAMPLES

FOLDER = Path(__file__).parents[2] / "sample_workbooks"


@pytest.fixture(scope="module")
def results() -> Mapping[str, FileResult]:
    """Every sample's result by file name."""
    return {Path(file.path).name: file for file in perfeval.check(FOLDER).files}


def by_name(sample: Sample) -> str:
    return sample.stem


def expected(sample: Sample) -> dict[str, Any]:
    text = (FOLDER / f"{sample.stem}.expected.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@pytest.mark.parametrize("sample", SAMPLES, ids=by_name)
def test_each_planted_fault_is_found_and_nothing_else(
    sample: Sample, results: Mapping[str, FileResult]
) -> None:
    """A check gives exactly the findings that the expected file names, each at its cell."""
    findings = results[sample.name].all_findings()
    wanted = [(f["code"], f["sheet"], f["cell"]) for f in expected(sample)["findings"]]
    assert Counter((f.code, f.sheet, f.cell) for f in findings) == Counter(wanted)


@pytest.mark.parametrize("sample", SAMPLES, ids=by_name)
def test_each_form_is_read_as_its_office_meant_it(
    sample: Sample, results: Mapping[str, FileResult]
) -> None:
    """Layout, place, year, unit, rows and totals of every form are those of the expected file."""
    assert [told(form) for form in results[sample.name].forms] == expected(sample)["forms"]


def told(form: FormResult) -> dict[str, Any]:
    """A form's result in the words of an expected file."""
    return {
        "layout": form.layout,
        "region": form.region,
        "year": form.year,
        "money_unit": form.money_unit,
        "indicators": sum(not line.placeholder for line in form.indicators),
        "reported": form.total.reported,
        "recomputed": form.total.recomputed,
        "grade": form.total.grade,
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=by_name)
def test_the_committed_files_are_those_of_the_script(sample: Sample) -> None:
    """Making a sample again gives the cells, formats, merges and findings that are committed."""
    committed = (FOLDER / sample.name).read_bytes()
    assert (FOLDER / f"{sample.stem}.expected.json").read_text(
        encoding="utf-8"
    ) == sample.expected()
    if sample.ending == "xlsx":
        assert grid(committed) == grid(sample.content())
    else:
        assert committed == sample.content()


@pytest.mark.parametrize("sample", SAMPLES[:3], ids=by_name)
def test_making_a_sample_twice_gives_the_same_bytes(sample: Sample) -> None:
    """No clock and no chance goes into a sample."""
    assert sample.content() == sample.content()


def grid(data: bytes) -> list[Any]:
    """What a workbook holds, apart from how its writer packs it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        (
            sheet.title,
            sorted(map(str, sheet.merged_cells.ranges)),
            [(c.coordinate, c.value, c.number_format) for row in sheet.iter_rows() for c in row],
        )
        for sheet in book
    ]


def test_every_expected_file_has_its_sample() -> None:
    """No file of a sample that is no longer made stays behind."""
    made = {sample.name for sample in SAMPLES} | {f"{s.stem}.expected.json" for s in SAMPLES}
    found = {path.name for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".py"}
    assert found == made
