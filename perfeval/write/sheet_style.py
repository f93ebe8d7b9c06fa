"""The looks that our sheets share, and the rows they are built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from perfeval.findings import Level
from perfeval.model import Range
from perfeval.ooxml.geometry import text_width
from perfeval.ooxml.newsheet import Format, Item, Page, typed
from perfeval.write.marks import FILLS

TITLE = Format(size=18, bold=True, framed=False, align="center")
LEAD = Format(size=13, bold=True, framed=False)
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
LEAD_COLORS = {Level.ERROR: "B42318", Level.WARNING: "B54708", Level.INFO: "175CD3"}
CLEAN_COLOR = "067647"

_LINE = 13.5  # points of a line at 10 points


@dataclass(slots=True)
class Rows:
    """Rows of a page being put together. `widths` are those of the columns that show."""

    widths: tuple[float, ...]
    rows: list[tuple[Item | None, ...]] = field(default_factory=list)
    merges: list[Range] = field(default_factory=list)
    heights: list[tuple[int, float]] = field(default_factory=list)

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
        row: list[Item | None] = [None] * len(self.widths)
        lines = 1
        for first, last, text, look in parts:
            if look.framed:  # the frame of merged cells is drawn by each of them
                row[first:last] = [Item("", look)] * (last - first)
            row[first - 1] = typed(text, look)
            room = sum(self.widths[first - 1 : last]) * 10 / look.size - 3
            lines = max(lines, _lines(text, room))
            if last > first:
                self.merges.append(Range(self.last + 1, first, self.last + 1, last))
        self.rows.append(tuple(row))
        tallest = max(look.size for *_, look in parts)
        self.heights.append((self.last, height or lines * _LINE * tallest / 10 + 4))

    def table(self, items: Sequence[Item | None]) -> None:
        """A row of single cells. Its height is set to what its texts need, up to a page's half."""
        lines = 1
        for item, width in zip(items, self.widths, strict=False):
            if item is not None and (item.text or item.lead):
                text, look, _, lead = item
                room = (width - 3) * 10 / look.size
                if lead or 2 * len(text) > room or "\n" in text:
                    needed = _lines(text, room)
                    lines = max(lines, needed + _lines(lead, room) if lead else needed)
        self.rows.append(tuple(items))
        self.heights.append((self.last, min(lines * _LINE + 8, 400)))

    def gap(self) -> None:
        """An empty row."""
        self.rows.append(())
        self.heights.append((self.last, 8))

    def page(
        self,
        *,
        hidden: int = 0,
        header_row: int = 0,
        choices: tuple[tuple[str, tuple[str, ...]], ...] = (),
        record: tuple[str, ...] = (),
        footer: str,
    ) -> Page:
        """The page, with `hidden` columns after those that show, and a further one for `record`."""
        shown = len(self.widths)
        self._remember(record, shown + hidden)
        hidden += bool(record)
        return Page(
            widths=self.widths + (10.0,) * hidden,
            rows=tuple(self.rows),
            merges=tuple(self.merges),
            heights=tuple(self.heights),
            hidden_from=shown + 1 if hidden else 0,
            header_row=header_row,
            choices=choices,
            footer=footer,
        )

    def _remember(self, record: tuple[str, ...], col: int) -> None:
        """Put the pieces of a record into the column after `col`, one a row from the top."""
        for number, text in enumerate(record):
            if number == len(self.rows):
                self.rows.append(())
            row = self.rows[number]
            blank: tuple[None, ...] = (None,) * (col - len(row))
            self.rows[number] = (*row, *blank, Item(text, HIDDEN))


def _lines(text: str, room: float) -> int:
    """How many lines a text takes where one holds `room` latin letters."""
    if "\n" in text:
        return sum(_lines(line, room) for line in text.split("\n"))
    return 1 if 2 * len(text) <= room else ceil(text_width(text) / room)
