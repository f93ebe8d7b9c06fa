"""The annotated copy: note and fill at each cell with findings, the sheet 审核意见 at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfeval.copies import remark
from perfeval.findings import FileResult, Finding
from perfeval.ooxml.cells import SheetCells, is_ref
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.newsheet import Page, place, print_titles
from perfeval.ooxml.notes import Placed, SheetNotes
from perfeval.ooxml.package import Package
from perfeval.ooxml.sheet_text import SheetText
from perfeval.ooxml.style_text import StyleText
from perfeval.ooxml.styles import Styles, add_formats
from perfeval.ooxml.workbook import WorkbookPart
from perfeval.texts import Lang, Text
from perfeval.write.before import with_before
from perfeval.write.marks import AUTHOR, FILLS, OPENINGS, REVIEW_NAME, Mark
from perfeval.write.note_text import note_of
from perfeval.write.review import SHEET, heaviest, review_page, sorted_findings
from perfeval.write.sheet_style import FORMATS
from perfeval.write.submission import Submission

SIGNED = Text(
    "原件带有数字签名。本副本经过批注，签名在副本中不再有效，以原件为准。",
    "The original is digitally signed. This copy breaks the signature; the original counts.",
)
NO_NOTE = Text(
    "{cells} 已有会话式批注（或批注无法写入），未再添加批注，意见只列于本表。",
    "{cells}: a conversation is there (or notes cannot be written); see this sheet only.",
)


def annotate(source: bytes, result: FileResult, *, lang: Lang) -> bytes:
    """The submission with our marks. Marks of an earlier round are taken away first.

    What `result.copy` says of the copy stands on the sheet 审核意见.

    Raises UnreadableError if `source` is no .xlsx package.
    """
    return annotated(Submission.of(source, result), result, lang=lang)


def annotated(submission: Submission, result: FileResult, *, lang: Lang) -> bytes:
    """As `annotate`."""
    draft = Draft(submission.package)
    workbook = WorkbookPart.of(draft)
    styles = add_formats(workbook, FORMATS, pointed=submission.pointed)
    marking = _Marking(workbook, lang)
    marking.mark(sorted_findings(result))
    remarks = [SIGNED(lang)] if is_signed(submission.package) else []
    remarks += filter(None, [remark(result.copy, lang)])
    if marking.refused:
        remarks.append(NO_NOTE(lang, cells="、".join(marking.refused)))
    page = review_page(
        result,
        lang=lang,
        places=marking.place,
        marks=marking.records,
        remarks=remarks,
        remembered=submission.remembered,
        styles=styles,
    )
    add_sheet(workbook, SHEET(lang), page, REVIEW_NAME)
    return with_before(draft, workbook.part, marking.made)


def is_signed(package: Package) -> bool:
    """Whether the package carries a digital signature, which any change breaks."""
    return any("_xmlsignatures/" in name.lower() for name in package.names())


def add_sheet(workbook: WorkbookPart, wanted: str, page: Page, defined_name: str) -> None:
    """Append a sheet of ours, shown on opening and found again by `defined_name`."""
    name = workbook.free_name(wanted)
    part = workbook.add_sheet(name)
    workbook.draft.write(part, page.to_bytes(workbook.space))
    index = len(workbook.sheets()) - 1
    workbook.define(defined_name, place(name, "$A$1"), hidden=True)
    if page.header_row:
        titles = print_titles(name, page.header_row)
        workbook.define("_xlnm.Print_Titles", titles, sheet=index)
    workbook.activate(index)


@dataclass(slots=True)
class _Marking:
    """The marks put into the sheets of the submitter so far."""

    workbook: WorkbookPart
    lang: Lang
    made: dict[int, int] = field(default_factory=dict)  # our format → the one it was made from
    records: dict[str, str] = field(default_factory=dict)  # finding id → Mark as JSON
    refused: list[str] = field(default_factory=list)
    _places: dict[str, tuple[str, str]] = field(default_factory=dict)
    _styles: Styles | StyleText | None = None

    def place(self, finding: Finding) -> tuple[str, str] | None:
        """Where a finding links to, and the cell as it is shown."""
        return self._places.get(finding.id)

    def mark(self, findings: list[Finding]) -> None:
        """Mark all cells, sheet by sheet."""
        by_sheet: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.sheet and finding.cell and is_ref(finding.cell):
                by_sheet.setdefault(finding.sheet, []).append(finding)
        for sheet, group in by_sheet.items():
            entry = self.workbook.sheet(sheet)
            if entry is not None:
                self._mark_sheet(sheet, entry.part, group)
        part = self.workbook.related("styles")
        if part is not None and isinstance(self._styles, StyleText):
            self.workbook.draft.write(part, self._styles.to_bytes())

    def _mark_sheet(self, sheet: str, part: str, findings: list[Finding]) -> None:
        draft = self.workbook.draft
        text = SheetText.of(draft.read(part))
        if text is not None and all(map(text.holds, {finding.cell or "" for finding in findings})):
            notes, styles = self._mark_cells(sheet, part, findings, text)
            draft.write(part, text.with_styles(styles))
        else:
            cells = SheetCells.of(draft.tree(part))
            notes, styles = self._mark_cells(sheet, part, findings, cells)
            for ref, style in styles.items():
                cells.set_style(ref, style)
        notes.finish()

    def _mark_cells(
        self, sheet: str, part: str, findings: list[Finding], cells: SheetText | SheetCells
    ) -> tuple[SheetNotes, dict[str, int]]:
        """The notes and the formats that the cells of a sheet get."""
        by_cell: dict[str, list[Finding]] = {}
        for finding in findings:
            ref = cells.anchor(finding.cell or "")
            self._places[finding.id] = (place(sheet, ref), ref)
            by_cell.setdefault(ref, []).append(finding)
        notes = SheetNotes(self.workbook, part, AUTHOR)
        return notes, {
            ref: self._mark_cell(sheet, ref, group, cells.style(ref), notes)
            for ref, group in by_cell.items()
        }

    def _mark_cell(
        self, sheet: str, ref: str, findings: list[Finding], base: int, notes: SheetNotes
    ) -> int:
        level = heaviest(findings)
        assert level is not None  # a cell is marked because it has findings
        styles = self._opened_styles()
        style = styles.with_fill(base, FILLS[level])
        placed = notes.add(ref, note_of(findings, self.lang), opening=OPENINGS(self.lang))
        if placed is Placed.REFUSED:
            self.refused.append(f"{sheet}!{ref}")
        mark = Mark(sheet, ref, placed.value, FILLS[level], styles.fill_xml(base))
        self.made[style] = base
        self.records[findings[0].id] = mark.to_json()
        return style

    def _opened_styles(self) -> Styles | StyleText:
        """The formats, to be cloned: as text where they are written as usual."""
        if self._styles is None:
            part = self.workbook.related("styles")
            text = None if part is None else StyleText.of(self.workbook.draft.read(part))
            self._styles = text or Styles.with_ours(self.workbook)
        return self._styles
