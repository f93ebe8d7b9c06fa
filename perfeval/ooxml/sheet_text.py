"""A worksheet marked as text, where it is written as nearly every program writes it.

Whatever is written in another way is left to the parser (cells.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from perfeval.model import cell_ref, parse_ref
from perfeval.ooxml import splicing
from perfeval.ooxml.cells import parse_range

_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})" ?/>')
_ROW = re.compile(rb'<row r="([0-9]+)"')
_CELL = re.compile(rb'(<c r="[A-Z]+([0-9]+)")(?: s="([0-9]{1,9})")?((?: [a-z]+="[^"<>]*")* ?/?>)')
_AFTER_DRAWING = re.compile(
    rb"<(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts)[\s/>]"
    rb"|</worksheet>"
)

_Block = tuple[int, int, int, int, str]


@dataclass(slots=True)
class SheetText:
    """A sheet as text. `merges` are top, left, bottom, right and the reference of the corner."""

    content: bytes
    merges: tuple[_Block, ...]
    _data: tuple[int, int]  # where the rows begin and end
    _cells: dict[str, re.Match[bytes] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes) -> SheetText | None:
        """The sheet; None where it is not plain."""
        start, end = content.find(b"<sheetData>"), content.rfind(b"</sheetData>")
        tail = content[max(end, 0) :]
        merges = _MERGE.findall(tail)
        lists = tail.count(b"<mergeCells")
        if (
            splicing.start_tag(content, b"worksheet") is None
            or lists > 1
            or content.count(b"<mergeCell") != lists + len(merges)
            or not 0 < start < end
            or content.count(b"<sheetData") != 1
            or content.find(b"<extLst", 0, end) >= 0  # what stands in one is not of the grid
            or b"AlternateContent" in content
        ):
            return None
        blocks = [block for block in map(_block, merges) if block is not None]
        return cls(content, tuple(blocks), (start, end))

    def anchor(self, ref: str) -> str:
        """The cell that shows at `ref`: the top left one where cells are merged."""
        row, col = parse_ref(ref)
        for top, left, bottom, right, corner in self.merges:
            if top <= row <= bottom and left <= col <= right:
                return corner
        return cell_ref(row, col)

    def holds(self, ref: str) -> bool:
        """Whether the sheet has the cell that shows at `ref`, written as usual."""
        return self._cell(self.anchor(ref)) is not None

    def style(self, ref: str) -> int:
        """The format of a cell that the sheet holds."""
        cell = self._cell(ref)
        return int(cell[3] or 0) if cell is not None else 0

    def with_styles(self, styles: Mapping[str, int]) -> bytes:
        """The sheet, cells that it holds with other formats."""
        cells = [(cell, styles[ref]) for ref in styles if (cell := self._cell(ref)) is not None]
        pieces, at = [], 0
        for cell, style in sorted(cells, key=lambda pair: pair[0].start()):
            pieces += [self.content[at : cell.end(1)], b' s="%d"' % style]
            at = cell.start(4)
        return b"".join((*pieces, self.content[at:]))

    def _cell(self, ref: str) -> re.Match[bytes] | None:
        if ref not in self._cells:
            self._cells[ref] = self._find(ref)
        return self._cells[ref]

    def _find(self, ref: str) -> re.Match[bytes] | None:
        """A cell written as usual, in a row that says its number."""
        start, end = self._data
        at = self.content.find(b'<c r="%s"' % ref.encode(), start, end)
        cell = _CELL.match(self.content, at) if at >= 0 else None
        if cell is None or b' s="' in cell[4]:
            return None
        row = _ROW.match(self.content, self.content.rfind(b"<row", start, at))
        return cell if row is not None and row[1] == cell[2] else None


@lru_cache(maxsize=4096)  # forms of one template merge the same cells
def _block(ref: bytes) -> _Block | None:
    block = parse_range(ref.decode())
    if block is None:
        return None
    return block.top, block.left, block.bottom, block.right, cell_ref(block.top, block.left)


def with_notes_drawing(content: bytes, attribute: str) -> bytes | None:
    """A sheet without a drawing of notes with one, `attribute` telling which; None if not plain."""
    if splicing.start_tag(content, b"worksheet") is None or b"AlternateContent" in content:
        return None
    before = max(content.rfind(b"</sheetData>"), content.rfind(b"</mergeCells>"))
    following = _AFTER_DRAWING.search(content, before)
    if following is None or b"<extLst" in content:  # conditional formats hold such lists, too
        return None
    xml = f"<legacyDrawing {attribute}/>".encode()
    return content[: following.start()] + xml + content[following.start() :]
