"""Our marks taken away again: bytes back where nobody has touched them, else by what they say."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from perfeval.ooxml.cells import SheetCells, whole_number
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.elements import child, local
from perfeval.ooxml.notes import SheetNotes
from perfeval.ooxml.package import Package
from perfeval.ooxml.rawzip import Member
from perfeval.ooxml.styles import Styles
from perfeval.ooxml.workbook import SheetEntry, WorkbookPart
from perfeval.write.before import Before, before_part, read_before
from perfeval.write.marks import (
    AUTHOR,
    CORRECTIONS_NAME,
    FILLS,
    REVIEW_NAME,
    Mark,
    begins_ours,
)
from perfeval.write.our_sheets import carries_marks, marks_of, our_sheet


def strip(data: bytes) -> bytes:
    """The workbook without our notes, fills and sheets; `data` itself where it holds none.

    A part that is still as we wrote it becomes the part it was, byte for byte. Values that a
    corrected copy has written stay. Raises UnreadableError if `data` is no .xlsx package.
    """
    package = Package.open(data)
    return data if not carries_marks(package) else unmarked(package).with_parts({})


def unmarked(package: Package) -> Package:
    """As `strip`, on packages."""
    if not carries_marks(package):
        return package
    before = read_before(package)
    part = before_part(package)
    record: dict[str, bytes | Member | None] = {part: None} if part else {}
    if before is not None:
        same = before.untouched(package)
        if same == set(before.written):
            gone = dict.fromkeys(before.added)
            return package.replaced({**before.original, **gone, **record})
    draft = Draft(package)
    _take_marks(draft, before)
    parts: dict[str, bytes | Member | None] = {**draft.parts(), **record}
    if before is not None:
        parts.update(_restored(draft, before, before.untouched(package)))
    return package.replaced(parts)


def _take_marks(draft: Draft, before: Before | None) -> None:
    """Remove what is ours by what it says, whoever has saved the file since."""
    workbook = WorkbookPart.of(draft)
    record = before_part(draft.package)
    if record is not None:
        draft.unrelate(workbook.part, record)
        draft.remove_part(record)
    styles_part = workbook.related("styles")
    ids = before.styles if before and styles_part in before.untouched(draft.package) else {}
    marks = marks_of(workbook)
    for name in (REVIEW_NAME, CORRECTIONS_NAME):
        entry = our_sheet(workbook, name)
        workbook.undefine(name)
        if entry is not None:
            workbook.remove_sheet(entry.name)
    for entry in workbook.sheets():
        if entry.part and entry.kind == "worksheet":
            notes = SheetNotes(workbook, entry.part, AUTHOR).remove(begins_ours)
            if ids:
                _restyle(draft, entry.part, ids)
            else:
                _refill(workbook, entry, notes, marks)
    _show_some_sheet(workbook)


def _restyle(draft: Draft, part: str, ids: Mapping[int, int]) -> None:
    """Lead our formats back to those they were made from."""
    if not any(str(style).encode() in draft.read(part) for style in ids):
        return
    for node in draft.tree(part).iter("{*}c", "{*}row", "{*}col"):
        attribute = "style" if local(node) == "col" else "s"
        base = ids.get(whole_number(node.get(attribute)))
        if node.get(attribute) and base is not None:
            node.set(attribute, str(base))


def _refill(
    workbook: WorkbookPart, entry: SheetEntry, notes: dict[str, str], marks: list[Mark]
) -> None:
    """Give the cells that we filled the fill they had.

    A cell that carried our note is taken wherever it has moved; one without a note by its place.
    """
    here = {mark.cell: mark for mark in marks if mark.sheet == entry.name}
    places = [*notes, *(ref for ref, mark in here.items() if mark.note == "refused")]
    if not places:
        return
    cells = SheetCells.of(workbook.draft.tree(entry.part))
    styles = Styles.of(workbook)
    for ref in places:
        cell = cells.find(ref)
        style = cells.style(ref)
        if cell is not None and _is_our_fill(styles.fill_xml(style)):
            mark = here.get(ref)
            cell.set("s", str(styles.with_fill_xml(style, mark.fill if mark else None)))


def _is_our_fill(fill: str | None) -> bool:
    return fill is not None and any(f'"FF{rgb}"' in fill for rgb in FILLS.values())


def _show_some_sheet(workbook: WorkbookPart) -> None:
    """Select the tab that opens, where we had selected ours."""
    sheets = workbook.sheets()
    views = child(workbook.draft.peek(workbook.part), "bookViews")
    active = whole_number(views[0].get("activeTab")) if views is not None and len(views) else 0
    if active < len(sheets) and sheets[active].part:
        root = workbook.draft.peek(sheets[active].part)
        view: etree._Element | None = root.find("{*}sheetViews/{*}sheetView")
        if view is not None and view.get("tabSelected") not in ("1", "true"):
            tree = workbook.draft.tree(sheets[active].part)
            tree.find("{*}sheetViews/{*}sheetView").set("tabSelected", "1")  # type: ignore[union-attr]  # just found


def _restored(draft: Draft, before: Before, same: set[str]) -> dict[str, bytes | Member | None]:
    """The parts that nobody has touched since we wrote them, as they were.

    What only lists other parts is restored where everything that we added is gone; the formats
    where no cell uses one of ours any more.
    """
    if any(draft.has(name) for name in before.added):
        return {}
    workbook = WorkbookPart.of(draft)
    styles = workbook.related("styles")
    restored: dict[str, bytes | Member | None] = {
        name: member for name, member in before.original.items() if name in same
    }
    sheets = {entry.part for entry in workbook.sheets()}
    if styles not in same or styles not in before.original:
        for name in sheets:
            restored.pop(name, None)
    elif _uses_more(draft, sheets - set(restored), before.original[styles]):
        restored.pop(styles)
    return restored


def _uses_more(draft: Draft, parts: set[str], styles: Member) -> bool:
    """Whether a sheet uses a format that the original styles do not have."""
    formats = child(etree.fromstring(styles.unpack()), "cellXfs")
    count = 0 if formats is None else len(formats)
    return any(
        whole_number(node.get("s")) >= max(count, 1)
        for part in parts
        if part
        for node in draft.peek(part).iter("{*}c", "{*}row")
    )
