"""Formats: cloned, appended, and never changing the look of a cell that is not ours."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from perfeval.findings import Level
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.package import Package
from perfeval.ooxml.styles import Styles
from perfeval.ooxml.workbook import WorkbookPart
from perfeval.write import annotate
from tests.ooxml.books import MAIN, REL, SHEET, change, openpyxl_book, plain_book, xlsxwriter_book
from tests.write.results import finding, result


def styles_of(data: bytes) -> tuple[Draft, Styles]:
    draft = Draft(Package.open(data))
    return draft, Styles.of(WorkbookPart.of(draft))


def test_a_fill_keeps_the_rest_of_the_format() -> None:
    """Font, border and number format of the submitter's cell stay, only the fill is ours."""
    marked = annotate(xlsxwriter_book(), result(finding(1, Level.ERROR, "E7")), lang="zh")
    cell = openpyxl.load_workbook(BytesIO(marked))[SHEET]["E7"]
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert (cell.font.b, cell.border.left.style, cell.number_format) == (True, "thin", "0.00")


def test_a_workbook_without_formats_keeps_its_plain_look() -> None:
    """The first format made is not the one that all other cells point to."""
    marked = annotate(plain_book(), result(finding(1, Level.ERROR, "E7")), lang="zh")
    sheet = openpyxl.load_workbook(BytesIO(marked))[SHEET]
    assert sheet["E7"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["A3"].fill.fill_type is None


@pytest.mark.parametrize(
    "styles",
    [
        f'<styleSheet xmlns="{MAIN}"/>',
        f'<styleSheet xmlns="{MAIN}"><fills><fill><patternFill/></fill></fills></styleSheet>',
        f'<styleSheet xmlns="{MAIN}"><cellXfs/><cellStyles/></styleSheet>',
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf fillId="9" fontId="3"/></cellXfs></styleSheet>',
    ],
)
def test_what_is_missing_or_dangling_does_not_become_ours(styles: str) -> None:
    """Ids that lead nowhere are filled with the plain look before ours is appended."""
    data = change(openpyxl_book(), {"xl/styles.xml": lambda _: styles})
    _, made = styles_of(data)
    before = made.count
    style = made.with_fill(0, "FFC7CE")
    assert style == before >= 1
    assert "FFC7CE" in (made.fill_xml(style) or "")
    assert all("FFC7CE" not in (made.fill_xml(n) or "") for n in range(before))
    fills = made.root.find(f"{{{MAIN}}}fills")
    assert fills is not None and len(fills) >= 3  # two are reserved


def test_a_dangling_cell_format_stays_plain() -> None:
    """A cell that points past the last format does not get the next one made."""
    data = change(
        plain_book(),
        {
            "xl/worksheets/sheet1.xml": lambda text: text.replace(
                '<c t="inlineStr">', '<c s="2" t="inlineStr">', 1
            )
        },
    )
    _, made = styles_of(data)
    assert made.with_fill(0, "FFC7CE") == 3


def test_a_styles_part_that_is_missing_is_put_where_it_should_be() -> None:
    """A workbook that refers to formats it does not have gets them where it says."""
    source = change(
        plain_book(),
        {
            "xl/_rels/workbook.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId8" Type="{REL}/styles" Target="styles.xml"/>'
                "</Relationships>",
            )
        },
    )
    marked = annotate(source, result(finding(1, Level.ERROR, "E7")), lang="zh")
    assert "xl/styles.xml" in Package.open(marked).names()
    assert openpyxl.load_workbook(BytesIO(marked))[SHEET]["E7"].fill.fgColor.rgb == "FFFFC7CE"


def test_the_same_fill_is_made_once() -> None:
    """One format for each base and fill."""
    _, made = styles_of(openpyxl_book())
    assert made.with_fill(0, "FFC7CE") == made.with_fill(0, "FFC7CE")
    assert made.with_fill(0, "FFEB9C") != made.with_fill(0, "FFC7CE")
