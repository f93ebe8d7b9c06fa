"""Our marks taken away again: bytes back where nobody has touched them, else by what they say."""

from __future__ import annotations

from perfeval.ooxml import style_ids
from perfeval.ooxml.cells import SheetCells, whole_number
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.notes import SheetNotes
from perfeval.ooxml.package import Package, parse
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
                style_ids.lead_back(draft, entry.part, ids)
            else:
                _refill(workbook, entry, notes, marks)
    _show_sheet(workbook, _shown_before(before, workbook.part))


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


def _shown_before(before: Before | None, part: str) -> int:
    """The index of the tab that opened before ours did; the first where nobody knows."""
    if before is None or part not in before.original:
        return 0
    view = parse(before.original[part].unpack(), part).find("{*}bookViews/{*}workbookView")
    return 0 if view is None else whole_number(view.get("activeTab"))


def _show_sheet(workbook: WorkbookPart, index: int) -> None:
    """Open at the tab `index`, and select no other: selected tabs are edited together."""
    sheets = workbook.sheets()
    if not sheets:
        return
    index = index if index < len(sheets) and sheets[index].part else 0
    workbook.activate(index)
    part = sheets[index].part
    view = workbook.draft.peek(part).find("{*}sheetViews/{*}sheetView") if part else None
    if view is not None and view.get("tabSelected") not in ("1", "true"):
        for selected in workbook.draft.tree(part).iterfind("{*}sheetViews/{*}sheetView"):
            selected.set("tabSelected", "1")


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
    else:
        changed = (draft.read(part) for part in sheets - set(restored) if part)
        formats = style_ids.count(before.original[styles].unpack())
        if style_ids.highest(changed) >= max(formats, 1):
            restored.pop(styles)
    return restored
