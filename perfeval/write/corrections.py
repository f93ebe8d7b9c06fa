"""The sheet 更正说明: what was written into which cell and why, and what was left to the unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfeval.copies import remark
from perfeval.findings import FileResult, LeftOut, Patch, Plan
from perfeval.ooxml.newsheet import Format, Page
from perfeval.texts import Lang, Text
from perfeval.write.sheet_style import (
    BODY,
    CENTER,
    HEAD,
    LEAD,
    LINK,
    NUMBER,
    PLAIN,
    SMALL,
    TITLE,
    Rows,
)

SHEET = Text("更正说明", "Corrections")
_WIDTHS = (6.0, 14.0, 12.0, 22.0, 22.0, 10.0, 60.0)
_TITLE = Text("绩效自评表更正说明", "Corrections to the self-evaluation")
_LEAD = Text("已更正 {done} 处，未更正 {left} 处", "{done} corrected, {left} left")
_NOTHING = Text("没有可以直接更正的内容。", "Nothing can be corrected without asking.")
_FILE = Text("文件：{path}", "File: {path}")
_HOW = Text(
    "本副本只改动了下列单元格，其余内容与原件相同。请核对后采用；未更正的各项须由单位自行处理。",
    "Only the cells listed were changed in this copy. Check them; the rest is for the unit to do.",
)
_DONE = Text("一、已更正", "1. Corrected")
_LEFT = Text("二、未更正", "2. Left to the unit")
_HEADERS = (
    Text("序号", "No."),
    Text("工作表", "Sheet"),
    Text("单元格", "Cell"),
    Text("原值", "Old"),
    Text("更正值", "New"),
    Text("规则", "Rule"),
    Text("理由", "Reason"),
)
_NEW_LEFT = Text("应为", "Expected")
_FOOTER = Text("&C第 &P 页，共 &N 页", "&CPage &P of &N")

_MOST_IN_LINE = 20
_NONE = "—"

Link = Callable[[str, str | None], str]


def corrections_page(
    result: FileResult,
    plan: Plan,
    *,
    lang: Lang,
    link: Link,
    remembered: tuple[str, ...],
    styles: Sequence[int],
) -> Page:
    """The page of a file. `link` gives the place of a cell, "" where there is none.

    `remembered` is the record of the round, `styles` are the indexes of our formats.
    """
    rows = Rows(_WIDTHS, styles, record=remembered)
    rows.across(_TITLE(lang), TITLE, height=30)
    rows.across(_LEAD(lang, done=len(plan.patches), left=len(plan.left_out)), LEAD, height=22)
    rows.across(_FILE(lang, path=result.path), SMALL)
    if said := remark(result.copy, lang):
        rows.across(said, PLAIN)
    rows.across((_HOW if plan.patches else _NOTHING)(lang), PLAIN)
    if plan.patches:
        rows.gap()
        rows.across(_DONE(lang), LEAD)
        _table(rows, _HEADERS, plan.patches, link, lang)
    if plan.left_out:
        rows.gap()
        rows.across(_LEFT(lang), LEAD)
        headers = (*_HEADERS[:4], _NEW_LEFT, *_HEADERS[5:])
        _table(rows, headers, plan.left_out, link, lang)
    return rows.page(footer=_FOOTER(lang))


def _table(
    rows: Rows, headers: Sequence[Text], entries: Sequence[Patch | LeftOut], link: Link, lang: Lang
) -> None:
    rows.table([text(lang) for text in headers], [HEAD] * len(headers))
    for number, entry in enumerate(entries, start=1):
        to, cell = link(entry.sheet, entry.cell), entry.cell or _NONE
        rows.table(
            [
                str(number), entry.sheet, cell, entry.old or _NONE, entry.new or _NONE, entry.code,
                entry.reason,
            ],
            [
                CENTER, CENTER, LINK if to else CENTER, _value(entry.old), _value(entry.new),
                CENTER, BODY,
            ],
        )  # fmt: skip
        if to:
            rows.link(3, to, cell)


def _value(text: str) -> Format:
    """A figure to the right, a longer text to the left, a dash for nothing in the middle."""
    if not text:
        return CENTER
    return NUMBER if len(text) < _MOST_IN_LINE else BODY
