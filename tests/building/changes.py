"""What people do to a sheet: rows and columns inserted, cells unmerged, labels worded otherwise.

Each change gives the workbook and the printed figures at their new places.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from perfeval.layout import lexicon
from perfeval.layout.lexicon import normalise
from perfeval.model import Cell, Range, Sheet, Workbook, cell_ref, parse_ref
from tests.building.page import Expected

Printed = tuple[Workbook, list[Expected]]


def insert_rows(printed: Printed, at: int, number: int = 1) -> Printed:
    """Blank rows before row `at`; merges that it goes through become longer."""
    return _moved(printed, lambda row, col: (row + number if row >= at else row, col))


def insert_columns(printed: Printed, at: int, number: int = 1) -> Printed:
    """Blank columns before column `at`; merges that it goes through become wider."""
    return _moved(printed, lambda row, col: (row, col + number if col >= at else col))


def unmerge(printed: Printed) -> Printed:
    """Every merge taken apart: the text stays in its top left cell."""
    workbook, expected = printed
    return _with(workbook, replace(workbook.sheets[0], merges=())), expected


def unmerge_some(printed: Printed, chance: random.Random) -> Printed:
    """Some of the merges taken apart."""
    workbook, expected = printed
    sheet = workbook.sheets[0]
    kept = tuple(merge for merge in sheet.merges if chance.random() < 0.5)
    return _with(workbook, replace(sheet, merges=kept)), expected


def respace(printed: Printed, chance: random.Random) -> Printed:
    """Labels with blanks and line breaks inside, full-width brackets, a colon at the end."""

    def spaced(text: str) -> str:
        kind = chance.randrange(4)
        if kind == 0:
            return " ".join(text)
        if kind == 1:
            middle = len(text) // 2
            return f"{text[:middle]}\n{text[middle:]}"
        if kind == 2:
            return text.replace("(", "（").replace(")", "）") + "："
        return f"　{text} "

    return _relabelled(printed, spaced)


def reword(printed: Printed, chance: random.Random) -> Printed:
    """Headings and labels replaced by others of the same meaning in data/labels.toml."""
    words = lexicon()
    sections = ("column", "money_column", "heading", "goal")
    same = {
        section: {
            role: [text for text, named in words.same[section].items() if named == role]
            for role in set(words.same[section].values())
        }
        for section in sections
    }

    def other(text: str) -> str:
        label = words.look(text)
        roles = {
            "column": label.column,
            "money_column": label.money_column,
            "heading": label.heading,
            "goal": label.goal,
        }
        named = {section: role for section, role in roles.items() if role}
        if not named or "other" in named.values() or "(" in normalise(text):
            return text
        options = set.intersection(*(set(same[s][role]) for s, role in named.items()))
        # a word that would mean more than the one it replaces is another label
        options = {
            option
            for option in options
            if {s for s in sections if words.role(s, option)} == named.keys()
            and len(option) > 2
            and (words.look(option).block == label.block)
            and not words.look(option).top
            and words.look(option).money_row == label.money_row
        }
        return chance.choice(sorted(options)) if options else text

    return _relabelled(printed, other)


def phantom(printed: Printed, row: int = 5000, col: int = 60) -> Printed:
    """A blank far below and to the right, as Excel leaves them."""
    workbook, expected = printed
    sheet = workbook.sheets[0]
    cells = {**sheet.cells, (row, col): Cell(row, col, " ", " ")}
    return _with(workbook, replace(sheet, cells=cells)), expected


def _moved(printed: Printed, move: Callable[[int, int], tuple[int, int]]) -> Printed:
    workbook, expected = printed
    sheet = workbook.sheets[0]
    cells = {}
    for (row, col), cell in sheet.cells.items():
        to = move(row, col)
        cells[to] = msgspec.structs.replace(cell, row=to[0], col=to[1])
    merges = tuple(
        Range(*move(merge.top, merge.left), *move(merge.bottom, merge.right))
        for merge in sheet.merges
    )
    moved = [replace(e, cell=cell_ref(*move(*parse_ref(e.cell)))) for e in expected]
    return _with(workbook, replace(sheet, cells=cells, merges=merges)), moved


def _relabelled(printed: Printed, change: Callable[[str], str]) -> Printed:
    workbook, expected = printed
    sheet = workbook.sheets[0]
    figures = {e.cell for e in expected}
    words = lexicon()
    cells = {}
    for key, cell in sheet.cells.items():
        label = words.look(cell.text)
        known = not (label.money_split or label.bottom) and (
            label.column or label.money_column or label.heading or label.goal
        )
        if isinstance(cell.value, str) and known and cell_ref(*key) not in figures:
            text = change(cell.text)
            cell = msgspec.structs.replace(cell, value=text, text=text)
        cells[key] = cell
    return _with(workbook, replace(sheet, cells=cells)), expected


def _with(workbook: Workbook, sheet: Sheet) -> Workbook:
    return replace(workbook, sheets=(sheet, *workbook.sheets[1:]))


def misread(
    tables_cells: Sequence[tuple[str, str, str, str]], expected: Sequence[Expected]
) -> list[Expected]:
    """The printed figures that are not among (table, field, ref, raw)."""
    read = set(tables_cells)
    return [e for e in expected if (e.table, e.field, e.cell, e.text) not in read]
