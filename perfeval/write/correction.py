"""The corrected copy: planned values in their cells, and the sheet 更正说明 at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from perfeval.findings import FileResult, LeftOut, Patch, Plan, Safety
from perfeval.model import Range, parse_ref
from perfeval.ooxml import formulas
from perfeval.ooxml.cells import SheetCells, contains, is_ref
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.newsheet import place
from perfeval.ooxml.package import Package
from perfeval.ooxml.recalculation import refresh
from perfeval.ooxml.styles import Styles, add_formats
from perfeval.ooxml.workbook import WorkbookPart
from perfeval.texts import Lang, Text
from perfeval.write.annotation import add_sheet
from perfeval.write.before import with_before
from perfeval.write.corrections import SHEET, corrections_page
from perfeval.write.marks import CORRECTIONS_NAME
from perfeval.write.sheet_style import FORMATS
from perfeval.write.stripping import unmarked
from perfeval.write.submission import Submission

_NO_SHEET = Text("工作簿里没有这张工作表或这个单元格", "the workbook has no such sheet or cell")
_FORMULA = Text(
    "单元格是公式，未改写；请检查公式及其引用", "the cell is a formula, which was kept: check it"
)
_BY_FORMULA = Text("公式随所引用的单元格重新计算", "the formula follows from the corrected cells")
_NEARLY = Decimal("1e-9")
_LIKE_FORMULA = ("=", "+", "-", "@")


def correct(source: bytes, result: FileResult, plan: Plan, *, lang: Lang) -> bytes:
    """The submission with the plan's values written. A formula is never replaced by a value.

    Marks of an earlier round are taken away first. Raises UnreadableError if `source` is no .xlsx
    package.
    """
    return corrected(Submission.of(source, result), result, plan, lang=lang)


def corrected(submission: Submission, result: FileResult, plan: Plan, *, lang: Lang) -> bytes:
    """As `correct`."""
    package = submission.package
    draft = Draft(package)
    done = write_patches(WorkbookPart.of(draft), plan, lang)
    if done.patches:
        submission = replace(submission, package=package.replaced(draft.parts()))
    return _with_sheet(submission, result, done, lang)


def patched_plan(source: bytes, plan: Plan, *, lang: Lang) -> Plan:
    """The plan as `correct` carries it out, which gives no copy."""
    package = unmarked(Package.open(source))
    return write_patches(WorkbookPart.of(Draft(package)), plan, lang)


def write_patches(workbook: WorkbookPart, plan: Plan, lang: Lang) -> Plan:
    """Write the patches of `plan`; the plan as it was carried out."""
    written: list[Patch] = []
    left: list[LeftOut] = list(plan.left_out)
    opened: dict[str, _Sheet] = {}
    for patch in plan.patches:
        why = _write(workbook, opened, patch, lang)
        if why is None:
            written.append(patch)
        else:
            left.append(
                LeftOut(patch.form, patch.sheet, patch.cell, patch.code, patch.old, patch.new, why)
            )
    if written:
        workbook.recalculate_on_load()
        changed = {(patch.sheet, opened[patch.sheet].cells.anchor(patch.cell)) for patch in written}
        results = refresh(workbook, changed)
        follows = [item for item in left if _follows(item, results)]
        written += [_as_patch(item, lang) for item in follows]
        left = [item for item in left if item not in follows]
    return replace(plan, patches=tuple(written), left_out=tuple(left))


def _write(
    workbook: WorkbookPart, opened: dict[str, _Sheet], patch: Patch, lang: Lang
) -> str | None:
    """Write one patch; why not, if it cannot be written."""
    entry = workbook.sheet(patch.sheet)
    if entry is None or not is_ref(patch.cell):
        return _NO_SHEET(lang)
    if patch.sheet not in opened:
        root = workbook.draft.tree(entry.part)
        blocks = formulas.locked_blocks(workbook.draft, entry.part)
        opened[patch.sheet] = _Sheet(SheetCells.of(root), blocks)
    cells = opened[patch.sheet].cells
    ref = cells.anchor(patch.cell)
    for block, why in opened[patch.sheet].locked:
        if contains(block, *parse_ref(ref)):
            return why.reason_zh if lang == "zh" else why.reason_en
    if formulas.has_formula(cells, ref):
        return _FORMULA(lang)
    if patch.kind == "number":
        cells.set_number(ref, patch.new)
        return None
    cells.set_text(ref, patch.new)
    if patch.new.startswith(_LIKE_FORMULA):
        styles = Styles.of(workbook)
        cells.set_style(ref, styles.as_typed_text(cells.style(ref)))
    return None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet being patched, with the blocks in it that must be left alone."""

    cells: SheetCells
    locked: list[tuple[Range, formulas.Locked]]


def _follows(item: LeftOut, results: Mapping[tuple[str, str], str]) -> bool:
    """Whether a formula that was kept gives the corrected value now that its operands are right."""
    result = results.get((item.sheet, item.cell or ""))
    try:
        return result is not None and abs(Decimal(result) - Decimal(item.new)) < _NEARLY
    except InvalidOperation:
        return False


def _as_patch(item: LeftOut, lang: Lang) -> Patch:
    return Patch(
        item.form,
        item.sheet,
        item.cell or "",
        item.old,
        item.new,
        "number",
        item.code,
        _BY_FORMULA(lang),
        Safety.SAFE,
    )


def _with_sheet(submission: Submission, result: FileResult, plan: Plan, lang: Lang) -> bytes:
    """Add the sheet to what was patched: `strip` then leaves the corrected values."""
    draft = Draft(submission.package)
    workbook = WorkbookPart.of(draft)
    names = {entry.name for entry in workbook.sheets() if entry.part}

    def link(sheet: str, cell: str | None) -> str:
        return place(sheet, cell) if cell and sheet in names else ""

    page = corrections_page(
        result,
        plan,
        lang=lang,
        link=link,
        remembered=submission.remembered,
        styles=add_formats(workbook, FORMATS, pointed=submission.pointed),
    )
    add_sheet(workbook, SHEET(lang), page, CORRECTIONS_NAME)
    return with_before(draft, workbook.part, {})
