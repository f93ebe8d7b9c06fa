"""Stored results of formulas against what their operands give."""

from __future__ import annotations

import pytest

from perfeval.extract.formulas import contradicted
from perfeval.model import Cell, Sheet


def sheet(formula: str, stored: float) -> tuple[Sheet, Cell]:
    """B1:B3 hold 10, 20.5 and a text; C1 holds 4; D1 is the formula."""
    cells = [
        Cell(1, 2, 10, "10", kind="n"),
        Cell(2, 2, 20.5, "20.5", kind="n"),
        Cell(3, 2, "—", "—"),
        Cell(1, 3, 4, "4", kind="n"),
        Cell(1, 4, stored, str(stored), formula=formula, kind="n"),
    ]
    return Sheet("s", {(c.row, c.col): c for c in cells}), cells[-1]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(B1:B3)", "30.5"),
        ("SUM($B$1:$B$3,C1)", "34.5"),
        ("B1+B2*2", "51"),
        ("B1/C1", "2.5"),
        ("ROUND(B2/C1,1)", "5.1"),
        ("(B1+B2)*10%", "3.05"),
        ("-B1+B9", "-10"),
    ],
)
def test_simple_formulas(formula: str, value: str) -> None:
    """Sums, the four operations and ROUND are computed; a stored result that differs is found."""
    right, wrong = sheet(formula, float(value)), sheet(formula, float(value) + 1)
    assert contradicted(*right) is None
    assert contradicted(*wrong) == pytest.approx(float(value))


@pytest.mark.parametrize(
    "formula",
    [
        "B3+1",
        "B1/B9",
        "VLOOKUP(B1,B1:C3,2)",
        "Sheet2!A1",
        "SUM(B1:B3",
        "IF(B1>1,1,0)",
        "",
        "((((",
    ],
)
def test_others_are_left_alone(formula: str) -> None:
    """What is not understood is neither right nor wrong."""
    assert contradicted(*sheet(formula, 7)) is None
