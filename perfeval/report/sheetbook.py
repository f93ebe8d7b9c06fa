"""A workbook of our own, row by row: looks, safe texts, relative links, the same bytes always."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple  # Any: openpyxl's cells and sheets carry no types of use here
from urllib.parse import quote
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.compat import safe_string
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from perfeval.model import column_name
from perfeval.ooxml.geometry import text_width
from perfeval.ooxml.sheet_links import LinkedWriter
from perfeval.ooxml.undated import saved

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE, _MOST_LINES = 13.5, 12
_A4 = 9  # as Excel numbers paper
_LONGEST = 32_767  # characters of a cell
_FORMULA_LIKE = ("=", "+", "-", "@")
_RETURN = {"\r": "&#13;"}
_MOST_LINKS = 65_000  # Excel takes 65,530 links a sheet and drops all beyond

_THIN = Side(style="thin", color="C4C9CF")
_INK = Side(style="medium", color="1F2328")
_BODY, _HEAD = "宋体", "黑体"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {
        "font": Font(_HEAD, 16, bold=True),
        "alignment": Alignment(horizontal="center", vertical="center"),
    },
    "note": {"font": Font(_BODY, 10, color="59636E"), "alignment": Alignment(vertical="center")},
    "head": {
        "font": Font(_HEAD, 10, bold=True),
        "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
        "border": Border(top=_INK, bottom=_INK, left=_THIN, right=_THIN),
        "fill": PatternFill("solid", "ECEEF0"),
    },
    "text": {"alignment": Alignment(vertical="center", wrap_text=True)},
    "path": {"alignment": Alignment(vertical="center")},
    "center": {"alignment": Alignment(horizontal="center", vertical="center", wrap_text=True)},
    "figure": {"alignment": Alignment(vertical="center"), "number_format": "#,##0.####"},
    "money": {"alignment": Alignment(vertical="center"), "number_format": "#,##0.00"},
    "percent": {"alignment": Alignment(vertical="center"), "number_format": "0.00%"},
    "signed": {
        "alignment": Alignment(vertical="center"),
        "number_format": "+#,##0.####;-#,##0.####;0",
    },
    "link": {
        "font": Font(_BODY, 10, color="175CD3", underline="single"),
        "alignment": Alignment(vertical="center", wrap_text=True),
    },
    "error": {"fill": PatternFill("solid", "FFC7CE"), "font": Font(_BODY, 10, color="B42318")},
    "warning": {"fill": PatternFill("solid", "FFEB9C"), "font": Font(_BODY, 10, color="B54708")},
    "info": {"fill": PatternFill("solid", "DDEBF7"), "font": Font(_BODY, 10, color="175CD3")},
    "clean": {"font": Font(_BODY, 10, color="067647")},
    "unreadable": {"fill": PatternFill("solid", "D0D4D9"), "font": Font(_BODY, 10, bold=True)},
}
_CENTRED = ("error", "warning", "info", "clean", "unreadable")

_WRAPPED = {
    look for look, has in _LOOKS.items() if "alignment" in has and has["alignment"].wrap_text
}

Value = str | int | Decimal | None


class Cell(NamedTuple):
    """A value and its look, with the address it leads to."""

    value: Value
    look: str
    target: str = ""


class SheetBook:
    """An openpyxl workbook in write-only mode: a row that is written is out of memory."""

    def __init__(self, title: str) -> None:
        self.book = openpyxl.Workbook(write_only=True)
        self.book.properties.title = title
        self.book.properties.creator = "perfeval"
        self._looks: dict[str, Any] = {}
        self._styles: dict[tuple[str, bool], int] = {}
        self._links: dict[str, int] = {}
        self._widths: dict[str, Sequence[float]] = {}
        self._rows: dict[str, int] = {}

    def sheet(self, name: str, widths: Sequence[float], *, freeze: str, head_row: int) -> Any:
        """A sheet for A4 landscape; the head row is repeated on each page."""
        sheet = self.book.create_sheet(name)
        self._widths[name] = widths
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = freeze
        sheet.sheet_view.showGridLines = False
        setup = sheet.page_setup
        setup.orientation, setup.paperSize = "landscape", _A4
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.35
        sheet.print_title_rows = f"{head_row}:{head_row}"
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        return sheet

    def cell(self, sheet: Any, value: Value, look: str) -> Any:
        """A cell of openpyxl's; a text stays a text whatever it begins with."""
        cell: Any = WriteOnlyCell(sheet)
        if isinstance(value, str):
            cell.value = _ILLEGAL.sub("\ufffd", value)[:_LONGEST]
            cell.data_type = "s"
        else:
            cell.value = value
        cell._style = self._look(sheet, look)
        if isinstance(value, str) and value.startswith(_FORMULA_LIKE):
            cell._style = copy(cell._style)
            cell.quotePrefix = True
        return cell

    def link(self, sheet: Any, text: str, path: str) -> Cell:
        """A cell that leads to a file beside the workbook."""
        count = self._links.get(sheet.title, 0)
        if not path or count >= _MOST_LINKS:
            return Cell(text, "text")
        self._links[sheet.title] = count + 1
        return Cell(text, "link", relative(path))

    def row(self, sheet: Any, values: Iterable[Value], looks: Sequence[str]) -> None:
        """Append a row of values."""
        self.append(sheet, list(map(Cell, values, looks)))

    def append(self, sheet: Any, cells: Sequence[Cell], *, height: float = 0) -> None:
        """Append a row, high enough for its longest text: not every program sees to that."""
        row = self._rows[sheet.title] = self._rows.get(sheet.title, 0) + 1
        if row == 1:  # what stands above the rows is settled now
            sheet._writer = LinkedWriter(sheet)
            sheet._writer.write_top()
        if not height:
            widths = self._widths[sheet.title]
            lines = max((_lines(c, w) for c, w in zip(cells, widths, strict=False)), default=1)
            height = _LINE * min(lines, _MOST_LINES) + 3 if lines > 1 else 0
        for column, cell in enumerate(cells, 1):
            if cell.target:
                sheet._writer.link(f"{column_name(column)}{row}", cell.target)
        high = f' ht="{height:.16g}" customHeight="1"' if height else ""
        inner = [
            self._xml(sheet, f"{column_name(n)}{row}", cell) for n, cell in enumerate(cells, 1)
        ]
        sheet._writer.append(f'<row r="{row}"{high}>{"".join(inner)}</row>')

    def title(self, sheet: Any, text: str, note: str, columns: int) -> None:
        """The first two rows: what the sheet is, over its whole width, and a line below."""
        self.append(sheet, [Cell(text, "title")], height=30)
        self.append(sheet, [Cell(note, "note")], height=18)
        last = get_column_letter(columns)
        sheet.merged_cells.add(f"A1:{last}1")

    def close(self) -> None:
        """Let go of sheets that were never saved: openpyxl complains of those that stay open."""
        for sheet in self.book.worksheets:
            if not sheet.closed:
                sheet.close()

    def save(self) -> bytes:
        """The workbook without the time of saving."""
        return saved(self.book)

    def _xml(self, sheet: Any, ref: str, cell: Cell) -> str:
        """A cell as openpyxl writes one."""
        value, look, _ = cell
        if not isinstance(value, str):
            shown = "" if value is None else f"<v>{safe_string(value)}</v>"
            return f'<c r="{ref}" s="{self._style(sheet, look)}" t="n">{shown}</c>'
        style = self._style(sheet, look, typed=value.startswith(_FORMULA_LIKE))
        text = _ILLEGAL.sub("\ufffd", value)[:_LONGEST]
        space = "" if text == text.strip() else ' xml:space="preserve"'
        shown = f"<is><t{space}>{escape(text, _RETURN)}</t></is>" if text else ""
        return f'<c r="{ref}" s="{style}" t="inlineStr">{shown}</c>'

    def _style(self, sheet: Any, look: str, *, typed: bool = False) -> int:
        """The number of a look; `typed` for a text that begins like a formula."""
        if (look, typed) not in self._styles:
            cell = self.cell(sheet, "=" if typed else "", look)
            self._styles[look, typed] = cell.style_id
        return self._styles[look, typed]

    def _look(self, sheet: Any, look: str) -> Any:
        if look not in self._looks:
            cell: Any = WriteOnlyCell(sheet)
            cell.font = Font(_BODY, 10)
            if look not in ("title", "note"):
                cell.border = Border(top=_THIN, bottom=_THIN, left=_THIN, right=_THIN)
            if look in _CENTRED:
                cell.alignment = Alignment(horizontal="center", vertical="center")
            for name, value in _LOOKS[look].items():
                setattr(cell, name, value)
            self._looks[look] = cell._style
        return self._looks[look]


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column of `width` characters."""
    text = cell.value
    if not isinstance(text, str) or len(text) * 2 <= width or cell.look not in _WRAPPED:
        return 1
    text = text[:_LONGEST]
    return sum(max(1, ceil(text_width(line) / (width - 1))) for line in text.split("\n"))


def relative(path: str) -> str:
    """A path as the target of a link: no scheme, query or fragment in it; Chinese stays as it is,
    since Excel on Windows does not undo UTF-8 escapes in the names of files."""
    return "".join(c if c.isalnum() or c in "/-_.~" or ord(c) > 127 else quote(c) for c in path)
