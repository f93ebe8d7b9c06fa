"""Plain sheets are read as text, not by the parser; that must never show."""

from __future__ import annotations

from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest

from perfeval.errors import UnreadableError
from perfeval.limits import DEFAULT
from perfeval.model import Sheet
from perfeval.ooxml.elements import MAIN
from perfeval.ooxml.grid import read_sheets
from perfeval.ooxml.grid_cells import Book
from perfeval.ooxml.grid_formats import NO_FORMATS
from perfeval.ooxml.grid_frame import Grid
from perfeval.ooxml.grid_plain import plain_grid
from perfeval.ooxml.grid_strings import plain_strings
from perfeval.ooxml.package import Package
from tests.ooxml.grid_package import package_bytes, sheet_of

SAMPLES = Path(__file__).parents[2] / "sample_workbooks"
TEXTS = ["得分", "", " 两端空白 ", "a<b & c>d", "一\n二", "_x005F_x000D_", "𠮷", '"', "]]>"]
NUMBERS = ["0", "9.9959999999999996", "-1E-3", "", " 5 ", "无"]
# each of these is for the parser alone
ODD = [
    "<!-- -->",
    '<row r="9"><c r="A9" t="s"><v>&#48;</v></c></row>',
    "<row r='9'><c r='A9'><v>1</v></c></row>",
    '<row r="9"><c t="s"><v>0</v></c></row>',
    '<row r="9"><c r="A9" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>',
    '<row r="9"><c r="A9"><f t="shared" ref="A9:A10" si="0">1+1</f><v>2</v></c></row>',
    '<row r="9"> <c r="A9"><v>1</v></c></row>',
    '<row r="9" xmlns="urn:x"><c r="A9"><v>1</v></c></row>',
    '<x:row xmlns:x="urn:x"><c r="A9"><v>1</v></c></x:row>',
    '<row r="9"><row r="8"><c r="A9"><v>1</v></c></row></row>',
    '<row r="9"><other><c r="A9"><v>1</v></c></other></row>',
    '<c r="A9"><v>1</v></c>',
    '<row r="9"><c r="A9"><v>1<v><c r="B9"></v></c>2</v></c></row>',
    '<row r="9"><c r="A9"/<c r="B9"><v>1</v></c></row>',
    '<row r="9"><c r="A9"><v>1<v>\0<c r="B9"><v>2</v></c></row>',
    '<row r="9"></v></c><c r="B9"><v></row>',
]


def plain(content: bytes) -> Grid | None:
    """A sheet read as text."""
    return plain_grid(content, Book({}, NO_FORMATS, False, DEFAULT, DEFAULT.cells))


def with_comment(package: Package) -> Package:
    """The same workbook with a comment behind each table, which only the parser reads."""
    parts = [name for name in package.names() if "sheet" in name or "sharedStrings" in name]
    return package.replaced(
        {name: package.read(name) + b"<!-- -->" for name in parts if name.endswith(".xml")}
    )


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_workbook_reads_the_same_by_pattern_and_by_parser(path: Path) -> None:
    """Every sample is plain, and yields the same cells, merges and hidden rows either way."""
    package = Package.open(path.read_bytes())
    sheets = [name for name in package.names() if name.startswith("xl/worksheets/sheet")]
    assert all(plain(package.read(name)) for name in sheets)
    assert read_sheets(package) == read_sheets(with_comment(package))


@pytest.mark.parametrize("seed", range(40))
def test_rows_made_by_chance_read_the_same(seed: int) -> None:
    """Types, formulas, blanks and columns in any mixture, with odd rows between: one reading."""
    random = Random(seed)
    rows = [_row(random, number) for number in range(1, 9)]
    if random.random() < 0.5:
        rows.insert(random.randrange(9), random.choice(ODD))
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in TEXTS)
    data = package_bytes("".join(rows), strings=strings)
    assert _read(Package.open(data)) == _read(with_comment(Package.open(data)))


@pytest.mark.parametrize("odd", ODD)
def test_what_is_not_plain_is_left_to_the_parser(odd: str) -> None:
    """One row that is written in another way, and the pattern takes none of the sheet."""
    head = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    assert plain(f"{head}</sheetData></worksheet>".encode())
    assert plain(f"{head}{odd}</sheetData></worksheet>".encode()) is None


@pytest.mark.parametrize(
    "item",
    [
        "<si><r><t>甲</t></r></si>",
        "<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si>",
        "<si><t>&#30002;</t></si>",
        "<si/>",
    ],
)
def test_strings_that_are_not_plain_are_left_to_the_parser(item: str) -> None:
    """Runs, phonetic guides and references by number: the parser reads the whole table."""
    table = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si>'
    )
    assert plain_strings(f"{table}</sst>".encode(), "") == ["a"]
    assert plain_strings(f"{table}{item}</sst>".encode(), "") is None


def test_another_encoding_is_the_parsers() -> None:
    """The pattern reads UTF-8 only; a sheet in GB 18030 is still read."""
    text = '<?xml version="1.0" encoding="gb18030"?><worksheet xmlns='
    text += '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    text += '<c r="A1" t="str"><v>得分</v></c></row></sheetData></worksheet>'
    part = {"xl/worksheets/sheet1.xml": text.encode("gb18030")}
    assert sheet_of(package_bytes(extra=part)).cells[1, 1].value == "得分"


def _row(random: Random, number: int) -> str:
    cells = "".join(_cell(random, f"{column}{number}") for column in ("A", "B", "D", "AA", "XFE"))
    hidden = random.choice(("", ' hidden="1"', ' ht="0"', ' spans="1:9"'))
    return random.choice((f'<row r="{number}"{hidden}>{cells}</row>', f'<row r="{number}"/>'))


def _cell(random: Random, ref: str) -> str:
    style = random.choice(("", ' s="1"', ' s="007"'))
    formula = random.choice(("", "", "<f>A1&amp;B1</f>", '<f aca="false">SUM(A1:A2)</f>'))
    index = random.randrange(len(TEXTS) + 1)
    text = escape(random.choice(TEXTS))
    return random.choice(
        (
            f'<c r="{ref}"{style}/>',
            f'<c r="{ref}"{style}></c>',
            f'<c r="{ref}"{style} t="s">{formula}<v>{index}</v></c>',
            f'<c r="{ref}"{style}>{formula}<v>{random.choice(NUMBERS)}</v></c>',
            f'<c r="{ref}"{style} t="str">{formula}<v>{text}</v></c>',
            f'<c r="{ref}"{style} t="inlineStr"><is><t>{text}</t></is></c>',
            f'<c r="{ref}"{style} t="b"><v>1</v></c>',
            f'<c r="{ref}"{style} t="e">{formula}<v>#DIV/0!</v></c>',
        )
    )


def _read(package: Package) -> tuple[Sheet, ...] | str:
    try:
        return read_sheets(package)
    except UnreadableError as error:
        return error.detail_zh
