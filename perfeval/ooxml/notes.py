"""Notes (批注) of a sheet: added beside those there, appended to one, and taken away again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

from perfeval.model import parse_ref
from perfeval.ooxml import vml
from perfeval.ooxml.cells import is_ref, whole_number
from perfeval.ooxml.elements import (
    DECLARATION,
    RELATIONSHIPS,
    STRICT_RELATIONSHIPS,
    WORKSHEET,
    child,
    ensure_child,
    insert_ordered,
    namespace,
    set_text,
    unescape_text,
    xml_text,
)
from perfeval.ooxml.geometry import Grid, box
from perfeval.ooxml.sheet_text import with_notes_drawing
from perfeval.ooxml.splicing import start_tag
from perfeval.ooxml.workbook import WorkbookPart

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_ORDER = ("authors", "commentList", "extLst")
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"


class Placed(StrEnum):
    """What became of a note."""

    NEW = "new"
    APPENDED = "appended"
    REFUSED = "refused"  # the cell has a conversation (threaded comment), which is left alone


@dataclass(frozen=True, slots=True)
class _There:
    """What a sheet holds: notes and conversations by cell, and whether boxes can be added."""

    notes: dict[str, etree._Element]
    threaded: set[str]
    drawable: bool


@dataclass(slots=True)
class SheetNotes:
    """The notes of one worksheet of a draft. `finish` writes the new ones, and the boxes."""

    workbook: WorkbookPart
    sheet: str
    author: str
    _new: list[tuple[str, str]] = field(default_factory=list)
    _continued: list[str] = field(default_factory=list)
    _there: _There | None = None

    def add(self, ref: str, text: str, *, opening: str) -> Placed:
        """Put a note at a cell, once; on one of the submitter's, append it after `opening`."""
        if self._there is None:
            self._there = self._look()
        if ref in self._there.threaded:
            return Placed.REFUSED
        if ref in self._there.notes:
            self._continued.append(ref)
            _append_run(self._there.notes[ref], f"\n{opening}{text}")
            return Placed.APPENDED
        if not self._there.drawable:
            return Placed.REFUSED
        self._new.append((ref, text))
        return Placed.NEW

    def finish(self) -> None:
        """Write the notes added, and boxes in which their texts can be read."""
        if self._new:
            self._write_notes()
        if self._new or self._continued:
            self._write_boxes()
        self._new.clear()
        self._continued.clear()

    def _look(self) -> _There:
        draft, part, drawing = self.workbook.draft, self._comments_part(), self._vml_part()
        notes = () if part is None else draft.tree(part).iterfind("{*}commentList/{*}comment")
        return _There(
            {note.get("ref", ""): note for note in notes},
            self._conversations(),
            drawing is None or vml.can_hold(draft.read(drawing)),
        )

    def _write_notes(self) -> None:
        part = self._comments_part()
        if part is None:
            self._write_new_part()
            return
        root = self.workbook.draft.tree(part)
        comments = ensure_child(root, "commentList", _ORDER)
        author = self._author_id(root)
        xml = "".join(_note(ref, author, text) for ref, text in self._new)
        comments.extend(etree.fromstring(f'<w xmlns="{namespace(root)}">{xml}</w>'))

    def _write_new_part(self) -> None:
        draft = self.workbook.draft
        part = draft.add_part("xl/comments{}.xml", _COMMENTS)
        notes = "".join([_note(ref, 0, text) for ref, text in self._new])
        draft.write(
            part,
            f'{DECLARATION}<comments xmlns="{self.workbook.space}"><authors><author>{self.author}'
            f"</author></authors><commentList>{notes}</commentList></comments>".encode(),
        )
        draft.relate(self.sheet, "comments", part, strict=self.workbook.is_strict)

    def _write_boxes(self) -> None:
        assert self._there is not None  # something was added
        draft, part = self.workbook.draft, self._vml_part()
        grid = self._grid()
        boxes = []
        for ref, text in self._new:
            (row, col), size = parse_ref(ref), box(text)
            boxes.append(vml.NoteBox(row - 1, col - 1, size, grid.anchor(row, col, size)))
        content = b"" if part is None else draft.read(part)
        for ref in self._continued if part is not None else ():
            row, col = parse_ref(ref)
            size = box(note_text(self._there.notes[ref]))
            content = vml.with_larger_box(content, row - 1, col - 1, size, grid)
        if boxes:
            others = (draft.read(name) for name in draft.names(".vml"))
            free = vml.highest_block(others) + 1
            if part is None:
                part, content, free = self._new_vml(), vml.empty(free), free + 1
            content = vml.with_notes(content, boxes, free_block=free)
        if part is not None and content != draft.read(part):
            draft.write(part, content)

    def remove(self, ours: Callable[[str, str], int | None]) -> dict[str, str]:
        """Take notes away and return the text taken, by cell.

        `ours(author, text)` says from which letter on the text is ours; None where nothing is.
        """
        part = self._comments_part()
        if part is None:
            return {}
        draft = self.workbook.draft
        taken: dict[str, str] = {}
        found = draft.peek(part)
        authors = [node.text or "" for node in found.iterfind("{*}authors/{*}author")]
        for comment in found.findall("{*}commentList/{*}comment"):
            number = whole_number(comment.get("authorId"))
            text = note_text(comment)
            start = ours(authors[number] if number < len(authors) else "", text)
            if start is not None:
                taken[comment.get("ref", "")] = text[start:]
        if taken:
            root = draft.tree(part)
            for comment in root.findall("{*}commentList/{*}comment"):
                ref = comment.get("ref", "")
                if ref in taken:
                    self._take(comment, len(note_text(comment)) - len(taken[ref]))
            self._tidy(part, root)
        return taken

    def _take(self, comment: etree._Element, keep: int) -> None:
        if keep > 0:
            _cut(comment, keep)
            return
        comment.getparent().remove(comment)  # type: ignore[union-attr]  # stands in commentList
        drawing = self._vml_part()
        if drawing is not None and is_ref(comment.get("ref", "")):
            row, col = parse_ref(comment.get("ref", ""))
            content = self.workbook.draft.read(drawing)
            self.workbook.draft.write(drawing, vml.without_note(content, row - 1, col - 1))

    def _tidy(self, part: str, root: etree._Element) -> None:
        """Remove the author, and parts that hold nothing any more."""
        draft = self.workbook.draft
        authors = root.findall("{*}authors/{*}author")
        used = {whole_number(c.get("authorId")) for c in root.iterfind("{*}commentList/{*}comment")}
        last = authors[-1] if authors else None
        if last is not None and last.text == self.author and len(authors) - 1 not in used:
            last.getparent().remove(last)  # type: ignore[union-attr]  # stands in authors
        if used or not root.tag:
            return
        draft.unrelate(self.sheet, part)
        draft.remove_part(part)
        drawing = self._vml_part()
        if drawing is not None and vml.is_empty(draft.read(drawing)):
            node = child(draft.tree(self.sheet), "legacyDrawing")
            if node is not None:
                node.getparent().remove(node)  # type: ignore[union-attr]  # stands in worksheet
            draft.unrelate(self.sheet, drawing)
            draft.remove_part(drawing)

    def _author_id(self, root: etree._Element) -> int:
        authors = ensure_child(root, "authors", _ORDER)
        names = [node.text for node in authors]
        if self.author in names:
            return names.index(self.author)
        highest = max(
            (whole_number(c.get("authorId")) for c in root.iterfind("{*}commentList/{*}comment")),
            default=-1,
        )
        for _ in range(len(names), min(highest + 1, 1000)):  # a dangling author must not become us
            etree.SubElement(authors, f"{{{namespace(root)}}}author")
        etree.SubElement(authors, f"{{{namespace(root)}}}author").text = self.author
        return len(authors) - 1

    def _conversations(self) -> set[str]:
        draft = self.workbook.draft
        return {
            node.get("ref", "")
            for rel in draft.rels(self.sheet).values()
            if rel.kind == "threadedComment" and draft.has(rel.target)
            for node in draft.peek(rel.target)
        }

    def _comments_part(self) -> str | None:
        draft = self.workbook.draft
        for rel in draft.rels(self.sheet).values():
            if rel.kind == "comments" and draft.has(rel.target):
                return rel.target
        return None

    def _grid(self) -> Grid:
        if not self.workbook.draft.is_open(self.sheet):
            content = self.workbook.draft.read(self.sheet)
            if start_tag(content, b"worksheet") is not None:
                return Grid.of_text(content.decode(errors="replace"))
        return Grid.of(self.workbook.draft.peek(self.sheet))

    def _vml_part(self) -> str | None:
        """The part of legacyDrawing; legacyDrawingHF has the same type and another id."""
        draft = self.workbook.draft
        if not draft.is_open(self.sheet) and b"legacyDrawing" not in draft.read(self.sheet):
            return None
        node = child(draft.peek(self.sheet), "legacyDrawing")
        if node is None:
            return None
        rid = node.get(f"{{{RELATIONSHIPS}}}id") or node.get(f"{{{STRICT_RELATIONSHIPS}}}id")
        rel = draft.rels(self.sheet).get(rid or "")
        return rel.target if rel is not None and draft.has(rel.target) else None

    def _new_vml(self) -> str:
        draft = self.workbook.draft
        part = draft.add_part("xl/drawings/vmlDrawing{}.vml", _VML)
        strict = self.workbook.is_strict
        rid = draft.relate(self.sheet, "vmlDrawing", part, strict=strict)
        space = STRICT_RELATIONSHIPS if strict else RELATIONSHIPS
        if not draft.is_open(self.sheet):
            content = draft.read(self.sheet)
            made = None
            if b"legacyDrawing" not in content:
                made = with_notes_drawing(content, f'xmlns:r="{space}" r:id="{rid}"')
            if made is not None:
                draft.write(self.sheet, made)
                return part
        root = draft.tree(self.sheet)
        node = child(root, "legacyDrawing")
        if node is None:
            node = root.makeelement(f"{{{namespace(root)}}}legacyDrawing")
            insert_ordered(root, node, WORKSHEET)
        node.set(f"{{{space}}}id", rid)
        return part


