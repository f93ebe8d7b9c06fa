"""What can be said of a form's make-up: the words by which data/layouts.toml tells families."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.layout.grid import Grid
from perfeval.layout.lexicon import bare
from perfeval.layout.parts import Layout


def features(grid: Grid, form: Layout, order: Sequence[str], agency: bool) -> frozenset[str]:
    """Words such as money.rate, column.points, points-before-target, total-top, label:指标性质."""
    found: set[str] = set(form.heading)
    labels = {
        label.text
        for row in grid.rows(form.top, form.bottom)
        for label in grid.labels[row]
        if label.known or label.level1
    }
    for block in form.money:
        found |= {"money", *(f"money.{role}" for role in block.fields)}
        labels |= block.header
        found |= {f"fund.{row.kind}" for row in block.rows}
    for table in form.indicators:
        found.add("indicators")
        found |= {f"column.{role}" for role in table.columns if "@" not in role}
        labels |= {column.text for column in table.columns.values()}
        points, target = table.col("points"), table.col("target")
        if points is not None and target is not None and points.left < target.left:
            found.add("points-before-target")
        if table.head > table.top:
            found.add("two-row-heading")
    if len(form.indicators) > 1:
        found.add("several-tables")
    if form.goals:
        found.add("goals")
    if "goals" in order and "money" in order and order.index("goals") < order.index("money"):
        found.add("goals-first")
    if form.total is not None:
        found.add("total-bottom" if form.total.row else "total-top")
    if form.grade is not None:
        found.add("grade")
    if form.reason_rows:
        found.add("reason-rows")
    if agency:
        found.add("agency")
    found |= {f"label:{text}" for text in labels}
    found |= {f"label:{bare(text)}" for text in labels if "(" in text or ")" in text}
    if form.title is not None:
        cell = grid.cell(form.title.row, form.title.col)
        if cell is not None:
            found |= {f"title:{word}" for word in _TITLE_WORDS if word in cell.text}
    return frozenset(found)


_TITLE_WORDS = (
    "财政项目支出",
    "项目支出",
    "绩效目标自评",
    "部门整体",
    "部门预算项目",
    "转移支付",
    "整体支出",
    "自评报告",
    "专项资金",
)
