"""The sheet 审核意见: verdict, totals, and the findings with room for the unit's replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from perfeval.course import Standing, course_text
from perfeval.findings import FileResult, Finding, FormResult, Level
from perfeval.model import column_name
from perfeval.ooxml.newsheet import Format, Page
from perfeval.rounds import short
from perfeval.texts import Lang, Text
from perfeval.write.marks import WORDS
from perfeval.write.sheet_style import (
    BODY,
    CENTER,
    HEAD,
    HIDDEN,
    LEAD,
    LEADS,
    LEVELS,
    LINK,
    NUMBER,
    PLAIN,
    REPLY,
    SMALL,
    TITLE,
    Rows,
)

SHEET = Text("审核意见", "Review")
REPLIES = (Text("已改", "corrected"), Text("说明", "explained"), Text("异议", "disputed"))
HEADERS = (
    Text("序号", "No."),
    Text("级别", "Level"),
    Text("编号", "Code"),
    Text("单元格", "Cell"),
    Text("填报值", "Reported"),
    Text("应为", "Expected"),
    Text("问题", "Finding"),
    Text("依据", "Basis"),
    Text("建议", "Advice"),
    Text("处理情况", "Handling"),
    Text("单位说明", "Explanation"),
)
HANDLED, EXPLAINED = HEADERS[-2:]
COURSE = Text("历次", "Course")  # from the second round on, before the columns for replies
ID, MARK = Text("标识", "Id"), Text("记录", "Record")  # heads of the hidden columns
_WIDTHS = (5.0, 6.5, 6.5, 9.0, 10.5, 10.5, 42.0, 22.0, 20.0, 9.5, 20.0)  # A4 at nine tenths
_COURSE_WIDTH = 15.0

_TITLE = Text("绩效自评审核意见", "Review of the self-evaluation")
_FILE = Text("文件：{path}", "File: {path}")
_VERDICTS: Mapping[Level | None, Text] = {
    Level.ERROR: Text("审核结论：须更正后重新提交", "Verdict: to be corrected and submitted again"),
    Level.WARNING: Text("审核结论：须核实，更正或说明", "Verdict: to be corrected or explained"),
    Level.INFO: Text("审核结论：可以接受，另有提示", "Verdict: acceptable, with remarks"),
    None: Text("审核结论：未发现问题", "Verdict: nothing found"),
}
_COUNTS = Text(
    "（强制 {error} 条，核实 {warning} 条，提示 {info} 条）",
    " ({error} errors, {warning} warnings, {info} remarks)",
)
_HOW = Text(
    "请逐条在“处理情况”栏选择：已改（已按意见更正）、说明（情况属实，在“单位说明”栏写明理由）、"
    "异议（不同意，写明依据）。请勿删除本表；原表中有底色和批注的单元格即为所涉位置。",
    "For each finding choose under Handling: corrected, explained (give the reason under "
    "Explanation) or disputed (give the grounds). Do not delete this sheet; the cells concerned "
    "are shaded and noted.",
)
_ROUND = Text(
    "第 {round} 轮审核：以前的问题已改 {closed} 条；现有的问题中，新增 {new} 条，"
    "未改 {unchanged} 条，已说明 {explained} 条，复现 {recurred} 条",
    "Round {round}: {closed} earlier findings corrected; of those below {new} are new, "
    "{unchanged} unchanged, {explained} explained, {recurred} recurred",
)
_CLOSED = Text("已改的问题", "Corrected findings")
_OVERVIEW = (
    (1, Text("工作表", "Sheet")),
    (4, Text("填报总分", "Reported")),
    (6, Text("核算总分", "Due")),
    (7, Text("项目名称", "Project")),
    (8, Text("等级（填报／核算）", "Grade (reported / due)")),
    (9, Text("问题", "Findings")),
)
_TALLY = Text(
    "强制 {error}　核实 {warning}　提示 {info}", "{error} errors, {warning} warn., {info} rem."
)
_CAUSE = Text("可能原因：{text}", "Likely cause: {text}")
_FOOTER = Text("&C第 &P 页，共 &N 页", "&CPage &P of &N")
_NO_CELL = Text("—", "—")

_RANKS = {level: rank for rank, level in enumerate(Level)}
_NAMES = [(level, level.value) for level in Level]

Place = Callable[[Finding], tuple[str, str] | None]


def review_page(
    result: FileResult,
    *,
    lang: Lang,
    places: Place,
    marks: Mapping[str, str],
    remarks: list[str],
    remembered: tuple[str, ...],
    styles: Sequence[int],
) -> Page:
    """The page of a file.

    `places` gives the link and the shown cell of a finding, None if it has none to link to;
    `marks` the hidden record by finding id; `remarks` are sentences about the copy itself;
    `remembered` is the record of the round, `styles` are the indexes of our formats.
    """
    widths = _WIDTHS if result.round == 1 else (*_WIDTHS[:-2], _COURSE_WIDTH, *_WIDTHS[-2:])
    rows = Rows(widths, styles, hidden=2, record=remembered)
    findings = sorted_findings(result)
    _heading(rows, result, findings, lang, remarks)
    _overview(rows, result, lang)
    rows.gap()
    header = 0
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    if findings:
        heads = HEADERS if result.round == 1 else (*HEADERS[:-2], COURSE, *HEADERS[-2:])
        shown = [text(lang) for text in (*heads, ID, MARK)]
        rows.table(shown, [HEAD] * len(heads) + [HIDDEN, HIDDEN])
        header = rows.last
        several = len({form.sheet for form in result.forms}) > 1
        for finding in findings:
            mark = marks.get(finding.id, "")
            _add_row(
                rows, finding, places(finding), mark, header=header, several=several, lang=lang
            )
        column = column_name(len(widths) - 1)
        words = tuple(word(lang) for word in REPLIES)
        choices = ((f"{column}{header + 1}:{column}{rows.last}", words),)
    _closed(rows, result, lang)
    return rows.page(
        header_row=header,
        choices=choices,
        footer=_FOOTER(lang),
    )


def _closed(rows: Rows, result: FileResult, lang: Lang) -> None:
    """What was corrected since the first round, with its course."""
    if not result.closed:
        return
    rows.gap()
    rows.across(_CLOSED(lang), LEAD)
    for past in result.closed:
        rows.spans(
            [
                (1, 2, past.code, CENTER),
                (3, 4, past.cell or _NO_CELL(lang), CENTER),
                (5, 7, f"{past.title}（{short(past.found)}）" if past.found else past.title, BODY),
                (8, len(rows.widths), course_text(past.course, lang), BODY),
            ]
        )


def sorted_findings(result: FileResult) -> list[Finding]:
    """All findings of a file, those of the file first, then form by form as they were found."""
    return list(result.all_findings())


def heaviest(findings: list[Finding]) -> Level | None:
    """The level that decides the verdict."""
    return min((finding.level for finding in findings), key=_RANKS.__getitem__, default=None)


def tally(findings: list[Finding]) -> dict[str, int]:
    """How many findings of each level."""
    levels = [finding.level for finding in findings]
    return {name: levels.count(level) for level, name in _NAMES}


def _heading(
    rows: Rows, result: FileResult, findings: list[Finding], lang: Lang, remarks: list[str]
) -> None:
    level = heaviest(findings)
    verdict = _VERDICTS[level](lang) + (_COUNTS(lang, **tally(findings)) if findings else "")
    rows.across(_TITLE(lang), TITLE, height=30)
    rows.across(verdict, LEADS[level], height=22)
    rows.across(_FILE(lang, path=result.path), SMALL)
    if result.round > 1:
        states = Counter(finding.state.value for finding in findings)
        counts = {standing.value: states[standing.value] for standing in Standing}
        rows.across(_ROUND(lang, round=result.round, closed=len(result.closed), **counts), PLAIN)
    for remark in remarks:
        rows.across(remark, PLAIN)
    if findings:
        rows.across(_HOW(lang), PLAIN)


def _overview(rows: Rows, result: FileResult, lang: Lang) -> None:
    if not result.forms:
        return
    ends = [first for first, _ in _OVERVIEW[1:]] + [len(rows.widths) + 1]
    columns = [(first, end - 1) for (first, _), end in zip(_OVERVIEW, ends, strict=True)]
    heads = [text(lang) for _, text in _OVERVIEW]
    rows.spans([(*at, text, HEAD) for at, text in zip(columns, heads, strict=True)])
    for form in result.forms:
        values = _form_values(form, lang)
        looks = (CENTER, NUMBER, NUMBER, BODY, CENTER, CENTER)
        rows.spans(
            [(*at, value, look) for at, value, look in zip(columns, values, looks, strict=True)]
        )


def _form_values(form: FormResult, lang: Lang) -> tuple[str, ...]:
    total = form.total
    recomputed = total.capped or ""
    if not recomputed and total.low is not None and total.high is not None:
        recomputed = f"{total.low} – {total.high}"
    grades = f"{total.grade_reported or '—'} / {total.grade or '—'}"
    return (
        form.sheet,
        total.reported or "—",
        recomputed or "—",
        form.project or "",
        grades,
        _TALLY(lang, **tally(list(form.findings))),
    )


def _add_row(
    rows: Rows,
    finding: Finding,
    place: tuple[str, str] | None,
    mark: str,
    *,
    header: int,
    several: bool,
    lang: Lang,
) -> None:
    shown = finding.cell or _NO_CELL(lang)
    if place is not None:
        shown = f"{finding.sheet}!{place[1]}" if several else place[1]
    texts = [
        str(rows.last - header + 1), WORDS[finding.level](lang), finding.code, shown,
        finding.found, finding.expected, _message(finding, lang), "\n".join(finding.basis),
        finding.advice,
    ]  # fmt: skip
    looks = [
        CENTER, LEVELS[finding.level], CENTER, LINK if place else CENTER,
        _figure(finding.found), _figure(finding.expected), BODY, BODY, BODY,
    ]  # fmt: skip
    if len(rows.widths) > len(_WIDTHS):
        texts.append(course_text(finding.course, lang))
        looks.append(BODY)
    texts += ["", "", finding.id, mark]
    looks += [REPLY, REPLY, HIDDEN, HIDDEN]
    rows.table(texts, looks, lead=(6, finding.title))
    if place is not None:
        rows.link(4, place[0], shown)


def _figure(text: str) -> Format:
    """A figure stands to the right, a longer text to the left."""
    return NUMBER if len(text) <= 14 else BODY


def _message(finding: Finding, lang: Lang) -> str:
    causes = (_CAUSE(lang, text=cause.text) for cause in finding.causes)
    return "\n".join((finding.message, *causes))
