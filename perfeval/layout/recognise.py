"""Find the forms of a workbook by their labels, or say which family its sheets come nearest to."""

from __future__ import annotations

from perfeval.layout.families import Family, families
from perfeval.layout.forms import forms_on
from perfeval.layout.grid import Grid
from perfeval.layout.lexicon import Lexicon, bare, lexicon
from perfeval.layout.parts import Layout, Unrecognised
from perfeval.model import Workbook


def recognise(workbook: Workbook, *, words: Lexicon | None = None) -> tuple[Layout, ...]:
    """The forms of a workbook in the order of its sheets; empty where there is none."""
    words = words or lexicon()
    return tuple(
        form
        for index, sheet in enumerate(workbook.sheets)
        for form in forms_on(Grid(sheet, words), words, index)
    )


def nearest(workbook: Workbook, *, words: Lexicon | None = None) -> Unrecognised:
    """For a workbook without a form: the family that it has most labels of, and those missing."""
    words = words or lexicon()
    seen: set[str] = set()
    for sheet in workbook.sheets:
        for cell in sheet.cells.values():
            seen |= _words_of(words, cell.text)
    if not seen:
        return Unrecognised("工作簿里没有文字", "the workbook holds no text", "", ())
    best = max(families(), key=lambda family: _share(family, seen))
    missing = tuple(sorted({_name(word) for word in _wanted(best) - seen}))
    return Unrecognised(
        "没有找到自评表的指标表头或资金表头",
        "no heading of an indicator table or of a money block was found",
        best.slug,
        missing,
    )


_NAMES = {
    "project": "项目名称",
    "department": "主管部门",
    "unit": "实施单位",
    "agency": "部门（单位）名称",
    "goals": "预期目标／实际完成情况",
    "money.initial_budget": "年初预算数",
    "money.budget": "全年预算数",
    "money.executed": "全年执行数",
    "money.points": "分值",
    "money.rate": "执行率",
    "money.score": "得分",
    "column.target": "年度指标值",
    "column.actual": "实际完成值",
    "column.points": "分值",
    "column.score": "得分",
    "column.reason": "偏差原因分析及改进措施",
    "column.coefficient": "得分系数",
    "column.operator": "指标性质",
    "column.unit": "度量单位",
    "total-bottom": "总分",
    "total-top": "自评总分",
}


def _wanted(family: Family) -> frozenset[str]:
    """What a person could look for: the family's fields and labels, not its order or title."""
    return frozenset(word for word in family.has if word in _NAMES or word.startswith("label:"))


def _share(family: Family, seen: set[str]) -> float:
    wanted = _wanted(family)
    return len(wanted & seen) / len(wanted) if wanted else 0.0


def _name(word: str) -> str:
    return _NAMES.get(word) or word.removeprefix("label:")


def _words_of(words: Lexicon, text: str) -> set[str]:
    label = words.look(text)
    found = {label.heading, f"money.{label.money_column}", f"column.{label.column}"} & _NAMES.keys()
    if label.goal:
        found.add("goals")
    if label.top:
        found.add("total-top")
    if label.bottom:
        found.add("total-bottom")
    return found | {f"label:{label.text}", f"label:{bare(label.text)}"}
