"""Web pages that carry tables, which report systems export under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from perfeval.errors import UnreadableError
from perfeval.limits import Limits
from perfeval.model import Cell, Range, Sheet, Workbook
from perfeval.ooxml.grid_cells import too_much
from perfeval.ooxml.grid_values import number_of
from perfeval.ooxml.html_events import listen
from perfeval.ooxml.plain_text import visible

_MAX_WIDE, _MAX_HIGH = 256, 65_534
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center", "form")
)
_UNSEEN = frozenset(["script", "style", "head", "template", "noscript"])
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,100})</x:Name>")
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def read_html(text: str, limits: Limits) -> Workbook:
    """All tables of a page on one sheet, one below the other, texts between them too.

    Raises UnreadableError if there is no table.
    """
    return Workbook("", "", (page_sheet(text, limits),), "html")


def page_sheet(text: str, limits: Limits) -> Sheet:
    """The tables of one page. Raises UnreadableError if there is none."""
    page = _Page(limits)
    listen(text, page)
    page.end_line()
    if not page.tables:
        raise no_table()
    names = _SHEET_NAME.findall(text)
    name = visible(names[0]) if len(names) == 1 else "网页"
    return Sheet(name, page.cells, tuple(page.merges), hidden_rows=frozenset(page.hidden_rows))


def no_table() -> UnreadableError:
    """The refusal of a page without a table."""
    return UnreadableError(
        "这是网页，其中没有表格。可能是下载失败时保存的登录页或错误页，请重新下载原文件",
        "a web page without a table, perhaps a login or error page saved in place of the file; "
        "download it again",
    )


@dataclass(slots=True)
class _Open:
    """A cell whose end has not come yet."""

    wide: int
    high: int
    number: str | None
    words: list[str] = field(default_factory=list)


class _Page:
    """Puts each cell at its place. A table inside of a cell follows below it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.tables = 0
        self._row = 1
        self._col = 1
        self._taken: dict[int, int] = {}  # column → last row that a cell from above reaches
        self._open: _Open | None = None
        self._outside: list[str] = []
        self._unseen = 0
        self._in_row = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self.tables += 1
            self._leave_row()
            self.end_line()
            self._taken = {}
        elif tag == "tr":
            self._leave_row()
            self.end_line()
            self._in_row = True
            style = attributes.get("style", "").replace(" ", "").lower()
            if "display:none" in style:
                self.hidden_rows.add(self._row)
        elif tag in ("td", "th"):
            self._close_cell()
            wide = _span(attributes.get("colspan"), _MAX_WIDE)
            high = _span(attributes.get("rowspan"), _MAX_HIGH)
            self._open = _Open(wide, high, attributes.get("x:num"))
        elif tag == "br":
            self._say("\n")
        elif tag in _BLOCKS:
            self._break()

    def end(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag in ("tr", "table"):
            self._leave_row()
        elif tag in _BLOCKS:
            self._break()

    def data(self, text: str) -> None:
        if not self._unseen:
            self._say(_BLANKS.sub(" ", text))

    def end_line(self) -> None:
        """What stands outside of tables is a row of its own."""
        text = _tidy(self._outside)
        self._outside = []
        if text and not self._in_row:
            self._put(Cell(self._row, 1, text, text))
            self._row += 1

    def _say(self, words: str) -> None:
        (self._open.words if self._open else self._outside).append(words)

    def _break(self) -> None:
        if self._open:
            self._open.words.append("\n")
        else:
            self.end_line()

    def _leave_row(self) -> None:
        self._close_cell()
        if self._in_row:
            self._in_row = False
            self._row += 1
            self._col = 1
            self._outside = []

    def _close_cell(self) -> None:
        if self._open is None:
            return
        cell, self._open = self._open, None
        while self._taken.get(self._col, 0) >= self._row:
            self._col += 1
        row, col = self._row, self._col
        last_row, last_col = row + cell.high - 1, col + cell.wide - 1
        if last_col <= self.limits.columns and last_row <= self.limits.rows:
            text = _tidy(cell.words)
            number = number_of(cell.number or "")
            merge = (
                Range(row, col, last_row, last_col) if (cell.wide, cell.high) != (1, 1) else None
            )
            if text or number is not None:
                value = text if number is None else number
                kind = "s" if number is None else "n"
                self._put(Cell(row, col, value, text, kind=kind))
            if merge:
                self.merges.append(merge)
            if cell.high > 1:
                self._taken.update(dict.fromkeys(range(col, last_col + 1), last_row))
        self._col = last_col + 1

    def _put(self, cell: Cell) -> None:
        self.cells[cell.row, cell.col] = cell
        if len(self.cells) > self.limits.cells or cell.row > self.limits.rows:
            raise too_much("网页中的表格过大", "the tables of the page are too large")


def _span(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return (
        max(1, min(int(text), most)) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
    )


def _tidy(words: list[str]) -> str:
    lines = (" ".join(line.split(" ")).strip(" ") for line in "".join(words).split("\n"))
    return visible("\n".join(line for line in lines if line).replace("\xa0", " ")).strip()
