"""summary.xlsx: the year for handing upward: a row a form, by department, by rule, all findings."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any  # openpyxl's sheets

from perfeval.findings import FileResult, Finding, FormResult, Level
from perfeval.report.amounts import number
from perfeval.report.masking import mask
from perfeval.report.overview import Overview, Row
from perfeval.report.phrases import MARKS, words
from perfeval.report.sheetbook import Cell, SheetBook, Value
from perfeval.report.summary_charts import distribution
from perfeval.texts import Lang, Text

MOST_FINDINGS = 1_000_000  # a sheet of Excel has 1,048,576 rows
_LEVELS = tuple(Level)


def summary_xlsx(files: Iterable[FileResult], *, lang: Lang = "zh", masked: bool = True) -> bytes:
    """The workbook; `files` are gone through once. Links lead to the returns beside it."""
    overview, summary = Overview(with_masks=masked), Summary(lang, masked=masked)
    for file in files:
        overview.add(file)
        summary.add(file)
    return summary.done(overview)


class Summary:
    """The workbook while the files of a run pass: findings are written at once and forgotten."""

    def __init__(self, lang: Lang, *, masked: bool = True) -> None:
        self._lang, self._hide = lang, mask if masked else str
        self._book = book = SheetBook(words(lang)["overview"])
        tables = (_FORMS, _DEPARTMENTS, _RULES, _FINDINGS)
        self._forms, self._departments, self._rules, self._findings = (
            _sheet(book, table, lang) for table in tables
        )
        self._told = 0
        _head(book, self._findings, _FINDINGS, "", lang)

    def add(self, file: FileResult) -> None:
        """Write the findings of one file."""
        for finding in file.findings:
            self._add(file, None, finding)
        for form in file.forms:
            for finding in form.findings:
                self._add(file, form, finding)

    def _add(self, file: FileResult, form: FormResult | None, finding: Finding) -> None:
        self._told += 1
        if self._told > MOST_FINDINGS:
            return
        hide, level = self._hide, finding.level.value
        values = [
            f"{MARKS[level]} {words(self._lang)[level]}",
            finding.code,
            hide((form and form.project) or ""),
            hide((form and form.department) or ""),
            finding.sheet or "",
            finding.cell or "",
            hide(finding.found),
            hide(finding.expected),
            hide(finding.message),
            hide(finding.advice),
            file.path,
        ]
        self._book.row(self._findings, values, [level, *_FINDING_LOOKS])

    def close(self) -> None:
        """Let go of a workbook that is not to be saved."""
        self._book.close()

    def done(self, overview: Overview, *, notice: str = "") -> bytes:
        """The whole workbook, once all files have passed. `notice` says what it lacks."""
        book, lang = self._book, self._lang
        _write_forms(book, self._forms, overview, lang, notice)
        _write_departments(book, self._departments, overview, lang)
        _write_rules(book, self._rules, overview, lang)
        self._findings.auto_filter.ref = f"A3:K{3 + min(self._told, MOST_FINDINGS)}"
        if self._told > MOST_FINDINGS:
            more = _MORE(lang, n=self._told - MOST_FINDINGS)
            book.row(self._findings, [more], ["note"])
        distribution(book, overview, lang)
        return book.save()


class _Table:
    """A sheet's name, its columns (heading and width), and where it is frozen."""

    def __init__(self, name: Text, freeze: str, *columns: tuple[Text, float]) -> None:
        self.name, self.freeze, self.columns = name, freeze, columns


_FORMS = _Table(
    Text("审核汇总表", "Forms"),
    "D4",
    (Text("序号", "No."), 5),
    (Text("结果", "Result"), 8.5),
    (Text("项目名称", "Project"), 27),
    (Text("主管部门", "Department"), 15),
    (Text("实施单位", "Unit"), 13),
    (Text("年度", "Year"), 6),
    (Text("全年预算数（元）", "Budget (元)"), 13.5),
    (Text("全年执行数（元）", "Executed (元)"), 13.5),
    (Text("执行率", "Rate"), 8),
    (Text("填报总分", "Reported"), 7.5),
    (Text("复核总分", "Recomputed"), 7.5),
    (Text("差异", "Difference"), 7.5),
    (Text("填报等级", "Grade reported"), 6),
    (Text("复核等级", "Grade"), 6),
    (Text("等级变化", "Grade change"), 8),
    (Text("强制", "Must correct"), 5),
    (Text("核实", "Explain"), 5),
    (Text("提示", "Note"), 5),
    (Text("退件", "Return"), 9),
    (Text("文件", "File"), 34),
)
_DEPARTMENTS = _Table(
    Text("按部门", "By department"),
    "B4",
    (Text("主管部门", "Department"), 34),
    (Text("自评表", "Forms"), 10),
    (Text("应予更正", "To correct"), 11),
    (Text("须核实说明", "To explain"), 11),
    (Text("仅有提示", "Notes only"), 11),
    (Text("未发现不符", "Clean"), 11),
    (Text("强制问题", "Must correct"), 11),
    (Text("核实问题", "Explain"), 11),
    (Text("提示", "Note"), 11),
    (Text("填报均分", "Mean reported"), 11),
    (Text("复核均分", "Mean recomputed"), 11),
)
_RULES = _Table(
    Text("按规则", "By rule"),
    "C4",
    (Text("规则", "Rule"), 9),
    (Text("问题", "Finding"), 60),
    (Text("级别", "Level"), 12),
    (Text("涉及表数", "Forms"), 12),
    (Text("问题数", "Findings"), 12),
    (Text("占自评表比例", "Share of forms"), 14),
)
_FINDINGS = _Table(
    Text("全部问题", "All findings"),
    "A4",
    (Text("级别", "Level"), 8),
    (Text("规则", "Rule"), 7),
    (Text("项目名称", "Project"), 26),
    (Text("主管部门", "Department"), 16),
    (Text("工作表", "Sheet"), 10),
    (Text("单元格", "Cell"), 8),
    (Text("填报", "Reported"), 14),
    (Text("应为", "Expected"), 14),
    (Text("情况", "What is wrong"), 52),
    (Text("建议", "Advice"), 34),
    (Text("文件", "File"), 30),
)
_TITLE = Text("绩效自评审核汇总表", "Review of self-evaluations")
_NOTE = Text(
    "文件 {files} 个，自评表 {forms} 张；应予更正 {error} 张，须核实说明 {warning} 张，"
    "仅有提示 {info} 张，未发现不符 {clean} 张，无法读取 {unreadable} 个",
    "{files} files, {forms} forms; {error} to correct, {warning} to explain, {info} with notes, "
    "{clean} clean, {unreadable} unreadable",
)
_SIGN = Text(
    "审核人：　　　　　　　　复核人：　　　　　　　　日期：　　　　年　　月　　日",
    "Reviewer:                    Second reviewer:                    Date:",
)
_MORE = Text("另有 {n} 条，见 results.json", "{n} more in results.json")


