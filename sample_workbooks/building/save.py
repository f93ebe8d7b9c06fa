"""Pages as files, .xlsx, .csv and .txt; the same pages give the same bytes."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from collections.abc import Sequence
from datetime import datetime
from math import hypot

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from .looks import STYLES, row_heights, shown
from .page import Entry, Formula, Page

WRITTEN = datetime(2022, 3, 15, 9, 30)


def xlsx(pages: Sequence[Page], *, author: str) -> bytes:
    """A workbook with a sheet for each page, set up for printing on A4."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"author": author, "created": WRITTEN})
    formats = {name: book.add_format(dict(style)) for name, style in STYLES.items()}
    for page in pages:
        sheet = book.add_worksheet(page.name)
        _print_setup(sheet, page)
        for column, width in enumerate(page.widths):
            sheet.set_column(column, column, width)
        for row, height in row_heights(page).items():
            options = {"hidden": True} if row in page.hidden_rows else {}
            sheet.set_row(row - 1, height, None, options)
        for (row, column), entry in sorted(page.cells.items()):
            _write(sheet, row - 1, column - 1, entry, formats)
        for row, column, choices in page.choices:
            rule = {"validate": "list", "source": list(choices)}
            sheet.data_validation(row - 1, column - 1, row - 1, column - 1, rule)
        for row, column, kind, words in page.seals:
            _seal(sheet, row - 1, column - 1, kind, words)
    book.close()
    return buffer.getvalue()


def delimited(page: Page, *, separator: str, encoding: str) -> bytes:
    """The page as text, one line a row, merges blank but for their first cell."""
    height = max(row for row, _ in page.cells)
    width = max(column for _, column in page.cells)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    for row in range(1, height + 1):
        entries = [page.cells.get((row, column)) for column in range(1, width + 1)]
        writer.writerow(["" if entry is None else shown(entry) for entry in entries])
    return buffer.getvalue().encode(encoding)


def _print_setup(sheet: Worksheet, page: Page) -> None:
    sheet.set_paper(9)
    if len(page.widths) > 9:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.hide_gridlines(1)


def _write(
    sheet: Worksheet, row: int, column: int, entry: Entry, formats: dict[str, object]
) -> None:
    style = formats[entry.style]
    if entry.rows > 1 or entry.columns > 1:
        last_row, last_column = row + entry.rows - 1, column + entry.columns - 1
        sheet.merge_range(row, column, last_row, last_column, "", style)
    value = entry.value
    if isinstance(value, Formula):
        result = "" if value.result is None else value.result
        sheet.write_formula(row, column, f"={value.text}", style, result)
    elif value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _seal(sheet: Worksheet, row: int, column: int, kind: str, words: str) -> None:
    """The unit's stamp as units put it there: a text box, or a picture over the table."""
    if kind == "picture":
        options = {"image_data": io.BytesIO(_seal_picture()), "object_position": 3}
        sheet.insert_image(row, column, "seal.png", {**options, "description": words})
        return
    font = {"color": "#C00000", "size": 12, "name": "楷体"}
    box = {"width": 130, "height": 52, "font": font, "line": {"color": "#C00000", "width": 1.5}}
    align = {"vertical": "middle", "horizontal": "center"}
    sheet.insert_textbox(row, column, words, {**box, "align": align, "fill": {"none": True}})


def _seal_picture(size: int = 120) -> bytes:
    """A red ring with a disc, as a PNG without compression, so that its bytes never change."""
    red, clear = b"\xc0\x10\x10\xc8", b"\xff\xff\xff\x00"
    rows = bytearray()
    for y in range(size):
        rows.append(0)
        for x in range(size):
            away = hypot(x - size / 2 + 0.5, y - size / 2 + 0.5)
            rows += red if size / 2 - 6 < away < size / 2 - 1 or away < size / 8 else clear
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
