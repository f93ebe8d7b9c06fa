"""The sheet 分布 of the summary: native charts, and the forms that differ most."""

from __future__ import annotations

from decimal import Decimal
from typing import Any  # openpyxl's sheets and charts

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties

from perfeval.report.index import rate_labels, score_labels
from perfeval.report.overview import Overview
from perfeval.report.phrases import words
from perfeval.report.sheetbook import Cell, SheetBook
from perfeval.texts import Lang, Text

_NAME = Text("分布", "Distribution")
_HEADS = (
    (Text("总分", "Total"), Text("填报", "Reported"), Text("复核", "Recomputed")),
    (Text("执行率", "Execution rate"), Text("表数", "Forms")),
    (Text("常见问题", "Commonest findings"), Text("表数", "Forms")),
)
_OUTLIERS = Text("差异最大的表", "Largest differences")
_MOST_RULES = 12
_INK, _PALE = "1F2328", "C4C9CF"
_HEIGHT = 18  # rows that a chart covers


def distribution(book: SheetBook, overview: Overview, lang: Lang) -> None:
    """Three tables of counts on the left, their charts on the right, the outliers below."""
    widths = [34, 11, 11, 4, *[10] * 8]
    sheet = book.sheet(_NAME(lang), widths, freeze="A3", head_row=1)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "portrait", 1
    book.title(sheet, _NAME(lang), "", len(widths))
    tables = _tables(overview, lang)
    row = 3
    for heads, lines in tables:
        first = row + 1
        book.row(sheet, [head(lang) for head in heads], ["head"] * len(heads))
        for name, *counts in lines:
            book.row(sheet, [name, *counts], ["text", *["center"] * len(counts)])
        if lines:
            chart = _chart(sheet, heads, first, len(lines), lang)
            sheet.add_chart(chart, f"E{row}")
        used = 1 + len(lines)
        for _ in range(max(_HEIGHT - used, 1)):
            book.append(sheet, [])
        row += max(_HEIGHT, used + 1)
    _outliers(book, sheet, overview, lang)


_Lines = list[tuple[str, *tuple[int, ...]]]


def _tables(overview: Overview, lang: Lang) -> list[tuple[tuple[Text, ...], _Lines]]:
    rules = overview.rules()[:_MOST_RULES]
    return [
        (_HEADS[0], list(zip(score_labels(), overview.reported, overview.recomputed, strict=True))),
        (_HEADS[1], list(zip(rate_labels(), overview.rates, strict=True))),
        (_HEADS[2], [(f"{rule.code} {rule.title}", rule.forms) for rule in rules]),
    ]


def _chart(sheet: Any, heads: tuple[Text, ...], first: int, number: int, lang: Lang) -> BarChart:
    """Columns for the distributions, bars for the findings, readable without colour."""
    chart = BarChart()
    lying = heads is _HEADS[2]
    chart.type = "bar" if lying else "col"
    chart.title = heads[0](lang)
    chart.style, chart.gapWidth = 2, 60
    chart.width, chart.height = 18, 8.4
    last = first + number - 1
    values = Reference(sheet, min_col=2, max_col=len(heads), min_row=first - 1, max_row=last)
    chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    colours = (_PALE, _INK) if len(heads) > 2 else (_INK,)
    for series, colour in zip(chart.series, colours, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.dLbls = DataLabelList()
        series.dLbls.showVal = True
        for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(series.dLbls, other, False)
    if len(heads) > 2:
        chart.legend.position = "b"
    else:
        chart.legend = None
    chart.y_axis.majorGridlines = None
    chart.x_axis.delete = False
    chart.y_axis.delete = True
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
    return chart


def _outliers(book: SheetBook, sheet: Any, overview: Overview, lang: Lang) -> None:
    book.row(sheet, [_OUTLIERS(lang)], ["head"])
    word = words(lang)
    heads = [word["project"], word["found"], word["recomputed_short"]]
    book.row(sheet, heads, ["head"] * 3)
    for row in overview.largest:
        name = book.link(sheet, row.project or row.path, row.outputs.get("variance", ""))
        totals = (Decimal(row.reported), Decimal(row.recomputed))  # a difference needs both
        book.append(sheet, [name, *(Cell(total, "figure") for total in totals)])
