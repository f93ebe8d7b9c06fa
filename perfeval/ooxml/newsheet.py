"""A worksheet of our own: text cells with formats, links and drop-downs, set up for the printer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from perfeval.model import cell_ref
from perfeval.ooxml.elements import DECLARATION
from perfeval.ooxml.styles import CellFormat, solid

_SIDES = ("left", "right", "top", "bottom")
_EDGE = '<{0} style="thin"><color rgb="FFB0B7C0"/></{0}>'
_FRAME = f"<border>{''.join(_EDGE.format(side) for side in _SIDES)}<diagonal/></border>"
_NO_FRAME = f"<border>{''.join(f'<{side}/>' for side in _SIDES)}<diagonal/></border>"
_PLAIN = re.compile(r"[^&<>\"\n\r\t]*").fullmatch


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """How a cell of ours looks; told apart by identity. Colours are RRGGBB."""

    size: int = 10
    bold: bool = False
    color: str = "1F2328"
    fill: str = ""
    framed: bool = True
    align: str = "left"
    underline: bool = False
    typed: bool = False  # begins like a formula and must stay a text when edited
    unlocked: bool = False  # may be filled in even if someone protects the sheet
    wrapped: bool = True

    @property
    def as_cell_format(self) -> CellFormat:
        """The format as the styles part has it."""
        bold = "<b/>" if self.bold else ""
        line = '<u val="single"/>' if self.underline else ""
        indent = ' indent="1"' if self.align != "center" else ""
        wrap = ' wrapText="1"' if self.wrapped else ""
        unlocked = '<protection locked="0"/>' if self.unlocked else ""
        return CellFormat(
            font=f'<font>{bold}{line}<sz val="{self.size}"/><color rgb="FF{self.color}"/>'
            '<name val="宋体"/><charset val="134"/></font>',
            fill=solid(self.fill) if self.fill else "",
            border=_FRAME if self.framed else _NO_FRAME,
            inner=f'<alignment horizontal="{self.align}" vertical="center"{wrap}{indent}/>'
            f"{unlocked}",
            typed=self.typed,
        )

    def run(self, *, bold: bool = False) -> str:
        """What begins a run of text that looks so within a cell."""
        return (
            f'<r><rPr>{"<b/>" * bold}<sz val="{self.size}"/><color rgb="FF{self.color}"/>'
            '<rFont val="宋体"/><charset val="134"/></rPr><t xml:space="preserve">'
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of ours. `rows` are row elements, `links` are (cell, place, shown text)."""

    widths: tuple[float, ...]
    rows: Sequence[str]
    merges: Sequence[str] = ()
    links: Sequence[tuple[str, str, str]] = ()
    hidden_from: int = 0  # columns from this one on are hidden; 0 for none
    header_row: int = 0  # repeated on every printed page, frozen on the screen
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()  # drop-downs: range, words
    footer: str = ""

    def to_bytes(self, space: str) -> bytes:
        """The worksheet part in the namespace `space`."""
        last = cell_ref(max(len(self.rows), 1), len(self.widths))
        return "".join(
            (
                f'{DECLARATION}<worksheet xmlns="{space}">'
                f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>',
                _view(self.header_row),
                '<sheetFormatPr defaultRowHeight="15"/>',
                _columns(self.widths, self.hidden_from),
                "<sheetData>",
                *self.rows,
                "</sheetData>",
                _merges(self.merges),
                _choices(self.choices),
                _links(self.links),
                '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" '
                'top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
                '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
                f"<headerFooter><oddFooter>{escape(self.footer)}</oddFooter></headerFooter>"
                "</worksheet>",
            )
        ).encode()


def place(sheet: str, ref: str = "A1") -> str:
    """A place in the workbook as links and defined names write it: '自评表'!G33."""
    return "'" + sheet.replace("'", "''") + f"'!{ref}"


def print_titles(sheet: str, row: int) -> str:
    """The text of the defined name that repeats a row on every page."""
    return place(sheet, f"${row}:${row}")


def _view(header_row: int) -> str:
    below = f"A{header_row + 1}"
    pane = (
        f'<pane ySplit="{header_row}" topLeftCell="{below}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/>'
        if header_row
        else ""
    )
    return (
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f"{pane}</sheetView></sheetViews>"
    )


@lru_cache(maxsize=32)  # there are few kinds of pages
def _columns(widths: tuple[float, ...], hidden_from: int) -> str:
    nodes = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"'
        + (' hidden="1"/>' if 0 < hidden_from <= n else "/>")
        for n, width in enumerate(widths, start=1)
    )
    return f"<cols>{nodes}</cols>"


def _merges(blocks: Sequence[str]) -> str:
    if not blocks:
        return ""
    nodes = "".join(f'<mergeCell ref="{block}"/>' for block in blocks)
    return f'<mergeCells count="{len(blocks)}">{nodes}</mergeCells>'


def _choices(choices: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    if not choices:
        return ""
    nodes = "".join(
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" '
        f'sqref="{where}"><formula1>{escape(chr(34) + ",".join(words) + chr(34))}</formula1>'
        "</dataValidation>"
        for where, words in choices
    )
    return f'<dataValidations count="{len(choices)}">{nodes}</dataValidations>'


def _links(links: Sequence[tuple[str, str, str]]) -> str:
    if not links:
        return ""
    nodes = "".join(
        f'<hyperlink ref="{ref}" location={_quoted(to)} display={_quoted(text)}/>'
        for ref, to, text in links
    )
    return f"<hyperlinks>{nodes}</hyperlinks>"


def _quoted(text: str) -> str:
    """As an attribute; a place in a workbook seldom holds what quoteattr looks for."""
    return f'"{text}"' if _PLAIN(text) else quoteattr(text)