def _sheet(book: SheetBook, table: _Table, lang: Lang) -> Any:
    widths = [width for _, width in table.columns]
    return book.sheet(table.name(lang), widths, freeze=table.freeze, head_row=3)


def _head(book: SheetBook, sheet: Any, table: _Table, note: str, lang: Lang) -> None:
    """Title, note and the row of headings."""
    title = _TITLE(lang) if table is _FORMS else f"{_TITLE(lang)} · {table.name(lang)}"
    printed = len(table.columns) - (table is _FORMS)  # the file names are not printed
    book.title(sheet, title, note, printed)
    book.row(sheet, [head(lang) for head, _ in table.columns], ["head"] * len(table.columns))


def _write_forms(book: SheetBook, sheet: Any, overview: Overview, lang: Lang, notice: str) -> None:
    statuses = dict.fromkeys(MARKS, 0) | dict(overview.statuses)
    counts = _NOTE(lang, files=overview.files, forms=overview.forms, **statuses)
    note = "　".join(part for part in (notice, overview.period(), counts) if part)
    _head(book, sheet, _FORMS, note, lang)
    for position, row in enumerate(overview.rows, 1):
        book.append(sheet, _form_cells(book, sheet, position, row, lang))
    sheet.auto_filter.ref = f"A3:T{3 + len(overview.rows)}"
    sheet.print_area = f"A1:S{5 + len(overview.rows)}"
    book.append(sheet, [])
    book.append(sheet, [Cell(_SIGN(lang), "note")], height=30)


def _form_cells(book: SheetBook, sheet: Any, position: int, row: Row, lang: Lang) -> list[Cell]:
    word = words(lang)
    name = row.project or row.reason or word["untitled"]
    counts = [row.counts.get(level, 0) for level in _LEVELS]
    returned = row.outputs.get("annotated", "")
    return [
        Cell(position, "center"),
        Cell(f"{MARKS[row.status]} {word[row.status]}", row.status),
        book.link(sheet, name, row.outputs.get("variance", "")),
        Cell(row.department, "text"),
        Cell(row.unit, "text"),
        Cell(row.year, "center"),
        Cell(_figure(row.budget), "money"),
        Cell(_figure(row.executed), "money"),
        Cell(_figure(row.rate), "percent"),
        Cell(_figure(row.reported), "figure"),
        Cell(_figure(row.recomputed), "figure"),
        Cell(row.difference, "signed"),
        Cell(row.grade_reported, "center"),
        Cell(row.grade, "center"),
        Cell(f"{row.grade_reported}→{row.grade}" if row.grade_changed else "", "center"),
        *(
            Cell(count or None, level.value if count else "center")
            for level, count in zip(_LEVELS, counts, strict=True)
        ),
        book.link(sheet, word["out_annotated"] if returned else "", returned),
        Cell(row.path, "path"),
    ]


def _write_departments(book: SheetBook, sheet: Any, overview: Overview, lang: Lang) -> None:
    _head(book, sheet, _DEPARTMENTS, "", lang)
    looks = ["text", *["center"] * 8, "figure", "figure"]
    counts = overview.departments.counted()
    for item in counts:
        statuses = [item.by_status.get(level, 0) for level in ("error", "warning", "info", "clean")]
        findings = [item.findings.get(level, 0) for level in _LEVELS]
        name = item.department or words(lang)["no_department"]
        means = [item.reported, item.recomputed]
        book.row(sheet, [name, item.forms, *statuses, *findings, *means], looks)
    sheet.auto_filter.ref = f"A3:K{3 + len(counts)}"


def _write_rules(book: SheetBook, sheet: Any, overview: Overview, lang: Lang) -> None:
    _head(book, sheet, _RULES, "", lang)
    rules = overview.rules()
    for item in rules:
        level = item.level.value
        share = Decimal(item.forms) / max(1, len(overview.rows))
        looks = ["center", "text", level, "center", "center", "percent"]
        named = f"{MARKS[level]} {words(lang)[level]}"
        values: list[Value] = [
            item.code, item.title, named, item.forms, item.findings, share,
        ]  # fmt: skip
        book.row(sheet, values, looks)
    sheet.auto_filter.ref = f"A3:F{3 + len(rules)}"


_FINDING_LOOKS = ("center", "text", "text", "text", "center", *["text"] * 4, "path")


def _figure(text: str) -> Value:
    """A number where it is one, else what stands there."""
    value = number(text)
    return text if value is None else value
