"""Formulas: arrays refused, results that follow computed."""

from __future__ import annotations

import pytest

from perfeval.model import Range, parse_ref
from perfeval.ooxml.arithmetic import Formula, NotArithmetic, Scalar
from perfeval.ooxml.cells import SheetCells, contains
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.formulas import locked_blocks
from perfeval.ooxml.package import Package
from perfeval.ooxml.recalculation import refresh
from perfeval.ooxml.workbook import WorkbookPart
from tests.ooxml.books import SHEET, shared_book, xlsxwriter_book
from tests.ooxml.test_cells import data, sheet


def test_arrays_and_table_headers_are_locked() -> None:
    """A cell of an array formula and the heading of a table cannot be replaced alone."""
    draft = Draft(Package.open(xlsxwriter_book()))
    names = {entry.name: entry.part for entry in WorkbookPart.of(draft).sheets()}

    def is_locked(name: str, ref: str) -> bool:
        blocks = locked_blocks(draft, names[name])
        return any(contains(block, *parse_ref(ref)) for block, _ in blocks)

    assert is_locked(SHEET, "H2")
    assert is_locked("附件", "B1")
    assert not is_locked(SHEET, "E7")
    assert not is_locked("附件", "B2")


VALUES: dict[tuple[int, int], Scalar] = {(1, 1): 1.005, (2, 1): 2.0, (3, 1): "文", (4, 1): None}


def look_up(sheet_name: str, block: Range):  # type: ignore[no-untyped-def]  # a generator of scalars
    for (row, col), value in VALUES.items():
        if block.top <= row <= block.bottom and block.left <= col <= block.right:
            yield value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1+2*3", 7),
        ("-2^2", 4),  # as the application has it: the sign binds first
        ("(1+2)*3%", 0.09),
        ("SUM(A1:A9,10)", 13.005),
        ("ROUND(A1,2)", 1.01),
        ("ROUNDDOWN($A$1*100,0)", 100),
        ("AVERAGE(A1:A4)", 1.5025),
        ("A2/4-A9", 0.5),
        ("MAX(A:A)", None),
        ("IF(A1>1,1,2)", None),
        ("A3+1", None),
        ("1/0", None),
        ('"x"', None),
        ("SUM(", None),
        ("(" * 500, None),
        ("-" * 5000 + "1", 1),
        ("9^9^9^9", None),
    ],
)
def test_arithmetic(text: str, value: float | None) -> None:
    """A formula is computed as the application would, or not at all."""
    if value is None:
        with pytest.raises(NotArithmetic):
            Formula(text).value(look_up)
    else:
        assert Formula(text).value(look_up) == pytest.approx(value, abs=1e-12)


def test_results_that_follow_are_cached() -> None:
    """Formulas that read a changed cell get their results, others keep theirs."""
    draft = Draft(Package.open(shared_book()))
    workbook = WorkbookPart.of(draft)
    cells = SheetCells.of(draft.tree("xl/worksheets/sheet1.xml"))
    cells.set_number("D4", "10.5")
    assert refresh(workbook, {(SHEET, "D4")}) == {(SHEET, "E4"): "21"}
    assert '<c r="E4"><f t="shared" si="0"/><v>21</v></c>' in data(cells)


def test_circles_and_long_chains_end() -> None:
    """A circle is left as it is; a chain of any length is followed."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>A{n - 1}+1</f><v>0</v></c></row>' for n in range(2, 400)
    )
    circle = '<row r="500"><c r="A500"><f>A500+A1</f><v>5</v></c></row>'
    draft = Draft(Package.open(shared_book()))
    root = sheet(f'<row r="1"><c r="A1"><v>7</v></c></row>{rows}{circle}').root
    draft._trees["xl/worksheets/sheet1.xml"] = root
    results = refresh(WorkbookPart.of(draft), {(SHEET, "A1")})
    assert results[SHEET, "A399"] == "405"
    assert (SHEET, "A500") not in results
