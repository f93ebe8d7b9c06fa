"""Sheets as nearly every program writes them, read as text: a fraction of the parser's time.

The text is split where a value ends. What stands before a value, from the cell before on (blank
cells, new rows, and how the cell begins), is the same in form after form and is looked at once.
The rest, the frame, is parsed, with one row for each way in which rows are described. Every piece
must look exactly as expected. Where one does not (runs of rich text, a shared formula, a comment,
a prefix), the parser reads the whole sheet. What is taken out is well-formed in itself and stands
where the schema has it, so that both ways read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from perfeval.model import Cell, Range
from perfeval.ooxml.grid_cells import INLINE, Book, Cells, column_number, enter
from perfeval.ooxml.grid_formats import Formats
from perfeval.ooxml.grid_frame import Frame, Grid, frame_of
from perfeval.ooxml.grid_merges import range_of
from perfeval.ooxml.grid_values import number_and_text
from perfeval.ooxml.plain_part import PLAIN_TEXT, is_plain, without_entities
from perfeval.ooxml.plain_text import unescaped

_ENDED = "\0"  # stands where a cell with a value has ended; no XML has it
_MERGES = re.compile('count="[0-9]++">(?:<mergeCell ref="[A-Z0-9:]++"/>)*+')
_MERGE = re.compile('ref="([A-Z0-9:]++)"')
_CHANGING = re.compile(
    '<(?:(dimension) ref|(selection)(?: activeCell="[A-Z0-9]*")? sqref)="[A-Z0-9: ]*"/>'
)
_ROW = '<row r="[1-9][0-9]{0,6}"[^<>]*+'
_NO_ROWS = f"(?:{_ROW}(?<=/)>)*+"
_BLANKS = '(?:<c r="[A-Z]{1,3}[0-9]++"(?: s="[0-9]++")?+(?: ?/>|(?: t="[A-Za-z]++")?+></c>))*+'
_BETWEEN = f"{_BLANKS}(?:</row>{_NO_ROWS}{_ROW}(?<!/)>{_BLANKS})*+"  # two cells with a value
_START = (
    f'({_BETWEEN})<c r="([A-Z]{{1,3}})[0-9]++"(?: s="([0-9]++)")?+(?: t="([A-Za-z]++)")?+>'
    f'(?:<f(?: aca="false")?>({PLAIN_TEXT})</f>)?+'
)
_STARTED = re.compile(_ENDED + _START)
_FILLED = re.compile(
    f"{_START}(?:<v>({PLAIN_TEXT})</v>"
    f'|<is><t(?: xml:space="preserve")?>({PLAIN_TEXT})</t></is>)</c>'
)
_END = re.compile(f"{_ENDED}{_BETWEEN}</row>{_NO_ROWS}")
_ROWS = re.compile('<row r="([0-9]++)"([^<>]*+)>')
_VALUE = re.compile(PLAIN_TEXT)
_LONG = 2000  # letters before a value that are not worth keeping

_Row = tuple[int, str]  # number, description
_Start = tuple[int, str | None, str | None, str | None]  # of a cell: column, `s`, `t`, formula
# rows that begin before a cell; its column, format code, and kind where its value is taken as it
# is (else ""); its start
_Started = tuple[list[_Row], int, str, str, _Start]


class _Apart(NamedTuple):
    """A sheet taken apart."""

    head: str
    rows: str
    tail: str
    merges: list[Range]


def plain_grid(content: bytes, book: Book) -> Grid | None:
    """The grid of a sheet; None if it is not plain."""
    apart = _apart(content) if is_plain(content) else None
    if apart is None:
        return None
    cells: Cells = {}
    rows = _enter(apart.rows, cells, book)
    if rows is None or max(rows, default=(0, ""))[0] > book.limits.rows:
        return None
    descriptions = sorted({description for _, description in rows})
    bare = "".join([f'<row r="1"{description}/>' for description in descriptions])
    frame = frame_of(
        f"{apart.head}<sheetData>{bare}</sheetData>{apart.tail}",
        len(descriptions),
        book.limits.columns,
    )
    if frame is None:
        return None
    book.count(len(cells))
    hidden = _hidden(frame, descriptions, rows)
    return Grid(cells, [*frame.merges, *apart.merges], hidden, frame.hidden_columns)


def _apart(content: bytes) -> _Apart | None:
    above, opened, data = content.partition(b"<sheetData>")
    data, closed, below = data.rpartition(b"</sheetData>")
    if not (opened and closed):
        return None
    try:  # one by one, since rows are seldom more than ASCII, which is faster
        head, rows, tail = above.decode(), data.decode(), below.decode()
    except UnicodeDecodeError:  # the parser says what is wrong with it
        return None
    merges: list[Range] = []
    before, began, rest = tail.partition("<mergeCells ")
    if began:
        block, ended, after = rest.partition("</mergeCells>")
        if not (ended and _MERGES.fullmatch(block)):
            return None
        merges = [merge for ref in _MERGE.findall(block) if (merge := range_of(ref))]
        tail = f"{before}<mergeCells/>{after}"
    return _Apart(_CHANGING.sub(r"<\1\2/>", head), rows, tail, merges)


def _enter(text: str, cells: Cells, book: Book) -> list[_Row] | None:
    """The rows, what is in them put into `cells`; None where anything is not plain."""
    strings, formats, date1904 = book.strings, book.formats, book.date1904
    *pieces, end = f"{_ENDED}</row>{text}".replace("</v></c>", f"<v>{_ENDED}").split("<v>")
    if len(pieces) % 2:
        return None
    between, values = pieces[::2], pieces[1::2]
    started = _started if max(map(len, between), default=0) < _LONG else _started.__wrapped__
    starts = map(started, between, repeat(formats), repeat(book.limits.columns))
    rows: list[_Row] = []
    row = 0
    for before, start, value in zip(between, starts, values, strict=True):
        if start is None:
            if _enter_rare(f"{before}<v>{value}</v></c>", rows, cells, book) != _ENDED:
                return None
            row = rows[-1][0]
            continue
        begun, col, code, kind, stored = start
        if begun:
            rows += begun
            row = begun[-1][0]
        if kind == "s":
            words = strings.get(value)
            if words:
                cells[row, col] = Cell(row, col, words, words, None, code, kind)
                continue
        elif kind:
            number, seen = number_and_text(value, code, date1904)
            if number is not None:
                cells[row, col] = Cell(row, col, number, seen, None, code, kind)
                continue
        if not _VALUE.fullmatch(value):
            return None
        enter([(*stored, without_entities(value))], row, cells, book)
    found = _END.fullmatch(_enter_rare(end, rows, cells, book))
    return rows + _rows_in(found[0]) if found else None


def _enter_rare(text: str, rows: list[_Row], cells: Cells, book: Book) -> str:
    """Put cells of any kind into `cells` and the rows that begin into `rows`; what is left."""
    at = len(_ENDED)
    while found := _FILLED.match(text, at):
        between, start = _start_of(found)
        rows += _rows_in(between)
        value, inline = found[6], found[7]
        if inline is not None:
            start, value = (*start[:2], INLINE, start[3]), unescaped(without_entities(inline))
        else:
            value = without_entities(value)
        enter([(*start, value)], rows[-1][0], cells, book)
        at = found.end()
    return text[: len(_ENDED)] + text[at:]


@lru_cache(maxsize=4096)  # a form has some hundreds, and forms of one template the same
def _started(text: str, formats: Formats, columns: int) -> _Started | None:
    """What stands before a value; None if it is not plain. `columns` is their limit."""
    found = _STARTED.fullmatch(text)
    if found is None:
        return None
    between, start = _start_of(found)
    col, style_id, kind, formula = start
    style = formats.of(style_id)
    straight = ""
    if formula is None and col <= columns:
        if kind in (None, "n"):
            straight = "d" if style.is_date else "n"
        elif kind == "s" and not style.has_text:
            straight = "s"
    return _rows_in(between), col, style.code, straight, start


def _start_of(found: re.Match[str]) -> tuple[str, _Start]:
    between, letters, style_id, kind, formula = found.groups()[:5]
    formula = formula and without_entities(formula)
    return between, (column_number(letters), style_id, kind, formula)


def _rows_in(text: str) -> list[_Row]:
    return [(int(number), said.removesuffix("/")) for number, said in _ROWS.findall(text)]


def _hidden(frame: Frame, descriptions: list[str], rows: list[_Row]) -> set[int]:
    if not frame.hidden_rows:
        return set()
    hidden = {descriptions[index] for index in frame.hidden_rows}
    return {number for number, description in rows if description in hidden}
