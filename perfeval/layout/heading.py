"""The heading of a form: title, year, project, department, unit; and the total where it stands on top."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfeval.layout.grid import Grid, Item
from perfeval.layout.inline import label_before
from perfeval.layout.lexicon import Label, Lexicon
from perfeval.layout.parts import Place

_YEAR = re.compile(r"(?:19|20)\d\d\s*年|[一二][〇○零0一二三四五六七八九]{3}年")
_ONLY_YEAR = re.compile(r"\(?(?:(?:19|20)\d\d|[一二][〇○零0一二三四五六七八九]{3}|_*)年?度?\)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the blocks of a form (some of it may stand below)."""

    title: Place | None
    fields: Mapping[str, Place]  # project department unit year
    top: tuple[Place, Place] | None  # label of a total on top, and its value
    grade: Place | None
    has_agency: bool


def heading(grid: Grid, words: Lexicon, rows: Sequence[int]) -> Heading:
    """Read the labels of the rows that belong to no block."""
    fields: dict[str, Place] = {}
    title = year = grade = None
    top: tuple[Place, Place] | None = None
    for row in rows:
        items = grid.items(row)
        taken: set[int] = set()
        for item in items:
            if item.col in taken:
                continue
            label = label_before(words, item)
            if item.label.title == "form" and not label.heading:
                title = title or Place(item.row, item.col)
                continue
            if not (label.heading or label.top or label.grade):
                if (
                    year is None
                    and _ONLY_YEAR.fullmatch(item.label.text)
                    and "年" in item.label.text
                ):
                    year = Place(item.row, item.col)
                continue
            place = value_place(grid, words, item)
            taken.add(place.col)
            if label.heading:
                fields.setdefault(label.heading, place)
            elif label.grade:
                grade = grade or place
            elif top is None:
                top = (Place(item.row, item.col), place)
    year = fields.get("year") or year or _year_in(grid, rows, title)
    return Heading(title, _named(fields, year), top, grade, "agency" in fields)


def value_place(grid: Grid, words: Lexicon, item: Item) -> Place:
    """Where the value of a label stands: in its own cell after the colon, or to its right."""
    if label_before(words, item) is not item.label:
        return Place(item.row, item.col, inline=True)
    col = item.right + 1
    if grid.cell(item.row, col) is None and grid.merge(item.row, col) is None:
        following = next((other for other in grid.items(item.row) if other.col > item.right), None)
        if following is not None and not _is_label(words, following):
            return Place(following.row, following.col)
    beside = next((other for other in grid.items(item.row) if other.col == col), None)
    if beside is not None and _is_label(words, beside):
        return Place(item.row, item.col, inline=True)  # no room for a value: it is blank
    return Place(*grid.anchor(item.row, col))


def _is_label(words: Lexicon, item: Item) -> bool:
    label: Label = label_before(words, item)
    return bool(label.heading or label.top or label.grade)


def _named(fields: Mapping[str, Place], year: Place | None) -> dict[str, Place]:
    """One label for department and unit (预算单位名称) is whichever the form has not."""
    named = {name: fields[name] for name in ("project", "department", "unit") if name in fields}
    if "agency" in fields:
        if "department" not in named:
            named["department"] = fields["agency"]
        elif "unit" not in named:
            named["unit"] = fields["agency"]
    if year is not None:
        named["year"] = year
    return named


def _year_in(grid: Grid, rows: Sequence[int], title: Place | None) -> Place | None:
    """The title that names a year, else any heading cell that does."""
    if title is not None:
        cell = grid.cell(title.row, title.col)
        if cell is not None and _YEAR.search(cell.text):
            return title
    for row in rows:
        if title is not None and row > title.row + 2:
            break
        for item in grid.items(row):
            if _YEAR.search(item.cell.text) and len(item.cell.text) < 40 and not item.label.heading:
                return Place(item.row, item.col)
    return None
