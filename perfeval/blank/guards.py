"""What keeps a form right while it is filled in: drop-downs, limits, marks, protection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # openpyxl's rules carry no types of use here

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from perfeval.blank.blocks import level1_label
from perfeval.blank.draft import Draft, Rows
from perfeval.blank.sections import WORDS
from perfeval.model import cell_ref
from perfeval.texts import Lang, Text, points_text, rate_text

BANDS = ("达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差")
SIGNS = ("≥", "＞", "=", "≤", "＜", WORDS)
UNITS = ("%", "个", "人", "人次", "次", "件", "项", "天", "公里", "平方米", "万元", "元")

AMOUNT = Text("金额应为不小于 0 的数", "An amount must be a number, 0 or more")
POINTS = Text("分值应为 0 到 {most} 的数", "Points must be a number from 0 to {most}")
SCORE = Text("得分应为 0 到本行分值之间的数", "A score must be a number from 0 to the points")
TITLE = Text("请核对", "Please check")

_LEAST = "0"
_WRONG = {"fill": PatternFill(bgColor="FFC7CE"), "font": Font(color="B42318", bold=True)}
_ASKED = {"fill": PatternFill(bgColor="FFEB9C"), "font": Font(color="B54708", bold=True)}


def guard(draft: Draft, lang: Lang) -> None:
    """Put all of them on the sheet of `draft`."""
    _amounts(draft, lang)
    for rows in draft.rows:
        _points(draft, rows, lang)
        _levels(draft, rows)
        _reasons(draft, rows)
    _lists(draft)
    _sums(draft)
    _execution(draft)


def _amounts(draft: Draft, lang: Lang) -> None:
    top, bottom = draft.funds
    first = top + 1 if bottom > top else top
    spans = [
        draft.printed.money[role].span.first
        for role in ("initial_budget", "budget", "executed")
        if role in draft.printed.money
    ]
    for col in spans:
        _limit(draft, f"{cell_ref(first, col)}:{cell_ref(bottom, col)}", None, AMOUNT(lang), lang)


def _points(draft: Draft, rows: Rows, lang: Lang) -> None:
    """Points up to those of the class, scores up to the points; without a column of points, scores
    up to the class.
    """
    most = rows.section.class1.points_e4 or draft.weights.total_e4 or 1_000_000
    points, score = draft.cells("points", rows), draft.cells("score", rows)
    words = POINTS(lang, most=points_text(most))
    if not points:
        _limit(draft, score, points_text(most), words, lang)
        return
    _limit(draft, points, points_text(most), words, lang)
    first = points.partition(":")[0]
    _limit(draft, score, first, SCORE(lang), lang)
    wrong = f"AND(ISNUMBER({_first(score)}),{_first(score)}>N({first}))"
    _mark(draft, score, wrong, _WRONG)


def _levels(draft: Draft, rows: Rows) -> None:
    labels = [level1_label(draft, other.section) for other in draft.rows]
    _choice(draft, draft.cells("level1", rows), labels)
    _choice(draft, draft.cells("level2", rows), rows.section.class1.choices, strict=False)


def _reasons(draft: Draft, rows: Rows) -> None:
    """Points lost, and no reason given."""
    reason, score, points = (draft.cells(n, rows) for n in ("reason", "score", "points"))
    if reason and points:
        s, p, r = _first(score), _first(points), _first(reason)
        lost = f'AND(ISNUMBER({s}),ISNUMBER({p}),{s}<{p},TRIM({r})="")'
        _mark(draft, reason, lost, _ASKED)


def _lists(draft: Draft) -> None:
    for rows in draft.rows:
        for role, words in (("actual", BANDS), ("operator", SIGNS), ("unit", UNITS)):
            cells = draft.cells(role, rows)
            if cells:
                _choice(draft, cells, words, strict=False)
    for line, pairs in enumerate(draft.printed.heading, 3):
        for pair in pairs:
            if pair.field in draft.printed.choices:
                ref = cell_ref(line, pair.value.first)
                _choice(draft, ref, draft.printed.choices[pair.field], strict=False)


def _sums(draft: Draft) -> None:
    """Points that are not those of the policy."""
    span = draft.column("points")
    if span is None:
        return
    dues = [(rows.subtotal, rows.section.class1.points_e4) for rows in draft.rows]
    for row, due in (*dues, (draft.total, draft.weights.total_e4)):
        if due is not None:
            ref = cell_ref(row, span.first)
            _mark(draft, ref, f"AND(ISNUMBER({ref}),{ref}<>{points_text(due)})", _WRONG)


def _execution(draft: Draft) -> None:
    """A rate beyond 100%, or so low that it has to be explained."""
    rate = draft.money("rate")
    _mark(draft, rate, f"AND(ISNUMBER({rate}),{rate}>1)", _WRONG)
    low = draft.policy["low_execution"]
    if low is not None:
        _mark(draft, rate, f"AND(ISNUMBER({rate}),{rate}<{rate_text(low)})", _ASKED)


def _limit(draft: Draft, cells: str, most: str | None, words: str, lang: Lang) -> None:
    """A number from 0 to `most` (a number or a cell), without an upper end where that is None."""
    rule = DataValidation("decimal", formula1=_LEAST, formula2=most, allow_blank=True)
    rule.operator = "between" if most else "greaterThanOrEqual"
    rule.errorTitle, rule.error, rule.showErrorMessage = TITLE(lang), words, True
    _add(draft, rule, cells)


def _choice(draft: Draft, cells: str, words: Sequence[str], *, strict: bool = True) -> None:
    """A drop-down; unless `strict`, other words are taken as well."""
    rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
    rule.showErrorMessage = strict
    _add(draft, rule, cells)


def _add(draft: Draft, rule: Any, cells: str) -> None:
    rule.add(cells)
    draft.page.sheet.add_data_validation(rule)


def _mark(draft: Draft, cells: str, formula: str, look: dict[str, Any]) -> None:
    rule: Any = FormulaRule  # untyped in openpyxl's stubs
    draft.page.sheet.conditional_formatting.add(cells, rule([formula], **look))


def _first(cells: str) -> str:
    return cells.partition(":")[0]
