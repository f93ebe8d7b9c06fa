"""From findings to a plan: which corrections may be written, how they are spelt, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perfeval.findings import FileResult, Finding, FormResult, LeftOut, Level, Patch, Plan, Safety
from perfeval.texts import Lang, Text, plain

NEEDS_CONFIRM = Text(
    "涉及单位自填内容或各地惯例，须单位确认后更正",
    "concerns the unit's own entry or a local convention: the unit must confirm",
)
BY_HAND = Text("须由单位核实后自行填写", "to be filled in by the unit")
FOLLOWS_SCORES = Text("得分更正后，总分随之变化", "the total follows from the corrected scores")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a cell is written now: what the plan needs in order to write a number the same way."""

    raw: str
    number_format: str
    is_text: bool


Spellings = Mapping[tuple[str, str], Spelling]  # (sheet, ref)


def plan(file: FileResult, spellings: Spellings, *, confirm: bool, lang: Lang) -> Plan:
    """The safe corrections of a file as patches (with `confirm` those to be confirmed too), and
    what is left out.
    """
    patches: dict[tuple[str, str], Patch] = {}
    left: list[LeftOut] = []
    for form in file.forms:
        for finding in form.findings:
            if _writes(finding, confirm=confirm):
                patch = _patch(form, finding, spellings)
                patches.setdefault((patch.sheet, patch.cell), patch)
            elif finding.level is not Level.INFO:
                left.append(_left_out(form, finding, lang))
        _follow_total(form, patches, left, spellings, confirm=confirm, lang=lang)
    return Plan(tuple(patches.values()), tuple(left))


def spared(plan: Plan, checked: FileResult, settled: FileResult, *, lang: Lang) -> Plan:
    """The plan without what has been accepted since it was made: signed for, or explained.

    `settled` is `checked` after waivers and replies, which turn such a finding into a note.
    """
    now = {finding.id: finding.level for finding in settled.all_findings()}
    accepted = {
        (form.form, finding.cell, finding.code)
        for form in checked.forms
        for finding in form.findings
        if finding.level is not Level.INFO and now.get(finding.id) is Level.INFO
    }
    if not accepted:
        return plan
    follows = FOLLOWS_SCORES(lang)
    dropped = {p.form for p in plan.patches if (p.form, p.cell, p.code) in accepted}
    return Plan(
        tuple(
            patch
            for patch in plan.patches
            if (patch.form, patch.cell, patch.code) not in accepted
            and not (patch.form in dropped and patch.reason == follows)
        ),
        tuple(
            left
            for left in plan.left_out
            if (left.form, left.cell, left.code) not in accepted
            and not (left.form in dropped and left.reason == follows)
        ),
    )


def _writes(finding: Finding, *, confirm: bool) -> bool:
    fix = finding.fix
    if fix is None or not fix.cell or finding.sheet is None:
        return False
    if fix.safety is Safety.SAFE:
        return True  # an empty `new` clears the cell
    return confirm and fix.safety is Safety.CONFIRM and bool(fix.new)


def _left_out(form: FormResult, finding: Finding, lang: Lang) -> LeftOut:
    waits = (
        finding.fix is not None and finding.fix.safety is Safety.CONFIRM and bool(finding.fix.new)
    )
    return LeftOut(
        form=form.form,
        sheet=finding.sheet or form.sheet,
        cell=finding.cell,
        code=finding.code,
        old=finding.found,
        new=finding.expected if waits else "",
        reason=(NEEDS_CONFIRM if waits else BY_HAND)(lang),
    )


def _patch(form: FormResult, finding: Finding, spellings: Spellings) -> Patch:
    assert finding.fix is not None and finding.cell is not None and finding.sheet is not None
    spelling = spellings.get((finding.sheet, finding.cell), Spelling("", "General", is_text=False))
    new, kind = _spelt(finding, spelling)
    return Patch(
        form=form.form,
        sheet=finding.sheet,
        cell=finding.cell,
        old=spelling.raw or finding.found,
        new=new,
        kind=kind,
        code=finding.code,
        reason=finding.derivation or finding.message,
        safety=finding.fix.safety,
    )


def _spelt(finding: Finding, spelling: Spelling) -> tuple[str, Literal["number", "text"]]:
    """The new value as its cell is written: a rate stays a fraction, a percentage or a text."""
    new = finding.expected
    if not _is_number(new):
        return new, "text"
    if finding.field.endswith(".rate"):
        return _spelt_rate(Decimal(new), spelling)
    turns_to_number = finding.code == "R007"
    return new, "text" if spelling.is_text and not turns_to_number else "number"


def _spelt_rate(rate: Decimal, spelling: Spelling) -> tuple[str, Literal["number", "text"]]:
    percent = plain(rate * 100)
    if spelling.is_text:
        return (
            (f"{percent}%", "text")
            if "%" in spelling.raw or not spelling.raw
            else (percent, "text")
        )
    if "%" in spelling.number_format or not _is_number(spelling.raw):
        return plain(rate), "number"
    return (percent if Decimal(spelling.raw) > 2 else plain(rate)), "number"


def _follow_total(
    form: FormResult,
    patches: dict[tuple[str, str], Patch],
    left: list[LeftOut],
    spellings: Spellings,
    *,
    confirm: bool,
    lang: Lang,
) -> None:
    """Where a listed score is corrected, another total follows than the finding named."""
    total = form.total
    if total.recomputed is None or total.cell is None or not _is_number(total.reported or ""):
        return
    change = sum((_change(p) for p in patches.values() if _is_score_of(p, form)), Decimal(0))
    place = (form.sheet, total.cell)
    if not change:
        return
    due = Decimal(total.recomputed) + change
    new = plain(due if total.cap is None else min(due, Decimal(total.cap)))
    left[:] = [item for item in left if (item.form, item.cell) != (form.form, total.cell)]
    patches.pop(place, None)
    if Decimal(new) == Decimal(total.reported or ""):
        return
    if confirm:
        is_text = place in spellings and spellings[place].is_text
        patches[place] = Patch(
            form.form, form.sheet, total.cell, total.reported or "", new,
            "text" if is_text else "number",
            "S101", FOLLOWS_SCORES(lang), Safety.CONFIRM,
        )  # fmt: skip
    else:
        left.append(
            LeftOut(
                form.form,
                form.sheet,
                total.cell,
                "S101",
                total.reported or "",
                new,
                FOLLOWS_SCORES(lang),
            )
        )


def _is_score_of(patch: Patch, form: FormResult) -> bool:
    scores: Iterable[str | None] = (
        *(line.cells.get("score") for line in form.indicators),
        *(line.cells.get("score") for line in form.funds if line.kind == "total"),
    )
    return patch.form == form.form and patch.cell in set(scores)


def _change(patch: Patch) -> Decimal:
    return (
        Decimal(patch.new) - Decimal(patch.old)
        if _is_number(patch.new) and _is_number(patch.old)
        else Decimal(0)
    )


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False
