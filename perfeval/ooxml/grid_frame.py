"""What a sheet says besides its cells: hidden rows and columns, and merges."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from lxml import etree

from perfeval.errors import UnreadableError
from perfeval.model import Range
from perfeval.ooxml.alike import once
from perfeval.ooxml.elements import MAIN
from perfeval.ooxml.grid_cells import Cells
from perfeval.ooxml.grid_merges import range_of
from perfeval.ooxml.package import parse

ROW, COLUMN, MERGE = (f"{{{MAIN}}}{tag}" for tag in ("row", "col", "mergeCell"))
_DATA, _MERGES = f"{{{MAIN}}}sheetData", f"{{{MAIN}}}mergeCells"
TRUE = ("1", "true", "on")


class Grid(NamedTuple):
    """A sheet as read."""

    cells: Cells
    merges: list[Range]
    hidden_rows: set[int]
    hidden_columns: Set[int]


class Frame(NamedTuple):
    """A sheet whose cells have been taken out. `hidden_rows` are places among its rows, from 0."""

    merges: tuple[Range, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: frozenset[int]


@once
def frame_of(text: str, rows: int, columns: int) -> Frame | None:
    """What is in a frame with so many rows; None where anything in it is out of place.

    `columns` is the limit of columns. Damage is left for the parser to tell, with the whole sheet.
    """
    try:
        root = parse(text.encode(), "")
    except UnreadableError:
        return None
    data, merges = root.findall(_DATA), root.findall(_MERGES)
    inside = data[0].findall(ROW) if data else []
    if len(data) != 1 or len(merges) != text.count("<mergeCells"):
        return None
    if not rows == len(inside) == len(data[0]) == sum(1 for _ in root.iter(ROW)):
        return None
    hidden: set[int] = set()
    for node in root.iter(COLUMN):
        hide_columns(node, hidden, columns)
    return Frame(
        tuple(merge for node in root.iter(MERGE) if (merge := merge_of(node))),
        tuple(place for place, row in enumerate(inside) if is_hidden_row(row)),
        frozenset(hidden),
    )


def is_hidden_row(node: etree._Element) -> bool:
    return node.get("hidden") in TRUE or node.get("ht") == "0"


def hide_columns(node: etree._Element, hidden: set[int], columns: int) -> None:
    """Put the columns that a `col` hides into `hidden`, up to the limit `columns`."""
    if (node.get("hidden") in TRUE or node.get("width") == "0") and len(hidden) < columns:
        first = index_of(node.get("min"), columns)
        last = index_of(node.get("max"), columns) or columns
        hidden.update(range(first, last + 1) if first else ())


def merge_of(node: etree._Element) -> Range | None:
    return range_of(node.get("ref", ""))


def index_of(text: str | None, most: int) -> int | None:
    """A count from 1; one beyond `most` is `most` + 1; None if it is no number."""
    if not text or not text.isascii() or not text.isdecimal():
        return None
    number = int(text) if len(text) < 10 else most + 1
    return min(number, most + 1) if number else None
