"""A sheet that is being laid out, and the list of what is printed where."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_INTEGER = re.compile(r"-?\d{1,15}")
_DECIMAL = re.compile(r"-?\d{1,13}\.(\d{1,6})")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.(\d{1,6}))?")
_PERCENT = re.compile(r"-?\d{1,6}(?:\.(\d{1,4}))?%")


@dataclass(frozen=True)
class Expected:
    """One printed figure: where it stands and what it is."""

    table: str
    row: int
    field: str
    cell: str
    text: str


@dataclass
class Page:
    """Cells are put from left to right, blocks from top to bottom; both count from 1."""

    typed: bool = True  # numbers as numbers with a format, else everything as text
    merged: bool = True
    book: Workbook = field(default_factory=Workbook)
    row: int = 1
    expected: list[Expected] = field(default_factory=list)

    @property
    def sheet(self) -> Worksheet:
        sheet = self.book.worksheets[-1]
        assert isinstance(sheet, Worksheet)
        return sheet

    def put(self, row: int, left: int, text: str, right: int = 0, bottom: int = 0) -> str:
        """A text (or number) over an area; answers the reference of its top left cell."""
        right, bottom = max(left, right), max(row, bottom)
        ref = f"{get_column_letter(left)}{row}"
        if text:
            cell = self.sheet.cell(row, left)
            cell.value = text
            if text.startswith("="):
                cell.data_type = "s"
            number = self._number(text) if self.typed else None
            if number is not None:
                cell.value, cell.number_format = number
        if self.merged and (right > left or bottom > row):
            self.sheet.merge_cells(
                start_row=row, start_column=left, end_row=bottom, end_column=right
            )
        return ref

    def figure(
        self,
        table: str,
        number: int,
        name: str,
        row: int,
        left: int,
        text: str,
        right: int = 0,
        bottom: int = 0,
    ) -> None:
        """A text that a reader must find again in this field."""
        ref = self.put(row, left, text, right, bottom)
        if text:
            self.expected.append(Expected(table, number, name, ref, text))

    def data(self) -> bytes:
        """The workbook as a file."""
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def _number(self, text: str) -> tuple[float, str] | None:
        if _INTEGER.fullmatch(text):
            return int(text), "General"
        if found := _DECIMAL.fullmatch(text):
            return float(text), "0." + "0" * len(found.group(1))
        if found := _GROUPED.fullmatch(text):
            places = len(found.group(1) or "")
            return float(text.replace(",", "")), "#,##0" + ("." + "0" * places if places else "")
        if found := _PERCENT.fullmatch(text):
            places = len(found.group(1) or "")
            return float(text[:-1]) / 100, "0" + ("." + "0" * places if places else "") + "%"
        return None
