"""How a file was understood: each field with its cell, its raw text and its value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # JSON values

from perfeval.fields import field_name
from perfeval.report.phrases import words
from perfeval.report.plain import one_line
from perfeval.tables import Tables
from perfeval.texts import Lang

SCHEMA = "perfeval-inspect/1"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "forms": ("project", "department", "unit", "year", "total_points", "total_score", "grade"),
    "funds": ("label", "initial_budget", "budget", "executed", "points", "rate", "score"),
    "goals": ("expected", "actual"),
    "indicators": (
        "level1", "level2", "level3", "target", "actual", "points", "score", "reason",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A cell that fed one field. `row` counts from 1 in the order of the sheet."""

    table: str
    row: int
    field: str
    sheet: str
    cell: str
    raw: str
    value: str
    formula: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A form of the file and its fields, table by table."""

    form: str
    sheet: str
    layout: str
    fields: tuple[Field, ...]


def understood(tables: Tables, file: str) -> list[Understood]:
    """The forms that were found in `file` (as named in tables.files), in order."""
    forms = tables.forms[tables.forms.file == file]
    cells = tables.cells[tables.cells.form_id.isin(forms.form_id)]
    by_form: dict[int, list[Field]] = {}
    columns = ("form_id", "table", "position", "field", "sheet", "ref", "raw", "value", "formula")
    rows = zip(*(cells[name].tolist() for name in columns), cells.marks.tolist(), strict=True)
    for form_id, table, row, name, sheet, ref, raw, value, formula, marks in rows:
        # row 0 is a label without a row of its own, as 成本指标 over nothing
        if name in FIELDS.get(table, ()):
            field = Field(table, row, name, sheet, ref, raw, value, formula, tuple(marks.split()))
            by_form.setdefault(form_id, []).append(field)
    named = zip(forms.form_id, forms.form, forms.sheet, forms.layout, strict=True)
    return [
        Understood(form, sheet, layout, tuple(sorted(by_form.get(form_id, ()), key=_place)))
        for form_id, form, sheet, layout in named
    ]


def inspect_json(tables: Tables, file: str) -> bytes:
    """The contract perfeval-inspect/1, see docs/schema/inspect.schema.json."""
    document = {
        "schema": SCHEMA,
        "file": file,
        "forms": [
            {
                "form": form.form,
                "sheet": form.sheet,
                "layout": form.layout,
                "fields": [_entry(field) for field in form.fields],
            }
            for form in understood(tables, file)
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def inspect_lines(tables: Tables, file: str, lang: Lang) -> list[str]:
    """For a terminal: a line a form, then a line a field: cell, name, raw text, value."""
    lines = []
    for form in understood(tables, file):
        lines.append(one_line(f"{form.form} · {form.layout}"))
        lines += [_line(field, lang) for field in form.fields]
    return lines


def field_label(field: Field, lang: Lang, *, last: int = 0) -> str:
    """执行率 of the second kind of money: 资金 2 执行率; up to row `last` if one is given."""
    name = field_name(field.table, field.field)(lang)
    if field.table == "forms":
        total = field.field in ("total_points", "total_score", "grade")
        return f"{words(lang)['total' if total else 'table_forms']} {name}"
    rows = f"{field.row}–{last}" if last > field.row else str(field.row)
    return f"{words(lang)[f'table_{field.table}']} {rows} {name}"


def _place(field: Field) -> tuple[int, int, int]:
    return (
        list(FIELDS).index(field.table),
        field.row,
        FIELDS[field.table].index(field.field),
    )


def _entry(field: Field) -> dict[str, Any]:
    return {
        "table": field.table,
        "row": field.row,
        "field": field.field,
        "cell": field.cell,
        "raw": field.raw,
        "value": field.value,
        **({"sheet": field.sheet} if field.sheet else {}),
        **({"formula": field.formula} if field.formula else {}),
        **({"marks": list(field.marks)} if field.marks else {}),
    }


def _line(field: Field, lang: Lang) -> str:
    value = f" → {field.value}" if field.value != field.raw else ""
    marks = f"  [{' '.join(field.marks)}]" if field.marks else ""
    raw = field.raw or words(lang)["blank"]
    return one_line(f"{field.cell:<6} {field_label(field, lang)}：{raw}{value}{marks}")
