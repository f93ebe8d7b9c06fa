"""The looks that our sheets share, and the rows they are built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from perfeval.findings import Level
from perfeval.model import column_name
from perfeval.ooxml.elements import needs_escape, xml_text
from perfeval.ooxml.geometry import text_width
from perfeval.ooxml.newsheet import Format, Page
from perfeval.ooxml.styles import FormatSet
from perfeval.write.marks import FILLS

TITLE = Format(size=18, bold=True, framed=False, align="center")
LEAD = Format(size=13, bold=True, framed=False)
LEADS = {
    level: replace(LEAD, color=color)
    for level, color in (
        (Level.ERROR, "B42318"), (Level.WARNING, "B54708"), (Level.INFO, "175CD3"),
        (None, "067647"),
    )
}  # fmt: skip
PLAIN = Format(framed=False)
SMALL = Format(size=9, color="57606A", framed=False)
HEAD = Format(bold=True, fill="E7EBF0", align="center")
BODY = Format()
CENTER = Format(align="center")
NUMBER = Format(align="right")
LINK = Format(color="175CD3", underline=True, align="center")
REPLY = Format(fill="FFFFF0", unlocked=True)
HIDDEN = Format(size=8, color="8C959F", framed=False, wrapped=False)
LEVELS = {level: Format(bold=True, fill=rgb, align="center") for level, rgb in FILLS.items()}

_TYPED = {look: replace(look, typed=True) for look in (BODY, CENTER, NUMBER)}
_LOOKS = (
    TITLE, LEAD, *LEADS.values(), PLAIN, SMALL, HEAD, BODY, CENTER, NUMBER, LINK, REPLY, HIDDEN,
    *LEVELS.values(), *_TYPED.values(),
)  # fmt: skip
FORMATS = FormatSet(tuple(look.as_cell_format for look in _LOOKS))

_LINE = 13.5  # points of a line at 10 points
_LONGEST = 32_767  # letters in a cell
_FORMULA_LIKE = frozenset("=+-@")  # first letters
_TEXT, _END = '<t xml:space="preserve">', "</t></is></c>"
_BOLD, _BODY, _RUN_END = BODY.run(bold=True), BODY.run(), "</t></r>"


@dataclass(slots=True)
class Rows:
    """Rows of a page being put together.

    `widths` are those of the columns that show, `styles` the indexes of FORMATS in the workbook.
    `record` goes into a column of its own, one piece a row, after `hidden` others that do not show.
    """

    widths: tuple[float, ...]
    styles: Sequence[int]
    hidden: int = 0
    record: tuple[str, ...] = ()
    rows: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    _styles: tuple[int, ...] = field(init=False)
    _empty: Mapping[Format, str] = field(init=False)
    _filled: Mapping[Format, tuple[str, str]] = field(init=False)
    _columns: Sequence[str] = field(init=False)
    _rooms: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._styles = tuple(self.styles)
        self._empty, self._filled = _begun(self._styles)
        self._columns = _columns(len(self.widths) + self.hidden + 1)
        self._rooms = [width - 3 for width in self.widths]

    @property
    def last(self) -> int:
        """The number of the row added last."""
        return len(self.rows)

    def across(self, text: str, look: Format, *, height: float = 0) -> None:
        """One text over all columns."""
        self.spans([(1, len(self.widths), text, look)], height=height)

    def spans(self, parts: list[tuple[int, int, str, Format]], *, height: float = 0) -> None:
        """Texts over several columns each: (first column, last column, text, look).

        Merged cells do not grow with their text by themselves, so the height is set.
        """
        shape = tuple([(first, last, look) for first, last, _, look in parts])
        spans = _spans(self._styles, self.widths, self.last + 1, shape)
        cells = []
        lines = 1
        for (_, _, text, _), (empty, filled, after, room) in zip(parts, spans.cells, strict=True):
            if not text:
                cells.append(f"{empty}{after}")
                continue
            if 2 * len(text) > room or "\n" in text:
                lines = max(lines, _lines(text, room))
            head = filled[text[0] in _FORMULA_LIKE]
            cells.append(f"{head}{xml_text(text[:_LONGEST])}{_END}{after}")
        self.merges += spans.merges
        self._add("".join(cells), height or lines * _LINE * spans.tallest / 10 + 4)

    def table(
        self, texts: Sequence[str], looks: Sequence[Format], *, lead: tuple[int, str] = (0, "")
    ) -> None:
        """A row of single cells. Its height is set to what its texts need, up to a page's half.

        `lead` is the index of a cell that looks like BODY, and a first line in bold for it.
        """
        number = self.last + 1
        lines = 1
        for text, room in zip(texts, self._rooms, strict=False):
            if 2 * len(text) > room or "\n" in text:
                lines = max(lines, _lines(text, room))
        at, title = lead
        if title:
            lines = max(lines, _lines(title, self._rooms[at]) + _lines(texts[at], self._rooms[at]))
        row = "".join(texts)
        if len(row) > _LONGEST or needs_escape(row):
            texts = [xml_text(text[:_LONGEST]) for text in texts]
        empty, filled = self._empty, self._filled
        cells = [
            f'<c r="{column}{number}{filled[look][text[0] in _FORMULA_LIKE]}{text}{_END}'
            if text
            else f'<c r="{column}{number}{empty[look]}'
            for column, text, look in zip(self._columns, texts, looks, strict=False)
        ]
        if title:
            cells[at] = self._with_lead(at + 1, number, title, texts[at])
        self._add("".join(cells), min(lines * _LINE + 8, 400))

    def link(self, col: int, to: str, text: str) -> None:
        """Make a cell of the row added last a link; `text` is what it shows."""
        self.links.append((f"{self._columns[col - 1]}{self.last}", to, text))

    def gap(self) -> None:
        """An empty row."""
        self._add("", 8)

    def page(
        self,
        *,
        header_row: int = 0,
        choices: tuple[tuple[str, tuple[str, ...]], ...] = (),
        footer: str,
    ) -> Page:
        """The page, with the columns that do not show after those that do."""
        hidden = self.hidden + bool(self.record)
        while self.last < len(self.record):
            self._add("", 0)
        return Page(
            widths=self.widths + (10.0,) * hidden,
            rows=self.rows,
            merges=self.merges,
            links=self.links,
            hidden_from=len(self.widths) + 1 if hidden else 0,
            header_row=header_row,
            choices=choices,
            footer=footer,
        )

    def _add(self, cells: str, height: float) -> None:
        number = self.last + 1
        if number <= len(self.record):
            col = len(self.widths) + self.hidden + 1
            cells += self._cell(col, number, self.record[number - 1], HIDDEN)
        high = f' ht="{height:g}" customHeight="1"' if height else ""
        self.rows.append(f'<row r="{number}"{high}>{cells}</row>')

    def _cell(self, col: int, row: int, text: str, look: Format) -> str:
        if not text:
            return f'<c r="{self._columns[col - 1]}{row}{self._empty[look]}'
        head = self._filled[look][text[0] in _FORMULA_LIKE]
        return f'<c r="{self._columns[col - 1]}{row}{head}{xml_text(text[:_LONGEST])}{_END}'

    def _with_lead(self, col: int, row: int, lead: str, text: str) -> str:
        """A cell that looks like BODY: the lead in bold, then the text, escaped already."""
        head = self._filled[BODY][lead[0] in _FORMULA_LIKE].removesuffix(_TEXT)
        title = xml_text(lead[:_LONGEST])
        runs = f"{_BOLD}{title}\n{_RUN_END}{_BODY}{text}" if text else f"{_BOLD}{title}"
        return f'<c r="{self._columns[col - 1]}{row}{head}{runs}{_RUN_END}</is></c>'


@lru_cache(maxsize=128)  # forms of one template share their formats
def _begun(
    styles: tuple[int, ...],
) -> tuple[Mapping[Format, str], Mapping[Format, tuple[str, str]]]:
    """How a cell of each look goes on after its place: empty, or with a text.

    The second of two beginnings is for a text that begins like a formula.
    """
    style = dict(zip(_LOOKS, styles, strict=True))
    text = f'" s="{{}}" t="inlineStr"><is>{_TEXT}'.format
    filled = {
        look: (text(number), text(style[_TYPED.get(look, look)])) for look, number in style.items()
    }
    return {look: f'" s="{number}"/>' for look, number in style.items()}, filled


class _Spans(NamedTuple):
    """How a row of merged cells is written, but for its texts.

    `cells` are, for each text: the cell without it, the two beginnings of one with it, the cells it
    is merged with, and its room in latin letters.
    """

    cells: Sequence[tuple[str, tuple[str, str], str, float]]
    merges: Sequence[str]
    tallest: int


@lru_cache(maxsize=256)  # the headings of a sheet are in the same places in each
def _spans(
    styles: tuple[int, ...],
    widths: tuple[float, ...],
    row: int,
    shape: tuple[tuple[int, int, Format], ...],
) -> _Spans:
    empty, filled = _begun(styles)
    columns = _columns(len(widths))
    cells, merges = [], []
    for first, last, look in shape:
        begin = f'<c r="{columns[first - 1]}{row}'
        plain, formula = filled[look]
        others = columns[first:last] if look.framed else ()  # each draws its part of the frame
        after = "".join([f'<c r="{column}{row}{empty[look]}' for column in others])
        room = sum(widths[first - 1 : last]) * 10 / look.size - 3
        cells.append((begin + empty[look], (begin + plain, begin + formula), after, room))
        if last > first:
            merges.append(f"{columns[first - 1]}{row}:{columns[last - 1]}{row}")
    return _Spans(cells, merges, max([1, *(look.size for _, _, look in shape)]))


@lru_cache(maxsize=32)
def _columns(count: int) -> Sequence[str]:
    return [column_name(n) for n in range(1, count + 1)]


@lru_cache(maxsize=1024)  # titles, grounds and advice come again
def _lines(text: str, room: float) -> int:
    """How many lines a text takes where one holds `room` latin letters."""
    if "\n" in text:
        return sum([_lines(line, room) for line in text.split("\n")])
    return 1 if 2 * len(text) <= room else ceil(text_width(text) / room)