def note_text(comment: etree._Element) -> str:
    """The text of a note, runs joined; phonetic runs do not count."""
    return "".join(unescape_text(node.text or "") for node in _texts(comment))


def _note(ref: str, author: int, text: str) -> str:
    heading, line_end, body = text.partition("\n")
    runs = _run(heading + line_end, "<b/>") + (_run(body) if body else "")
    return f'<comment ref="{ref}" authorId="{author}"><text>{runs}</text></comment>'


def _texts(comment: etree._Element) -> list[etree._Element]:
    return [*comment.iterfind("{*}text/{*}t"), *comment.iterfind("{*}text/{*}r/{*}t")]


def _append_run(comment: etree._Element, text: str) -> None:
    holder = ensure_child(comment, "text", ("text", "commentPr"))
    plain = child(holder, "t")
    if plain is not None:
        holder.remove(plain)
        run = etree.SubElement(holder, f"{{{namespace(holder)}}}r")
        run.append(plain)
        holder.insert(0, run)
    ours = etree.fromstring(f'<w xmlns="{namespace(holder)}">{_run(text)}</w>')[0]
    insert_ordered(holder, ours, ("t", "r", "rPh", "phoneticPr"))


def _run(text: str, bold: str = "") -> str:
    """A run of 9 points; LibreOffice ignores the format of the first one in a note."""
    return (
        f'<r><rPr>{bold}<sz val="9"/><color indexed="81"/><rFont val="宋体"/>'
        f'<charset val="134"/></rPr><t xml:space="preserve">{xml_text(text)}</t></r>'
    )


def _cut(comment: etree._Element, keep: int) -> None:
    """Keep only the first `keep` letters of a note."""
    for node in _texts(comment):
        text = unescape_text(node.text or "")
        if keep <= 0:
            run = node.getparent()
            if run is not None and run.getparent() is not None:
                run.getparent().remove(run)  # type: ignore[union-attr]  # checked above
            continue
        if keep < len(text):
            set_text(node, text[:keep])
        keep -= len(text)
