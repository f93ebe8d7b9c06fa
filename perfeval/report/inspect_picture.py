"""The sheets of a file as they lie, each cell that fed a field coloured and named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perfeval.model import Sheet, Workbook, column_name, parse_ref
from perfeval.report.inspect_out import Field, Understood, field_label, understood
from perfeval.report.templates import render
from perfeval.tables import Tables
from perfeval.texts import Lang

_MOST_ROWS, _MOST_COLS = 500, 60  # of a sheet's picture


def inspect_html(
    tables: Tables, workbook: Workbook, *, lang: Lang = "zh", templates: str = ""
) -> str:
    """The sheets as they lie, each field coloured by its table and named; one page, no script."""
    forms = understood(tables, workbook.path)
    values = {
        "file": workbook.path,
        "forms": forms,
        "sheets": [_picture(sheet, forms, lang) for sheet in workbook.sheets],
    }
    return render("inspect.html.j2", values, lang=lang, templates=templates)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell of the picture; `fields` are those that it fed."""

    ref: str
    text: str
    colspan: int
    rowspan: int
    fields: tuple[tuple[Field, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A sheet as a table; `cut` when there is more than is drawn."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Drawn, ...]], ...]
    cut: bool


def _picture(sheet: Sheet, forms: Sequence[Understood], lang: Lang) -> Picture:
    fields = _labelled(sheet.name, forms, lang)
    places = {*sheet.cells, *map(parse_ref, fields)}
    height = max((row for row, _ in places), default=0)
    width = max((col for _, col in places), default=0)
    shown_rows, shown_cols = min(height, _MOST_ROWS), min(width, _MOST_COLS)
    covered, spans = _merged(sheet, shown_rows, shown_cols)
    rows = []
    for row in range(1, shown_rows + 1):
        if row in sheet.hidden_rows:
            continue
        drawn = _drawn(sheet, row, shown_cols, covered, spans, fields)
        rows.append((row, tuple(drawn)))
    columns = tuple(column_name(col) for col in range(1, shown_cols + 1))
    return Picture(sheet.name, columns, tuple(rows), (height, width) != (shown_rows, shown_cols))


def _labelled(
    sheet: str, forms: Sequence[Understood], lang: Lang
) -> dict[str, list[tuple[Field, str]]]:
    """The fields of each cell with their labels; one that fed many rows is named once."""
    found: dict[tuple[str, str, str], list[Field]] = {}
    for form in forms:
        for field in form.fields:
            if field.sheet == sheet and field.cell:
                found.setdefault((field.cell, field.table, field.field), []).append(field)
    labelled: dict[str, list[tuple[Field, str]]] = {}
    for (cell, _, _), fields in found.items():
        label = field_label(fields[0], lang, last=fields[-1].row)
        labelled.setdefault(cell, []).append((fields[0], label))
    return labelled


def _drawn(
    sheet: Sheet,
    row: int,
    width: int,
    covered: set[tuple[int, int]],
    spans: Mapping[tuple[int, int], tuple[int, int]],
    fields: Mapping[str, list[tuple[Field, str]]],
) -> Iterator[Drawn]:
    for col in range(1, width + 1):
        if (row, col) in covered:
            continue
        cell = sheet.cells.get((row, col))
        rowspan, colspan = spans.get((row, col), (1, 1))
        ref = f"{column_name(col)}{row}"
        yield Drawn(ref, cell.text if cell else "", colspan, rowspan, tuple(fields.get(ref, ())))


def _merged(
    sheet: Sheet, height: int, width: int
) -> tuple[set[tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
    """Cells that lie below another one, and how far each merge goes inside of the picture."""
    covered: set[tuple[int, int]] = set()
    spans = {}
    for block in sheet.merges:
        bottom, right = min(block.bottom, height), min(block.right, width)
        inside = {
            (row, col)
            for row in range(block.top, bottom + 1)
            for col in range(block.left, right + 1)
        }
        if not inside or inside & covered:
            continue
        hidden = sum(row in sheet.hidden_rows for row in range(block.top, bottom + 1))
        spans[block.top, block.left] = (bottom - block.top + 1 - hidden, right - block.left + 1)
        covered |= inside - {(block.top, block.left)}
    return covered, spans
