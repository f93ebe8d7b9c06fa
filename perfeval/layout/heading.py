"""The heading of a form: title, year, project, department, unit; the total where it is on top."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfeval.layout.grid import Grid, Item
from perfeval.layout.inline import pair_in, pairs
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
        taken: set[int] = set()
        for item in grid.items(row):
            if item.col in taken:
                continue
            if item.label.title == "form":
                title = title or Place(item.row, item.col)
                continue
            for label, place in _named_here(grid, words, item):
                taken.add(place.col if place.span is None else 0)
                if label.heading:
                    _enter(fields, label.heading, place)
                elif label.grade:
                    grade = grade or place
                elif label.top and top is None:
                    top = (Place(item.row, item.col), place)
            if year is None and "年" in item.label.text and _ONLY_YEAR.fullmatch(item.label.text):
                year = Place(item.row, item.col)
    year = fields.get("year") or year or _year_in(grid, rows, title)
    return Heading(title, _named(fields, year), top, grade, "agency" in fields)


def _enter(fields: dict[str, Place], name: str, place: Place) -> None:
    """The first of a name counts; 填报单位：X above the table yields to 预算单位名称 in it."""
    known = fields.setdefault(name, place)
    if name == "agency" and known.span is not None and place.span is None:
        fields[name] = place


def _named_here(grid: Grid, words: Lexicon, item: Item) -> list[tuple[Label, Place]]:
    """Labels that a cell holds, each with the place of its value."""
    found = [pair for pair in pairs(words, item.cell.text) if _names(pair.label)]
    if found and (len(found) > 1 or found[0].end > found[0].start):
        return [(pair.label, pair.place(item)) for pair in found]
    return [(item.label, value_place(grid, words, item))] if _names(item.label) else []


def value_place(grid: Grid, words: Lexicon, item: Item) -> Place:
    """Where the value of a label stands: in its own cell after the colon, or to its right."""
    inside = pair_in(words, item.cell.text)
    if inside is not None:
        return inside.place(item)
    col = item.right + 1
    if grid.cell(item.row, col) is None and grid.merge(item.row, col) is None:
        following = next((other for other in grid.items(item.row) if other.col > item.right), None)
        if following is not None and not _names(following.named):
            return Place(following.row, following.col)
    beside = next((other for other in grid.items(item.row) if other.col == col), None)
    if beside is not None and _names(beside.named):
        return Place(item.row, item.col, (0, 0))  # no room for a value: it is blank
    return Place(*grid.anchor(item.row, col))


def _names(label: Label) -> bool:
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
