"""Fills in an empty form as an honest unit would: only cells that are open, one row a class."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any  # openpyxl's sheets

import openpyxl

from perfeval.blank.printed import Printed

# Second level → name, sign, target, unit, actual; the first is missed by 5%.
INDICATORS = {
    "数量指标": ("养护里程", "≥", "120", "公里", "114"),
    "质量指标": ("验收合格率", "≥", "95", "%", "97"),
    "时效指标": ("养护完成时间", "定性", "{year}年12月底前", "", "{year}年11月"),
    "成本指标": ("养护总成本", "≤", "200", "万元", "190"),
    "经济成本指标": ("养护总成本", "≤", "200", "万元", "190"),
    "经济效益指标": ("节约运输费用", "≥", "50", "万元", "52"),
    "社会效益指标": ("通行事故下降率", "≥", "5", "%", "5.2"),
    "生态效益指标": ("公路绿化率", "≥", "30", "%", "31"),
    "可持续影响指标": ("建立管护制度", "定性", "印发管护制度", "", "达成预期指标"),
    "服务对象满意度指标": ("群众满意度", "≥", "90", "%", "92"),
}
MISSED = "养护里程"
REASON = "第四季度连续降雨，6 公里未能施工；已列入次年一季度计划，增加施工班组"
# Points of classes where the policy leaves them to the unit.
OWN = {"产出": 50, "效益": 30, "满意度": 10}
TEXTS = {
    "项目名称": "农村公路养护",
    "主管部门": "示范县交通运输局",
    "实施单位": "示范县公路管理所",
    "项目实施单位": "示范县公路管理所",
    "项目类别": "部门预算项目",
    "项目属性": "持续性项目",
    "预期目标": "养护县道 120 公里，路况保持良好",
    "年度目标": "养护县道 120 公里，路况保持良好",
    "实际完成情况": "全年养护 114 公里，验收均合格，路况评定为良",
    "年度目标完成情况": "全年养护 114 公里，验收均合格，路况评定为良",
    "偏差大或目标未完成原因分析": REASON,
    "改进措施及结果应用方案": "次年提前安排施工班组",
}
MONEY = ((200, 200, 190), (180, 180, 171), (20, 20, 19))  # total, then 财政 and one other part


def sheet_of(content: bytes) -> tuple[openpyxl.Workbook, Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book, book.worksheets[0]


def filled(content: bytes, form: Printed, year: int, *, executed: float = 1.0) -> bytes:
    """`executed` scales what was spent. The result has no stored results: they must be computed."""
    book, sheet = sheet_of(content)
    _texts(sheet)
    _money(sheet, form, executed)
    for level1, rows in classes(sheet, form):
        _class(sheet, form, level1, rows, year)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def classes(sheet: Any, form: Printed) -> Iterator[tuple[str, list[int]]]:
    """Each first level with its open rows."""
    column, names = form.indicators["level1"].span.first, form.indicators["level3"].span.first
    label, rows = "", []
    for row in range(1, sheet.max_row + 1):
        text = str(sheet.cell(row, column).value or "")
        if text.startswith("小计"):
            yield f"{label}{text}", rows
        elif "指标" in text and not sheet.cell(row, column).protection.locked:
            label, rows = text, []
        if label and not sheet.cell(row, names).protection.locked:
            rows.append(row)


def put(sheet: Any, row: int, col: int, value: object) -> None:
    """Fill an open cell. Raises AssertionError where it is locked."""
    cell = sheet.cell(row, col)
    assert not cell.protection.locked, cell.coordinate
    cell.value = value


def _texts(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            text = TEXTS.get(str(cell.value).replace("\n", ""))
            if text is None or not cell.protection.locked:
                continue
            after = (c for c in sheet[cell.row][cell.column :] if not _inner(sheet, c, cell))
            right = next(after, cell)
            place = right if not right.protection.locked else sheet.cell(cell.row + 1, cell.column)
            if not place.protection.locked:
                place.value = text


def _inner(sheet: Any, cell: Any, anchor: Any) -> bool:
    """Whether a cell lies in the merge of `anchor`."""
    return any(
        cell.coordinate in block and anchor.coordinate in block
        for block in sheet.merged_cells.ranges
    )


def _money(sheet: Any, form: Printed, executed: float) -> None:
    labels = [text for text, _ in form.funds]
    column = form.fund_label.first
    found = [r for r in range(1, 20) if sheet.cell(r, column).value in labels]
    rows = found[1:3] if len(found) > 1 else found
    amounts = MONEY[1:] if len(found) > 1 else MONEY[:1]
    for row, of_row in zip(rows, amounts, strict=True):
        for role, amount in zip(("initial_budget", "budget", "executed"), of_row, strict=True):
            if role in form.money:
                value = round(amount * executed, 2) if role == "executed" else amount
                put(sheet, row, form.money[role].span.first, value)


def _class(sheet: Any, form: Printed, label: str, rows: list[int], year: int) -> None:
    known = {role: headed.span.first for role, headed in form.indicators.items()}
    stated = re.search(r"(\d+) ?分", label)
    points = int(stated[1]) if stated else next(OWN[w] for w in OWN if label.startswith(w))
    firsts = [row for row in rows if sheet.cell(row, known["level2"]).value]
    shares = [points // len(firsts)] * len(firsts)
    shares[0] += points - sum(shares)
    for row, share in zip(firsts, shares, strict=True):
        values = _values(str(sheet.cell(row, known["level2"]).value), share, year, form)
        for role, value in values.items():
            if role in known:
                put(sheet, row, known[role], value)


def _values(level2: str, points: int, year: int, form: Printed) -> dict[str, object]:
    name, sign, target, unit, actual = (t.format(year=year) for t in INDICATORS[level2])
    missed = name == MISSED
    split = "operator" in form.indicators
    return {
        "level3": name,
        "operator": sign,
        "unit": unit,
        "target": target if split or sign == "定性" else f"{sign}{target}{unit}",
        "actual": actual if split else f"{actual}{unit}",
        "points": points,
        "score": round(points * 0.95, 2) if missed else points,
        "reason": REASON if missed else None,
    }
