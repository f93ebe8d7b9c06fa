"""A year at a glance: a row a form, counts by department and by rule, distributions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfeval.findings import FileResult, Finding, FormResult, Level
from perfeval.report.amounts import in_yuan, number
from perfeval.report.departments import Departments
from perfeval.report.masking import mask
from perfeval.report.review import due_total, settled_grade, verdict
from perfeval.spool import Rows
from perfeval.texts import plain

SCORE_BINS = (0, 60, 70, 80, 85, 90, 95, 98, 100)
RATE_BINS = (0, 50, 60, 70, 80, 90, 95, 100)  # in percent; above 100 has a bin of its own
_MOST = 20  # forms in a list of those that differ most


@dataclass(frozen=True, slots=True)
class Row:
    """A form, or a file in which no form was found (then `form` is "")."""

    path: str
    form: str
    sheet: str
    status: str  # the heaviest level of this form, clean or unreadable
    project: str
    department: str
    unit: str
    year: int | None
    region: str
    reported: str
    recomputed: str  # after the corrections of listed scores, up to the cap
    difference: Decimal | None
    grade_reported: str
    grade: str
    budget: str  # in 元
    executed: str
    rate: str  # as recomputed, else as reported: a fraction
    counts: Mapping[Level, int]
    codes: tuple[str, ...]
    outputs: Mapping[str, str]
    reason: str

    @property
    def grade_changed(self) -> bool:
        return bool(self.grade_reported and self.grade and self.grade_reported != self.grade)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule hit: findings, and forms (or files) that have it."""

    code: str
    title: str
    level: Level
    findings: int
    forms: int


@dataclass(slots=True)
class Overview:
    """Grows file by file; a batch need not stand in memory: keeps counts, and rows on disk."""

    with_masks: bool = True
    files: int = 0
    forms: int = 0
    totals_changed: int = 0
    grades_changed: int = 0
    rows: Rows[Row] = field(default_factory=lambda: Rows(Row))
    statuses: Counter[str] = field(default_factory=Counter)  # rows by status
    levels: Counter[Level] = field(default_factory=Counter)  # findings by level
    reported: list[int] = field(default_factory=lambda: [0] * len(SCORE_BINS))  # totals by bin, the
    recomputed: list[int] = field(default_factory=lambda: [0] * len(SCORE_BINS))  # last: 100 and up
    rates: list[int] = field(default_factory=lambda: [0] * (len(RATE_BINS) + 1))  # 100%, then above
    departments: Departments = field(default_factory=Departments)
    years: set[int] = field(default_factory=set)
    largest: list[Row] = field(default_factory=list)  # the forms whose totals lie farthest apart
    _titles: dict[str, tuple[str, Level]] = field(default_factory=dict)
    _found: Counter[str] = field(default_factory=Counter)
    _forms: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, files: Iterable[FileResult], *, with_masks: bool = True) -> Overview:
        overview = cls(with_masks)
        for file in files:
            overview.add(file)
        return overview

    def add(self, file: FileResult) -> None:
        """Count one file in."""
        self.files += 1
        if not file.forms:
            self._count(file.findings)
            self._take(self._row(file, None, file.findings))
        for i, form in enumerate(file.forms):
            findings = form.findings if i else file.findings + form.findings
            self._count(findings)
            self._take(self._row(file, form, findings))

    def _take(self, row: Row) -> None:
        self.rows.add(row)
        self.statuses[row.status] += 1
        self.levels.update(row.counts)
        self.totals_changed += bool(row.difference)
        self.grades_changed += row.grade_changed
        if row.year is not None:
            self.years.add(row.year)
        reported, recomputed, rate = map(number, (row.reported, row.recomputed, row.rate))
        _into(self.reported, SCORE_BINS, reported)
        _into(self.recomputed, SCORE_BINS, recomputed)
        if rate is not None and rate > 1:
            self.rates[-1] += 1
        elif rate is not None:
            _into(self.rates, RATE_BINS, rate * 100)
        if row.difference and (len(self.largest) < _MOST or _apart(row) > _apart(self.largest[-1])):
            self.largest = sorted([*self.largest, row], key=_apart, reverse=True)[:_MOST]
        self.forms += bool(row.form)
        self.departments.add(
            row.department, row.status, row.counts, (reported, recomputed), is_form=bool(row.form)
        )

    def _count(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self._titles.setdefault(finding.code, (finding.title, finding.level))
            self._found[finding.code] += 1
        self._forms.update({finding.code for finding in findings})

    def _row(self, file: FileResult, form: FormResult | None, findings: Sequence[Finding]) -> Row:
        text = self._text
        total = form and form.total
        money = next((f for f in form.funds if f.kind == "total"), None) if form else None
        reported = total.reported if total else None
        one, other = number(reported), due_total(form) if form else None
        return Row(
            path=file.path,
            form=form.form if form else "",
            sheet=form.sheet if form else "",
            status=verdict(findings) if form else file.status,
            project=text(form.project) if form else "",
            department=text(form.department) if form else "",
            unit=text(form.unit) if form else "",
            year=form.year if form else None,
            region=form.region if form else "",
            reported=reported or "",
            recomputed="" if other is None else plain(other),
            difference=other - one if one is not None and other is not None else None,
            grade_reported=(total and total.grade_reported) or "",
            grade=settled_grade(form) if form else "",
            budget=in_yuan(money.budget, form.money_unit) if money and form else "",
            executed=in_yuan(money.executed, form.money_unit) if money and form else "",
            rate=(money and (money.recomputed_rate or money.rate)) or "",
            counts=Counter(finding.level for finding in findings),
            codes=tuple(dict.fromkeys(finding.code for finding in findings)),
            outputs=file.outputs,
            reason=text(file.reason or (findings[0].message if findings and not form else "")),
        )

    def _text(self, text: str | None) -> str:
        return mask(text or "") if self.with_masks else text or ""

    def rules(self) -> list[RuleCount]:
        """The rules that hit, the commonest first."""
        return [
            RuleCount(code, *self._titles[code], self._found[code], self._forms[code])
            for code in sorted(self._found, key=lambda code: (-self._forms[code], code))
        ]

    def period(self) -> str:
        """2021, or 2019–2024; "" where no form states a year."""
        years = sorted(self.years)
        return "–".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else ""


def _apart(row: Row) -> Decimal:
    return abs(row.difference or Decimal(0))


def _into(counts: list[int], bins: Sequence[int], value: Decimal | None) -> None:
    if value is not None:
        counts[max(0, sum(value >= edge for edge in bins) - 1)] += 1
