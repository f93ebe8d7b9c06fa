"""The form as it is handed out: recognised, honest about what is missing, locked where computed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from perfeval.blank import Asked, blank_form
from perfeval.blank.page import AUTHOR
from perfeval.blank.printed import forms, printed
from perfeval.config import Config
from perfeval.pipeline import check_chunk
from perfeval.policy import load
from perfeval.sources import single
from tests.blank.conftest import ASKED
from tests.blank.filling import sheet_of

PLACES = sorted({form.regions[0] for form in forms()})
MISSING = {"H101", "H102", "F101", "R004"}


@pytest.mark.parametrize("region", PLACES)
def test_it_is_a_form_with_nothing_in_it(region: str, tmp_path: Path) -> None:
    """Its layout is recognised; what is found is only that it is not filled in."""
    made = blank_form(Asked(region, 2022))
    path = tmp_path / "blank.xlsx"
    path.write_bytes(made.content)
    result = check_chunk([single(path)], Config(region=region, year=2022)).outcomes[0].result
    goals = {"G101", "G102"} if printed(region).goals else set()
    assert result.forms[0].layout == made.layout == printed(region).slug
    assert {f.code for f in result.all_findings()} == MISSING | goals


@pytest.mark.parametrize("name", ASKED)
def test_the_same_arguments_give_the_same_bytes(name: str) -> None:
    assert blank_form(ASKED[name]).content == blank_form(ASKED[name]).content


@pytest.mark.parametrize("region", PLACES)
def test_formulas_are_locked_and_inputs_open(region: str) -> None:
    """The sheet is protected without a password; no open cell holds a formula."""
    _, sheet = sheet_of(blank_form(Asked(region, 2022)).content)
    assert sheet.protection.sheet and not sheet.protection.password
    cells = [cell for row in sheet for cell in row]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert formulas and all(cell.protection.locked for cell in formulas)
    opened = [cell for cell in cells if not cell.protection.locked]
    labels = {c.value for c in opened if c.value}
    assert all("指标" in label for label in labels)  # the levels, which may be chosen


@pytest.mark.parametrize(
    ("region", "year", "points"),
    [
        ("000000", 2020, {"产出指标": 50, "效益指标": 30, "满意度指标": 10}),
        ("000000", 2023, {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}),
        ("340000", 2023, {"产出指标": 50, "效益指标": 30, "满意度指标": 10}),
    ],
)
def test_points_are_those_of_the_policy(region: str, year: int, points: dict[str, int]) -> None:
    """The subtotal of each class says what its points must add to; from 2022 on cost is a class."""
    _, sheet = sheet_of(blank_form(Asked(region, year)).content)
    texts = [str(cell.value) for cell in sheet["B"] if cell.value]
    said = {texts[i - 1].partition("（")[0]: text for i, text in enumerate(texts) if "小计" in text}
    assert said == {label: f"小计（应为 {due} 分）" for label, due in points.items()}
    execution = load(region, year)["execution_points"]
    assert sheet["G6"].value * 10_000 == execution


def test_rows_and_unit_are_as_asked() -> None:
    """--indicators rows for each second level; Shanghai's forms are in 元."""
    made = blank_form(Asked("310000", 2021, rows=3))
    assert made.rows == 9 * 3
    assert sheet_of(made.content)[1]["A5"].value == "项目资金\n（元）"
    other = blank_form(Asked("310000", 2021, money_unit="万元"))
    assert sheet_of(other.content)[1]["A5"].value == "项目资金\n（万元）"


def test_notes_name_rules_and_basis() -> None:
    """A note says how a field is filled in, what is checked, and what that rests on."""
    _, sheet = sheet_of(blank_form(Asked("000000", 2022)).content)
    note = sheet["I5"].comment
    assert note.author == AUTHOR
    assert note.text.splitlines()[0] == "自动计算：执行率 × 分值，超过 100% 的按分值计"
    assert "F103" in note.text and "财预〔2020〕10号" in note.text


def test_notes_in_english() -> None:
    """The form stays Chinese; the notes are in the language of the call."""
    _, sheet = sheet_of(blank_form(Asked("000000", 2022), lang="en").content)
    assert sheet["I5"].comment.text.startswith("Computed: rate × points")
    assert sheet["A3"].value == "项目名称"


def test_it_prints_one_page_wide_with_its_heading() -> None:
    """A4, the heading of the indicators on each page."""
    _, sheet = sheet_of(blank_form(Asked("530000", 2022)).content)
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$12:$13"


def test_what_is_typed_is_limited() -> None:
    """Scores up to the points of their row, points up to their class, amounts from 0 on."""
    _, sheet = sheet_of(blank_form(Asked("000000", 2020)).content)
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    score, points = rules["H13:H20"], rules["G13:G20"]
    assert (score.formula1, score.formula2, points.formula2) == ("0", "G13", "50")
    assert rules["E7:E9"].operator == "greaterThanOrEqual"
    assert "达成预期指标" in rules["F13:F20"].formula1
    assert rules["B13:B20"].formula1 == '"产出指标,效益指标,满意度指标"'


def test_the_stored_results_are_those_of_an_empty_form(tmp_path: Path) -> None:
    """Programs that do not compute show blanks, not 0 or #DIV/0!."""
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank_form(Asked("530000", 2022)).content)
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    formulas = openpyxl.load_workbook(path).worksheets[0]
    stored = {sheet[c.coordinate].value for row in formulas for c in row if c.data_type == "f"}
    assert stored <= {None, ""}
