"""Sheets as nearly every program writes them, read as text: a fraction of the parser's time.

What differs from form to form, the cells and merges, is taken out by splitting the text; the rest,
the frame, is parsed, with one row for each way in which rows are described. Every piece must look
exactly as expected. Where one does not (runs of rich text, a shared formula, a comment, a prefix),
the parser reads the whole sheet. What is taken out is well-formed in itself and stands where the
schema has it, so that both ways read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from perfeval.model import Cell, Range
from perfeval.ooxml.grid_cells import INLINE, Book, Cells, column_number, enter
from perfeval.ooxml.grid_formats import PLAIN
from perfeval.ooxml.grid_frame import Frame, Grid, frame_of
from perfeval.ooxml.grid_merges import range_of
from perfeval.ooxml.grid_values import number_and_text
from perfeval.ooxml.number_format import shown_text
from perfeval.ooxml.plain_part import PLAIN_TEXT, text_of, without_entities
from perfeval.ooxml.plain_text import unescaped

_ROW = re.compile('r="([1-9][0-9]{0,6})"([^<>]*+)>(?:(.*)</row>)?', re.DOTALL)
_MERGES = re.compile('count="[0-9]++">')
_MERGE = re.compile('[A-Z0-9:]++"/>')
_CHANGING = re.compile(
    '<(?:(dimension) ref|(selection)(?: activeCell="[A-Z0-9]*")? sqref)="[A-Z0-9: ]*"/>'
)
_START = re.compile('([A-Z]{1,3})[0-9]++"(?: s="([0-9]++)")?+(?:( ?/)|(?: t="([A-Za-z]++)")?+)')
_CONTENT = re.compile(
    f'(?:<f(?: aca="false")?>({PLAIN_TEXT})</f>)?+'
    f'(?:<v>({PLAIN_TEXT})</v>|<is><t(?: xml:space="preserve")?>({PLAIN_TEXT})</t></is>)</c>'
)
_EMPTY = "empty"


class _Apart(NamedTuple):
    """A sheet taken apart."""

    frame: str  # with a row for each description
    descriptions: tuple[str, ...]
    rows: list[tuple[int, str, str]]  # number, description, cells
    merges: list[Range]


def plain_grid(content: bytes, book: Book) -> Grid | None:
    """The grid of a sheet; None if it is not plain."""
    text = text_of(content)
    apart = _apart(text) if text is not None else None
    if apart is None or any(number > book.limits.rows for number, _, _ in apart.rows):
        return None
    frame = frame_of(apart.frame, len(apart.descriptions), book.limits.columns)
    cells: Cells = {}
    if frame is None or not all(_enter(row, stored, cells, book) for row, _, stored in apart.rows):
        return None
    book.count(len(cells))
    return Grid(cells, [*frame.merges, *apart.merges], _hidden(frame, apart), frame.hidden_columns)


def _apart(text: str) -> _Apart | None:
    head, began, rest = text.partition("<sheetData>")
    body, ended, tail = rest.partition("</sheetData>")
    first, *pieces = body.split("<row ")
    if not (began and ended) or first:
        return None
    rows = []
    for piece in pieces:
        row = _ROW.fullmatch(piece)
        if row is None:
            return None
        number, description, cells = row.groups()
        if cells is None:  # <row …/>
            if description[-1:] != "/":
                return None
            description, cells = description[:-1], ""
        rows.append((int(number), description, cells))
    merges: list[Range] = []
    before, began, rest = tail.partition("<mergeCells ")
    if began:
        block, ended, after = rest.partition("</mergeCells>")
        count, *refs = block.split('<mergeCell ref="')
        if not (ended and _MERGES.fullmatch(count) and all(map(_MERGE.fullmatch, refs))):
            return None
        merges = [merge for ref in refs if (merge := range_of(ref[:-3]))]
        tail = f"{before}<mergeCells/>{after}"
    descriptions = tuple(dict.fromkeys([description for _, description, _ in rows]))
    bare = "".join([f'<row r="1"{description}/>' for description in descriptions])
    head = _CHANGING.sub(r"<\1\2/>", head)
    return _Apart(f"{head}<sheetData>{bare}</sheetData>{tail}", descriptions, rows, merges)


def _enter(row: int, stored: str, cells: Cells, book: Book) -> bool:
    """Put the cells of a row into `cells`; False where one is not plain."""
    first, *pieces = stored.split('<c r="')
    strings, formats, date1904, most = (
        book.strings,
        book.formats,
        book.date1904,
        book.limits.columns,
    )
    for piece in pieces:
        start, _, content = piece.partition(">")
        known = _started(start)
        if known is None:
            return False
        col, style_id, kind = known
        if kind == _EMPTY:
            if content:
                return False
            continue
        if content[:3] == "<v>" and content[-8:] == "</v></c>" and col <= most:
            value = content[3:-8]
            code, is_date, has_text = formats.get(style_id, PLAIN)
            if kind == "s":
                text = strings.get(value)
                if text is not None:
                    if text:
                        seen = shown_text(text, code) if has_text else text
                        cells[row, col] = Cell(row, col, text, seen, None, code, "s")
                    continue
            elif kind is None:
                number, seen = number_and_text(value, code, date1904)
                if number is not None:
                    of_kind = "d" if is_date else "n"
                    cells[row, col] = Cell(row, col, number, seen, None, code, of_kind)
                    continue
        if content != "</c>" and not _enter_rare(row, known, content, cells, book):
            return False
    return not first


def _enter_rare(
    row: int, start: tuple[int, str | None, str | None], content: str, cells: Cells, book: Book
) -> bool:
    found = _CONTENT.fullmatch(content)
    if found is None:
        return False
    col, style_id, kind = start
    formula, value, inline = (part and without_entities(part) for part in found.groups())
    if inline is not None:
        kind, value = INLINE, unescaped(inline)
    enter([(col, style_id, kind, formula, value)], row, cells, book)
    return True


@lru_cache(maxsize=8192)  # a form has some hundreds, and forms of one template the same
def _started(start: str) -> tuple[int, str | None, str | None] | None:
    """Column, style and type from the beginning of a cell; None if it is not plain."""
    found = _START.fullmatch(start)
    if found is None:
        return None
    letters, style_id, closed, kind = found.groups()
    return column_number(letters), style_id, _EMPTY if closed else kind


def _hidden(frame: Frame, apart: _Apart) -> set[int]:
    if not frame.hidden_rows:
        return set()
    hidden = {apart.descriptions[index] for index in frame.hidden_rows}
    return {number for number, description, _ in apart.rows if description in hidden}
