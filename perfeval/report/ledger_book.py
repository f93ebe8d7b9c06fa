"""Rows of the ledger as CSV, a workbook, or Parquet, written as they come: they may be many."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import count, islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO  # openpyxl's sheets have no types of use

from perfeval.errors import UsageError
from perfeval.ledger.views import Column, Kind, Value
from perfeval.report.plain import for_xml, no_formula
from perfeval.texts import Lang, Text

if TYPE_CHECKING:
    from perfeval.report.sheetbook import SheetBook

ENDINGS = (".csv", ".xlsx", ".parquet")
_AT_ONCE = 20_000
_ROWS_OF_A_SHEET = 1_000_000  # Excel takes 1,048,576
_SPECIAL = ("=", "+", "-", "@", "#")  # a formula or an error, openpyxl would think
_LONGEST = 32_767  # characters of a cell
_SHEET = Text("台账", "Ledger")
_WIDTHS = {Kind.TEXT: 16, Kind.NUMBER: 8, Kind.POINTS: 10, Kind.MONEY: 16, Kind.DATE: 12,
           Kind.TIME: 20}  # fmt: skip

Rows = Iterable[tuple[Value, ...]]


def export(to: BinaryIO, path: PurePath, columns: Sequence[Column], rows: Rows, lang: Lang) -> None:
    """Write the rows in the format that the ending of `path` names. Raises UsageError."""
    ending = path.suffix.lower()
    if ending == ".csv":
        for part in csv_parts(columns, rows, lang):
            to.write(part)
    elif ending == ".xlsx":
        to.write(_workbook(columns, rows, lang))
    elif ending == ".parquet":
        _parquet(to, columns, rows)
    else:
        raise UsageError(f"{path}：只能导出 {' '.join(ENDINGS)}（unknown format）")


def csv_parts(columns: Sequence[Column], rows: Rows, lang: Lang) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, without which Excel does not read Chinese; CRLF."""
    yield b"\xef\xbb\xbf"
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.title(lang) for column in columns])
    waiting, writers = iter(rows), [_field(column, lang) for column in columns]
    while True:
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
        part = [[write(value) for write, value in zip(writers, row, strict=True)]
                for row in islice(waiting, _AT_ONCE)]  # fmt: skip
        if not part:
            return
        writer.writerows(part)


def words(columns: Sequence[Column], lang: Lang) -> list[Callable[[Value], str]]:
    """For each column how its values are told: codes in words, times in the local zone."""
    return [_words(column, lang) for column in columns]


def _words(column: Column, lang: Lang) -> Callable[[Value], str]:
    known = {code: text(lang) for code, text in column.words.items()}

    def told(value: Value) -> str:
        if isinstance(value, str):
            return known.get(value, value)
        if value is None:
            return ""
        if isinstance(value, datetime):
            return f"{value.astimezone():%Y-%m-%d %H:%M}"
        return format(value, "f") if isinstance(value, Decimal) else str(value)

    return told


def _field(column: Column, lang: Lang) -> Callable[[Value], str]:
    """The same, safe in a spreadsheet."""
    told = _words(column, lang)

    def safe(value: Value) -> str:
        text = told(value)
        return text if text[:1].isalnum() else no_formula(text)  # most begin harmlessly

    return safe if column.kind is Kind.TEXT and not column.words else told


def _workbook(columns: Sequence[Column], rows: Rows, lang: Lang) -> bytes:
    from perfeval.report.sheetbook import SheetBook  # openpyxl is slow to import

    titles = [column.title(lang) for column in columns]
    widths = [_WIDTHS[column.kind] for column in columns]
    tellers = words(columns, lang)
    book = SheetBook("perfeval")
    waiting = iter(rows)
    for number in count(1):
        sheet = book.sheet(f"{_SHEET(lang)}{number}", widths, freeze="A2", head_row=1)
        book.row(sheet, titles, ["head"] * len(titles))
        at = 0
        for at, row in enumerate(islice(waiting, _ROWS_OF_A_SHEET), 1):  # noqa: B007
            cells = zip(row, tellers, strict=True)
            sheet.append([_cell(book, sheet, value, told) for value, told in cells])
        if at < _ROWS_OF_A_SHEET:
            break
    return book.save()


def _cell(book: SheetBook, sheet: Any, value: Value, told: Callable[[Value], str]) -> Any:
    """Numbers and days as such, all else as text, which stays one whatever it begins with."""
    if isinstance(value, int | Decimal) or value is None or type(value) is date:
        return value
    text = for_xml(told(value))[:_LONGEST]
    return book.cell(sheet, text, "text") if text.startswith(_SPECIAL) else text


def _parquet(to: BinaryIO, columns: Sequence[Column], rows: Rows) -> None:
    """Values as they are kept: codes, exact decimals, times in UTC."""
    if sys.modules.get("pyarrow", sys) is None:  # the command line keeps pandas from it
        del sys.modules["pyarrow"]
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # has no types
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # as above
    except ImportError as error:
        raise UsageError(
            "导出 Parquet 需要 pyarrow，请先 pip install 'perfeval[parquet]'（pyarrow is missing）"
        ) from error
    types = {
        Kind.TEXT: pa.string(), Kind.NUMBER: pa.int64(), Kind.POINTS: pa.decimal128(23, 4),
        Kind.MONEY: pa.decimal128(21, 2), Kind.DATE: pa.date32(),
        Kind.TIME: pa.timestamp("us", tz="UTC"),
    }  # fmt: skip
    schema = pa.schema([(column.name, types[column.kind]) for column in columns])
    waiting = iter(rows)
    with pq.ParquetWriter(to, schema) as writer:
        while part := list(islice(waiting, _AT_ONCE)):
            arrays = [
                pa.array(values, field.type)
                for values, field in zip(zip(*part, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
