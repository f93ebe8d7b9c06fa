"""The cells of a worksheet part: found, made at their place, given values and formats."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from lxml import etree

from perfeval.model import Range, cell_ref, parse_ref
from perfeval.ooxml.elements import WORKSHEET, child, ensure_child, local, namespace, set_text

_LAST_ROW, _LAST_COL = 1_048_576, 16_384


@dataclass(slots=True)
class SheetCells:
    """The grid of one worksheet part."""

    root: etree._Element
    _rows: dict[int, etree._Element] = field(default_factory=dict)
    _order: list[int] = field(default_factory=list)
    _merges: tuple[Range, ...] | None = None

    @classmethod
    def of(cls, root: etree._Element) -> SheetCells:
        """Index the rows. A row without a number follows the one before it."""
        rows: dict[int, etree._Element] = {}
        data = child(root, "sheetData")
        number = 0
        for row in data if data is not None else ():
            if local(row) == "row":
                number = _row_number(row, number + 1)
                rows.setdefault(number, row)
        return cls(root, rows, sorted(rows))

    @property
    def merges(self) -> tuple[Range, ...]:
        """The merged ranges; what cannot be read as one is left out."""
        if self._merges is None:
            nodes = child(self.root, "mergeCells")
            found = (parse_range(node.get("ref", "")) for node in (() if nodes is None else nodes))
            self._merges = tuple(block for block in found if block is not None)
        return self._merges

    def anchor(self, ref: str) -> str:
        """The cell that shows at `ref`: the top left one where cells are merged."""
        row, col = parse_ref(ref)
        for block in self.merges:
            if block.top <= row <= block.bottom and block.left <= col <= block.right:
                return cell_ref(block.top, block.left)
        return cell_ref(row, col)

    def find(self, ref: str) -> etree._Element | None:
        """The element of a cell; None if the sheet does not hold it."""
        row, col = parse_ref(ref)
        if row not in self._rows:
            return None
        for cell in self._rows[row]:
            if cell.get("r") == ref:
                return cell
        return next((cell for at, cell in cells_of(self._rows[row]) if at == col), None)

    def ensure(self, ref: str) -> etree._Element:
        """The element of a cell, made at its place with the format of its row or column."""
        found = self.find(ref)
        if found is not None:
            return found
        number, col = parse_ref(ref)
        row = self._ensure_row(number)
        cell = row.makeelement(f"{{{namespace(self.root)}}}c", r=cell_ref(number, col))
        style = self._inherited_style(row, col)
        if style:
            cell.set("s", str(style))
        place = len(row)
        for at, sibling in [*cells_of(row)]:
            if at > col:
                place = row.index(sibling)
                sibling.set("r", cell_ref(number, at))  # a position without r would shift
                break
        row.insert(place, cell)
        _widen_spans(row, col)
        self._widen_dimension(number, col)
        return cell

    def style(self, ref: str) -> int:
        """The format of a cell, of its row or column where there is no cell."""
        row, col = parse_ref(ref)
        cell = self.find(ref)
        if cell is not None:
            return whole_number(cell.get("s"))
        return self._inherited_style(self._rows.get(row), col)

    def set_style(self, ref: str, style: int) -> None:
        """Give a cell the format with index `style`."""
        self.ensure(ref).set("s", str(style))

    def set_number(self, ref: str, number: str) -> None:
        """Put a number (plain decimal text) into a cell."""
        cell = self._emptied(ref)
        etree.SubElement(cell, f"{{{namespace(self.root)}}}v").text = number

    def set_text(self, ref: str, text: str) -> None:
        """Put a text into a cell, inline: the shared strings stay as they are."""
        cell = self._emptied(ref)
        cell.set("t", "inlineStr")
        inline = etree.SubElement(cell, f"{{{namespace(self.root)}}}is")
        set_text(etree.SubElement(inline, f"{{{namespace(self.root)}}}t"), text)

    def set_cached(self, ref: str, number: str) -> None:
        """Put the result of a formula cell in; the formula stays."""
        cell = self.find(ref)
        if cell is None or child(cell, "f") is None:
            return
        cell.attrib.pop("t", "")
        value = child(cell, "v")
        if value is None:
            value = etree.SubElement(cell, f"{{{namespace(self.root)}}}v")
        value.text = number

    def elements(self) -> Iterator[tuple[str, etree._Element]]:
        """All cells with their references, in the order of the part."""
        for number, row in self._rows.items():
            for col, cell in cells_of(row):
                yield cell_ref(number, col), cell

    def _emptied(self, ref: str) -> etree._Element:
        cell = self.ensure(ref)
        for node in list(cell):
            if local(node) in ("v", "is", "f"):
                cell.remove(node)
        for attribute in ("t", "cm", "vm"):  # cm and vm belong to the value that goes
            cell.attrib.pop(attribute, "")
        return cell

    def _ensure_row(self, number: int) -> etree._Element:
        if number in self._rows:
            return self._rows[number]
        data = ensure_child(self.root, "sheetData", WORKSHEET)
        row = data.makeelement(f"{{{namespace(self.root)}}}row", r=str(number))
        place = bisect_left(self._order, number)
        if place < len(self._order):
            following = self._rows[self._order[place]]
            following.set("r", str(self._order[place]))
            data.insert(data.index(following), row)
        else:
            data.append(row)
        self._order.insert(place, number)
        self._rows[number] = row
        return row

    def _inherited_style(self, row: etree._Element | None, col: int) -> int:
        if row is not None and row.get("s") and row.get("customFormat") in ("1", "true"):
            return whole_number(row.get("s"))
        cols = child(self.root, "cols")
        for node in () if cols is None else cols:
            if whole_number(node.get("min")) <= col <= whole_number(node.get("max")):
                return whole_number(node.get("style"))
        return 0

    def _widen_dimension(self, row: int, col: int) -> None:
        node = child(self.root, "dimension")
        block = parse_range(node.get("ref", "")) if node is not None else None
        if node is None or block is None or contains(block, row, col):
            return
        wide = Range(
            min(block.top, row), min(block.left, col), max(block.bottom, row), max(block.right, col)
        )
        node.set("ref", wide.ref)


def cells_of(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Column number and element of each cell; one without a reference follows the one before it."""
    col = 0
    for cell in row:
        if local(cell) == "c":
            col += 1
            with suppress(ValueError):
                col = parse_ref(cell.get("r", ""))[1]
            yield col, cell


def parse_range(text: str) -> Range | None:
    """A1:B2 or A1 as a Range; None for anything else."""
    first, _, last = text.replace("$", "").partition(":")
    try:
        top, left = parse_ref(first)
        bottom, right = parse_ref(last or first)
    except ValueError:
        return None
    return Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def is_ref(text: str) -> bool:
    """Whether a text names one cell: G33."""
    try:
        row, col = parse_ref(text)
    except ValueError:
        return False
    return 1 <= row <= _LAST_ROW and 1 <= col <= _LAST_COL


def contains(block: Range, row: int, col: int) -> bool:
    """Whether a cell lies in a block."""
    return block.top <= row <= block.bottom and block.left <= col <= block.right


def whole_number(text: str | None) -> int:
    """An attribute as a whole number, 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _row_number(row: etree._Element, implied: int) -> int:
    return whole_number(row.get("r")) or implied


def _widen_spans(row: etree._Element, col: int) -> None:
    first, colon, last = row.get("spans", "").partition(":")
    if colon and first.isdigit() and last.isdigit():
        row.set("spans", f"{min(int(first), col)}:{max(int(last), col)}")
