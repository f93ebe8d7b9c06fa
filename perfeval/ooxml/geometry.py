"""Where a box of a given size ends on a sheet: Excel places notes by cells, not by points."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from perfeval.ooxml.cells import whole_number
from perfeval.ooxml.elements import child, local

_LAST_ROW, _LAST_COL = 1_048_575, 16_383
_NARROW = 6  # pixels of a latin letter at 9 points; a Chinese one takes twice as much
_LINE = 16
_BOX_WIDTHS = (220, 300, 400)
_TALLEST = 640
_SIZES, _COL = (re.compile(rf"<{name}(?=[\s/>])([^<>]*)>") for name in ("sheetFormatPr", "col"))
_ATTRIBUTE = re.compile(r"""(?<![^\s])([A-Za-z]+)\s*=\s*["']([^"']*)["']""")


_Attributes = etree._Element | Mapping[str, str]
_Row = tuple[int, int | None]  # its number, 0 where it says none, and its height


@dataclass(frozen=True, slots=True)
class Grid:
    """Column widths and row heights in pixels, 0-based; what is not listed has the default."""

    widths: tuple[tuple[int, int, int], ...]
    heights: dict[int, int]
    width: int
    height: int

    @classmethod
    def of(cls, root: etree._Element) -> Grid:
        """Read the sizes of a worksheet."""
        cols, data = child(root, "cols"), child(root, "sheetData")
        return cls._of(
            child(root, "sheetFormatPr"),
            (node for node in (() if cols is None else cols) if local(node) == "col"),
            (_row(node) for node in (() if data is None else data) if local(node) == "row"),
        )

    @classmethod
    def of_text(cls, text: str) -> Grid:
        """Read the sizes of a worksheet without prefixes and comments."""
        head, _, rest = text.partition("<sheetData")
        sizes = [*map(_attributes, _SIZES.findall(head)), None]
        cols = map(_attributes, _COL.findall(head))
        _, *rows = rest.partition("</sheetData")[0].split("<row")
        return cls._of(sizes[0], cols, [_said(row.partition(">")[0]) for row in rows])

    @classmethod
    def _of(
        cls, sizes: _Attributes | None, cols: Iterable[_Attributes], rows: Iterable[_Row]
    ) -> Grid:
        width = _number(sizes, "defaultColWidth") or 9.0
        height = _number(sizes, "defaultRowHeight") or 15.0
        widths = [
            (
                whole_number(node.get("min")) - 1,
                whole_number(node.get("max")) - 1,
                0 if _hidden(node) else _pixels(_number(node, "width") or width),
            )
            for node in cols
        ]
        heights: dict[int, int] = {}
        row = 0
        for number, pixels in rows:
            row = number or row + 1
            if pixels is not None:
                heights[row - 1] = pixels
        return cls(tuple(widths), heights, _pixels(width), max(1, round(height * 4 / 3)))

    def anchor(self, row: int, col: int, size: tuple[int, int]) -> str:
        """The x:Anchor of a box of (width, height) pixels beside the cell (row, col), from 1."""
        return self.anchor_from((min(col, _LAST_COL), 12), (max(row - 2, 0), 6), size)

    def anchor_from(
        self, left: tuple[int, int], top: tuple[int, int], size: tuple[int, int]
    ) -> str:
        """The x:Anchor of a box whose corner lies (pixels) into a column and a row, from 0."""
        (col, dx), (row, dy) = left, top
        right, dx_end = _walk(col, dx + size[0], self._width, _LAST_COL)
        bottom, dy_end = _walk(row, dy + size[1], self._height, _LAST_ROW)
        return f"{col}, {dx}, {row}, {dy}, {right}, {dx_end}, {bottom}, {dy_end}"

    def _width(self, col: int) -> int:
        for first, last, width in self.widths:
            if first <= col <= last:
                return width
        return self.width

    def _height(self, row: int) -> int:
        return self.heights.get(row, self.height)


def box(text: str) -> tuple[int, int]:
    """Width and height in pixels of a note that shows all of `text` at 9 points."""
    wide = [len(line) * _NARROW * 1.06 for line in text.encode("gbk", "replace").split(b"\n")]
    lines = 0
    for width in _BOX_WIDTHS:
        lines = sum([math.ceil(need / (width - 16)) or 1 for need in wide])
        if lines * _LINE <= width:
            break
    return width, min(lines * _LINE + 22, _TALLEST)  # LibreOffice sets the first line larger


def text_width(text: str) -> int:
    """Width in latin letters: a Chinese character counts two."""
    return len(text.encode("gbk", "replace"))


def _walk(start: int, distance: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    at = start
    while at < last and distance >= (step := size(at)):
        distance -= step
        at += 1
    return at, distance if at < last else 0


def _pixels(width: float) -> int:
    return min(int(width * 7 + 5), 2000)


def _hidden(node: _Attributes) -> bool:
    return node.get("hidden") in ("1", "true")


@lru_cache(maxsize=1024)  # forms of one template have the same columns
def _attributes(text: str) -> Mapping[str, str]:
    return dict(_ATTRIBUTE.findall(text))


def _said(attributes: str) -> _Row:
    """A row, whose number nearly always comes first."""
    first, _, others = attributes.partition('" ')
    number = whole_number(first[4:]) if first[:4] == ' r="' else 0
    return (number, _described(others)[1]) if number else _described(attributes)


@lru_cache(maxsize=1024)  # the rows of a sheet are described in few ways
def _described(attributes: str) -> _Row:
    return _row(_attributes(attributes))


def _row(node: _Attributes) -> _Row:
    height = 0 if _hidden(node) else round(_number(node, "ht") * 4 / 3) if node.get("ht") else None
    return whole_number(node.get("r")), height


def _number(node: _Attributes | None, attribute: str) -> float:
    try:
        number = float(node.get(attribute, "0")) if node is not None else 0.0
    except ValueError:
        return 0.0
    return number if 0 < number < 1e4 else 0.0
