"""A worksheet of our own: text cells with formats, links and drop-downs, set up for the printer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from perfeval.model import Range, cell_ref, column_name
from perfeval.ooxml.elements import needs_escape, xml_text
from perfeval.ooxml.styles import CellFormat, Styles, solid

_FORMULA_LIKE = ("=", "+", "-", "@")
_SIDES = ("left", "right", "top", "bottom")
_EDGE = '<{0} style="thin"><color rgb="FFB0B7C0"/></{0}>'
_FRAME = f"<border>{''.join(_EDGE.format(side) for side in _SIDES)}<diagonal/></border>"
_NO_FRAME = f"<border>{''.join(f'<{side}/>' for side in _SIDES)}<diagonal/></border>"
_PLAIN = re.compile(r"[^&<>\"\n\r\t]*").fullmatch
_LONGEST = 32_767  # letters in a cell


@dataclass(frozen=True, slots=True)
class Format:
    """How a cell of ours looks. Colours are RRGGBB."""

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


class Item(NamedTuple):
    """A cell of ours. `link` is a place in the workbook, `lead` a first line in bold."""

    text: str
    format: Format
    link: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of ours. Rows hold items (None: no cell); `heights` are (row from 1, points)."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Item | None, ...], ...]
    merges: tuple[Range, ...] = ()
    heights: tuple[tuple[int, float], ...] = ()
    hidden_from: int = 0  # columns from this one on are hidden; 0 for none
    header_row: int = 0  # repeated on every printed page, frozen on the screen
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()  # drop-downs: range, words
    footer: str = ""


def render(page: Page, styles: Styles, space: str) -> bytes:
    """The worksheet part of `page`; its formats are appended to `styles`."""
    formats = [item.format for row in page.rows for item in row if item]
    looks = dict(zip(map(id, formats), formats, strict=True))
    kinds = list(dict.fromkeys(looks.values()))
    indexes = styles.add_formats([_cell_format(look) for look in kinds])
    by_kind = dict(zip(kinds, indexes, strict=True))
    style = {key: by_kind[look] for key, look in looks.items()}  # by identity: they are few
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            f'<worksheet xmlns="{space}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="A1:{cell_ref(max(len(page.rows), 1), len(page.widths))}"/>',
            _view(page),
            '<sheetFormatPr defaultRowHeight="15"/>',
            _columns(page),
            _rows(page, style),
            _merges(page),
            _choices(page),
            _links(page),
            '<printOptions horizontalCentered="1"/>',
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" '
            'footer="0.3"/>',
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
            f"<headerFooter><oddFooter>{escape(page.footer)}</oddFooter></headerFooter>"
            if page.footer
            else "",
            "</worksheet>",
        )
    ).encode()


def typed(text: str, look: Format, *, lead: str = "") -> Item:
    """An item whose text stays a text even if it begins like a formula."""
    if (lead or text).startswith(_FORMULA_LIKE):
        look = _typed(look)
    return Item(text, look, "", lead)


@cache
def _typed(look: Format) -> Format:
    return replace(look, typed=True)


def place(sheet: str, ref: str = "A1") -> str:
    """A place in the workbook as links and defined names write it: '自评表'!G33."""
    return "'" + sheet.replace("'", "''") + f"'!{ref}"


@cache
def _cell_format(look: Format) -> CellFormat:
    bold = "<b/>" if look.bold else ""
    line = '<u val="single"/>' if look.underline else ""
    indent = ' indent="1"' if look.align != "center" else ""
    wrap = ' wrapText="1"' if look.wrapped else ""
    unlocked = '<protection locked="0"/>' if look.unlocked else ""
    return CellFormat(
        font=f'<font>{bold}{line}<sz val="{look.size}"/><color rgb="FF{look.color}"/>'
        '<name val="宋体"/><charset val="134"/></font>',
        fill=solid(look.fill) if look.fill else "",
        border=_FRAME if look.framed else _NO_FRAME,
        inner=f'<alignment horizontal="{look.align}" vertical="center"{wrap}{indent}/>{unlocked}',
        typed=look.typed,
    )


def _view(page: Page) -> str:
    row = page.header_row
    pane = (
        f'<pane ySplit="{row}" topLeftCell="A{row + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{row + 1}" sqref="A{row + 1}"/>'
        if row
        else ""
    )
    return (
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f"{pane}</sheetView></sheetViews>"
    )


def _columns(page: Page) -> str:
    cols = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"{_hidden(page, n)}/>'
        for n, width in enumerate(page.widths, start=1)
    )
    return f"<cols>{cols}</cols>"


def _hidden(page: Page, col: int) -> str:
    return ' hidden="1"' if 0 < page.hidden_from <= col else ""


def _rows(page: Page, style: Mapping[int, int]) -> str:
    heights = dict(page.heights)
    letters = [column_name(col) for col in range(1, len(page.widths) + 1)]
    xml = ["<sheetData>"]
    for number, items in enumerate(page.rows, start=1):
        height = f' ht="{heights[number]:g}" customHeight="1"' if number in heights else ""
        xml.append(f'<row r="{number}"{height}>')
        for letter, item in zip(letters, items, strict=False):
            if item is None:
                continue
            text, look, _, lead = item
            if not text and not lead:
                xml.append(f'<c r="{letter}{number}" s="{style[id(look)]}"/>')
                continue
            if lead:
                inner = _runs(item)
            elif not needs_escape(text) and len(text) <= _LONGEST:  # in line: most cells
                inner = f'<t xml:space="preserve">{text}</t>'
            else:
                inner = _text(text)
            head = f'<c r="{letter}{number}" s="{style[id(look)]}" t="inlineStr"><is>'
            xml.append(f"{head}{inner}</is></c>")
        xml.append("</row>")
    xml.append("</sheetData>")
    return "".join(xml)


def _text(text: str) -> str:
    return f'<t xml:space="preserve">{xml_text(text[:_LONGEST])}</t>'


def _runs(item: Item) -> str:
    """The lead in bold, then the text."""
    if not item.text:
        return _run(item.format, _text(item.lead), "<b/>")
    lead, text = _text(item.lead + "\n"), _text(item.text)
    return _run(item.format, lead, "<b/>") + _run(item.format, text)


def _run(look: Format, text: str, bold: str = "") -> str:
    return (
        f'<r><rPr>{bold}<sz val="{look.size}"/><color rgb="FF{look.color}"/>'
        f'<rFont val="宋体"/><charset val="134"/></rPr>{text}</r>'
    )


def _merges(page: Page) -> str:
    if not page.merges:
        return ""
    nodes = "".join(f'<mergeCell ref="{block.ref}"/>' for block in page.merges)
    return f'<mergeCells count="{len(page.merges)}">{nodes}</mergeCells>'


def _choices(page: Page) -> str:
    if not page.choices:
        return ""
    nodes = "".join(
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" '
        f'sqref="{where}"><formula1>{escape(chr(34) + ",".join(words) + chr(34))}</formula1>'
        "</dataValidation>"
        for where, words in page.choices
    )
    return f'<dataValidations count="{len(page.choices)}">{nodes}</dataValidations>'


def _links(page: Page) -> str:
    nodes = "".join(
        f'<hyperlink ref="{cell_ref(number, col)}" location={_quoted(item.link)} '
        f"display={_quoted(item.text)}/>"
        for number, items in enumerate(page.rows, start=1)
        for col, item in enumerate(items, start=1)
        if item and item.link
    )
    return f"<hyperlinks>{nodes}</hyperlinks>" if nodes else ""


def _quoted(text: str) -> str:
    """As an attribute; a place in a workbook seldom holds what quoteattr looks for."""
    return f'"{text}"' if _PLAIN(text) else quoteattr(text)


def print_titles(sheet: str, row: int) -> str:
    """The text of the defined name that repeats a row on every page."""
    return place(sheet, f"${row}:${row}")
