"""The cached results of formulas that follow from corrected cells.

Applications compute them on opening; previews, phones and readers without a calculator show what
is cached. What is not computed here (arithmetic.py) keeps its cached result.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from perfeval.model import Range, parse_ref
from perfeval.ooxml.arithmetic import Formula, Lookup, NotArithmetic, Scalar
from perfeval.ooxml.cells import SheetCells, contains
from perfeval.ooxml.celltext import texts
from perfeval.ooxml.elements import child, namespace
from perfeval.ooxml.shared_formula import moved
from perfeval.ooxml.workbook import WorkbookPart

Place = tuple[str, int, int]  # sheet, row, column
_MOST_FORMULAS = 5_000  # a form has some dozens; beyond, the application computes on opening


def refresh(workbook: WorkbookPart, changed: set[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Write the results that follow from the `changed` cells (sheet, reference) into their cells.

    Returns the new results as text, by sheet and reference.
    """
    book = _Book(workbook)
    book.load()
    results = book.compute({(sheet, *parse_ref(ref)) for sheet, ref in changed})
    grids: dict[str, SheetCells] = {}
    written: dict[tuple[str, str], str] = {}
    for (sheet, row, col), value in results.items():
        if sheet not in grids:
            grids[sheet] = SheetCells.of(workbook.draft.tree(book.parts[sheet]))
        ref = book.names[sheet, row, col]
        written[sheet, ref] = f"{value:.15g}"
        grids[sheet].set_cached(ref, written[sheet, ref])
    return written


@dataclass(slots=True)
class _Book:
    """All values and formulas of the workbook, as far as formulas can reach them."""

    workbook: WorkbookPart
    parts: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[tuple[int, int], Scalar]] = field(default_factory=dict)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    names: dict[Place, str] = field(default_factory=dict)

    def load(self) -> None:
        """Read the sheets, if any holds a formula."""
        for entry in self.workbook.sheets():
            if entry.part and entry.kind == "worksheet":
                self.parts[entry.name] = entry.part
        roots = {name: self.workbook.draft.peek(part) for name, part in self.parts.items()}
        if any(_has_formula(root) for root in roots.values()):
            for name, root in roots.items():
                self._load_sheet(name, root)

    def compute(self, changed: set[Place]) -> Mapping[Place, float]:
        """Results of all formulas that follow from `changed` and can be computed, in turn.

        A formula that cannot be computed, or that reads itself, stops all that follow from it.
        """
        if len(self.formulas) > _MOST_FORMULAS:
            return {}
        follows = self._following(changed)
        waits = Counter(reader for readers in follows.values() for reader in readers)
        ready = deque(sorted(changed))
        results: dict[Place, float] = {}
        while ready:
            place = ready.popleft()
            if place not in changed:
                try:
                    results[place] = self.formulas[place].value(self._lookup(place[0]))
                except NotArithmetic:
                    continue
                self.values[place[0]][place[1:]] = results[place]
            for reader in follows[place]:
                waits[reader] -= 1
                if waits[reader] == 0:
                    ready.append(reader)
        return results

    def _following(self, changed: set[Place]) -> Mapping[Place, list[Place]]:
        """The formulas that read each changed or following cell."""
        singles: dict[Place, list[Place]] = {}
        blocks: list[tuple[str, Range, Place]] = []
        for place, formula in self.formulas.items():
            for sheet, block in formula.references():
                if place in changed:
                    continue
                if (block.top, block.left) == (block.bottom, block.right):
                    singles.setdefault((sheet or place[0], block.top, block.left), []).append(place)
                else:
                    blocks.append((sheet or place[0], block, place))
        found: dict[Place, list[Place]] = {}
        rest = deque(sorted(changed))
        while rest:
            place = rest.popleft()
            if place not in found:
                wide = (
                    p for s, block, p in blocks if s == place[0] and contains(block, *place[1:])
                )
                found[place] = [*singles.get(place, ()), *wide]
                rest.extend(found[place])
        return found

    def _lookup(self, own: str) -> Lookup:
        def cells(sheet: str, block: Range) -> Iterator[Scalar]:
            if (sheet or own) not in self.values:
                raise NotArithmetic(sheet)
            values = self.values[sheet or own]
            if (block.top, block.left) == (block.bottom, block.right):
                yield values.get((block.top, block.left))
            else:
                yield from (value for place, value in values.items() if contains(block, *place))

        return cells

    def _load_sheet(self, sheet: str, root: etree._Element) -> None:
        shown = texts(self.workbook, self.parts[sheet])
        masters: dict[str, tuple[int, int, str]] = {}
        values = self.values.setdefault(sheet, {})
        for ref, cell in SheetCells.of(root).elements():
            row, col = parse_ref(ref)
            values[row, col] = _scalar(cell, shown.get(ref))
            node = child(cell, "f")
            formula = None if node is None else _formula(row, col, node, masters)
            if formula is not None:
                self.formulas[sheet, row, col] = formula
                self.names[sheet, row, col] = ref


def _has_formula(root: etree._Element) -> bool:
    return next(root.iter(f"{{{namespace(root)}}}f"), None) is not None


def _scalar(cell: etree._Element, text: str | None) -> Scalar:
    if text is None:
        return None
    if cell.get("t", "n") != "n":
        return text
    try:
        return float(text)
    except ValueError:
        return text


def _formula(
    row: int, col: int, node: etree._Element, masters: dict[str, tuple[int, int, str]]
) -> Formula | None:
    """The formula of a cell; None where it is none that can be taken apart."""
    text, kind, group = node.text or "", node.get("t", "normal"), node.get("si", "")
    if kind == "shared" and text:
        masters[group] = (row, col, text)
    elif kind == "shared" and group in masters:
        top, left, master = masters[group]
        text = moved(master, row - top, col - left)
    if not text or kind not in ("normal", "shared"):
        return None
    try:
        return Formula(text)
    except NotArithmetic:
        return None
