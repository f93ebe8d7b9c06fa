"""Every template, laid out as it is printed, is read with each figure at its own cell and field."""

from __future__ import annotations

import pytest

from perfeval.layout import recognise
from tests.layout.forms_to_read import CASES, missed, printed, read


@pytest.mark.parametrize("name", CASES)
def test_every_printed_figure_is_read_in_its_cell(name: str) -> None:
    """Nothing printed is lost, and nothing is read as another field."""
    workbook, expected = printed(name)
    tables = read(workbook)
    assert len(tables.forms) == 1
    assert missed(tables, expected) == []
    rows = {(e.table, e.row) for e in expected if e.table == "funds"}
    assert len(tables.funds) == len(rows)


@pytest.mark.parametrize("name", CASES)
def test_numbers_as_text_in_unmerged_cells(name: str) -> None:
    """A form without merges, all of it text (as from a CSV file), is read all the same."""
    workbook, expected = printed(name, typed=False, merged=False)
    assert missed(read(workbook), expected) == []


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("invented")])
def test_family_is_told_from_labels(name: str) -> None:
    """A published form is of the family of its template."""
    workbook, _ = printed(name)
    (layout,) = recognise(workbook)
    form, _ = CASES[name]
    assert layout.slug == form["template"]


def test_families_of_invented_forms() -> None:
    """Most templates are told apart even by a form that has none of their content."""
    names = [name for name in CASES if name.startswith("invented")]
    right = [name for name in names if recognise(printed(name)[0])[0].slug == name.split(" ")[1]]
    assert len(right) >= len(names) - 1


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("mof10-standard", "project"),
        ("dept-overall-mof10like", "department"),
        ("chongqing-dept-coef", "department"),
        ("transfer-payment-noscore", "transfer"),
        ("transfer-payment-2024-mgmt", "transfer"),
    ],
)
def test_kinds(slug: str, kind: str) -> None:
    """Labels and title say whether a form is of a project, a department or a transfer payment."""
    (layout,) = recognise(printed(f"invented-wetland {slug}")[0])
    assert layout.kind == kind


def test_no_block_is_missing_where_the_template_has_none() -> None:
    """A form without scores has no total to miss; one without goals misses none."""
    for name in CASES:
        if name.startswith("invented"):
            (layout,) = recognise(printed(name)[0])
            assert layout.missing == (), name
