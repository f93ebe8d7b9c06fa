"""What rules across forms look at, file by file, and the tables of a whole run made of it.

Tables made so are narrow: they have the columns of COLUMNS only. A long text stands as its digest,
since it is only compared with others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from perfeval import schema
from perfeval.exact import Flags, among, one_of
from perfeval.rows import Rows, texts
from perfeval.tables import Tables
from perfeval.wording import bare_text, wording

Value = int | str | bool | None
Brief = dict[str, list[list[Value]]]  # rows by table, ids counted within the file

# After row_id and form_id. Of `cells` only those that a finding across forms is shown at.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "forms": (
        "file", "form", "region", "layout", "year", "run_year", "project", "department", "unit",
        "money_unit",
    ),
    "funds": (
        "level", "label", "budget_fen", "budget_step_fen", "initial_budget_fen",
        "initial_budget_step_fen",
    ),
    "goals": ("expected", "actual"),
    "indicators": ("level3", "reason"),
    "cells": ("table", "field", "sheet", "ref", "formula"),
}  # fmt: skip
SHOWN_AT = frozenset(
    {"project", "department", "unit", "budget", "initial_budget", "expected", "actual", "reason"}
)
_ROWS = tuple(name for name in COLUMNS if name != "cells")
_COMPARED = frozenset({"expected", "actual", "reason"})
_AT_ONCE = 1000  # files whose rows are Python values at once; as columns they take a tenth
_TYPES: Mapping[str, tuple[type, ...]] = {
    schema.INT: (int,), schema.NUM: (int, type(None)), schema.TEXT: (str,), schema.FLAG: (bool,),
}  # fmt: skip


def briefs(tables: Tables, whole: Collection[int] = ()) -> list[Brief]:
    """One brief a file of a chunk. Of the files `whole` every row is in it."""
    places = _Places(tables)
    made: list[Brief] = [{name: [] for name in COLUMNS} for _ in range(len(tables.rows("files")))]
    all_of = among(tables.rows("forms").file_id, np.fromiter(whole, dtype=np.int64))
    for name in _ROWS:
        rows = _bare(tables.rows(name), _COMPARED.intersection(COLUMNS[name]))
        rows = rows[_is_compared(name, rows) | all_of[rows.form_id]]
        for row_id, form_id, *values in rows.values(*_names(name)):
            of_file = made[places.file_of[form_id]]
            of_file[name].append([*places.add(row_id, form_id), *values])
    cells = tables.rows("cells")
    cells = cells[among(cells.row_id, np.fromiter(places.of, dtype=np.int64))]
    cells = cells[one_of(cells.field, *SHOWN_AT) | all_of[cells.form_id]]
    for row_id, form_id, *values in cells.values(*_names("cells")):
        made[places.file_of[form_id]]["cells"].append([*places.of[row_id], *values])
    return made


def fits(brief: Brief) -> bool:
    """Whether rows that come from outside are such as `briefs` makes."""
    return brief.keys() == COLUMNS.keys() and all(
        len(row) == len(_names(name))
        and all(
            isinstance(value, types) and (not isinstance(value, int) or -(2**63) <= value < 2**63)
            for value, types in zip(row, _types(name), strict=True)
        )
        and 0 <= int(row[1] or 0) < len(brief["forms"])
        for name, rows in brief.items()
        for row in rows
    )


def joined(parts: Iterable[Brief], register: Rows | None = None) -> Tables:
    """The tables of several files as one, in their order, ids made unique again.

    form_id stays the position of a form among all forms, file_id that of a file among all files.
    """
    made: dict[str, list[Rows]] = {name: [] for name in COLUMNS}
    rows: dict[str, list[list[Value]]] = {name: [] for name in COLUMNS}
    files: list[int] = []
    ids = forms = file_id = 0
    for file_id, part in enumerate(parts, 1):
        for name, of_file in part.items():
            rows[name] += ([r[0] + ids, r[1] + forms, *r[2:]] for r in of_file)  # type: ignore[operator]  # ids, see fits
        files += [file_id - 1] * len(part["forms"])
        ids += sum(len(part[name]) for name in _ROWS)
        forms += len(part["forms"])
        if file_id % _AT_ONCE == 0:
            _flush(rows, made)
    _flush(rows, made)
    whole = {name: Rows.stacked(parts, *_names(name)) for name, parts in made.items()}
    whole["forms"] = whole["forms"].assign(file_id=np.array(files, dtype=np.int64))
    if register is not None:
        whole["register"] = register.assign(row_id=register.row_id + ids)
    return Tables.build({}).having(**whole)


class _Places:
    """Ids within a chunk → ids within the file."""

    def __init__(self, tables: Tables) -> None:
        self.file_of: list[int] = tables.rows("forms").file_id.tolist()
        self.first: dict[int, int] = {}
        for form_id, file_id in enumerate(self.file_of):
            self.first.setdefault(file_id, form_id)
        self.of: dict[int, tuple[int, int]] = {}
        self._rows: dict[int, int] = {}

    def add(self, row_id: int, form_id: int) -> tuple[int, int]:
        file_id = self.file_of[form_id]
        number = self._rows[file_id] = self._rows.get(file_id, -1) + 1
        self.of[row_id] = place = number, form_id - self.first[file_id]
        return place


def _bare(rows: Rows, names: Iterable[str]) -> Rows:
    """The rows with the texts in some columns as their digests."""
    shortest = wording().shortest_shared
    return rows.assign(
        **{
            name: texts(text and _digest(text, shortest) for text in rows.column(name).tolist())
            for name in names
        }
    )


def _digest(text: str, shortest: int) -> str:
    """What stands for a text: the same for two that differ in signs only, "" for a short one."""
    if len(text) * 18 < shortest:  # NFKC makes at most 18 letters of one
        return ""
    bare = bare_text(text)
    if len(bare) < shortest:
        return ""
    return hashlib.sha256(bare.encode(errors="surrogatepass")).hexdigest().ljust(shortest, "0")


def _is_compared(name: str, rows: Rows) -> Flags:
    flags: Flags = np.ones(len(rows), dtype=bool)
    if name == "funds":
        flags = rows.level == 0
    elif name == "goals":
        flags = (rows.expected != "") | (rows.actual != "")
    elif name == "indicators":
        flags = rows.reason != ""
    return flags


def _names(name: str) -> tuple[str, ...]:
    return ("row_id", "form_id", *COLUMNS[name])


def _types(name: str) -> list[tuple[type, ...]]:
    return [_TYPES[schema.SCHEMAS[name][column]] for column in _names(name)]


def _flush(rows: dict[str, list[list[Value]]], made: dict[str, list[Rows]]) -> None:
    for name, waiting in rows.items():
        made[name].append(schema.rows(name, waiting, _names(name)))
        waiting.clear()
