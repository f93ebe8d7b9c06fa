"""A year at a glance: a row a form, counts by department and by rule, distributions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfeval.findings import FileResult, Finding, FormResult, Level
from perfeval.report.amounts import in_yuan, number
from perfeval.report.masking import mask
from perfeval.report.review import corrected_total, settled_grade, verdict
from perfeval.texts import plain

SCORE_BINS = (0, 60, 70, 80, 85, 90, 95, 98, 100)
RATE_BINS = (0, 50, 60, 70, 80, 90, 95, 100)  # in percent; above 100 has a bin of its own


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
    recomputed: str  # after the corrections of listed scores
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


@dataclass(frozen=True, slots=True)
class DepartmentCount:
    """The forms of one department."""

    department: str
    forms: int
    by_status: Mapping[str, int]
    findings: Mapping[Level, int]
    reported: Decimal | None  # means, over the forms that have a figure
    recomputed: Decimal | None


@dataclass(slots=True)
class Overview:
    """Grows file by file, so that a batch need not stand in memory; keeps rows and counts only."""

    with_masks: bool = True
    files: int = 0
    rows: list[Row] = field(default_factory=list)
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
            self.rows.append(self._row(file, None, file.findings))
        for i, form in enumerate(file.forms):
            findings = form.findings if i else file.findings + form.findings
            self._count(findings)
            self.rows.append(self._row(file, form, findings))

    def _count(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            self._titles.setdefault(finding.code, (finding.title, finding.level))
            self._found[finding.code] += 1
        self._forms.update({finding.code for finding in findings})

    def _row(self, file: FileResult, form: FormResult | None, findings: Sequence[Finding]) -> Row:
        text = self._text
        total = form and form.total
        money = next((f for f in form.funds if f.kind == "total"), None) if form else None
        reported, recomputed = (total.reported, total.recomputed) if total else (None, None)
        corrected = corrected_total(form) if form else None
        recomputed = recomputed if corrected is None else plain(corrected)
        one, other = number(reported), number(recomputed)
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
            recomputed=recomputed or "",
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

    def departments(self) -> list[DepartmentCount]:
        """The departments, those with most to correct first; forms without one under ""."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.form:
                groups.setdefault(row.department, []).append(row)
        counts = [_department(name, rows) for name, rows in groups.items()]
        return sorted(counts, key=lambda d: (-d.by_status.get("error", 0), -d.forms, d.department))

    def statuses(self) -> Mapping[str, int]:
        """Rows by status."""
        return Counter(row.status for row in self.rows)

    def years(self) -> list[int]:
        return sorted({row.year for row in self.rows if row.year is not None})

    def period(self) -> str:
        """2021, or 2019–2024; "" where no form states a year."""
        years = self.years()
        return "–".join(map(str, dict.fromkeys((years[0], years[-1])))) if years else ""

    def scores(self, of: Callable[[Row], str]) -> list[int]:
        """How many totals fall into each of SCORE_BINS; the last bin is 100 itself and above."""
        return _histogram((number(of(row)) for row in self.rows), SCORE_BINS)

    def rates(self) -> list[int]:
        """How many execution rates fall into each of RATE_BINS, then 100% itself, then above."""
        values = (number(row.rate) for row in self.rows)
        percents = [value * 100 for value in values if value is not None]
        counted = _histogram((value for value in percents if value <= 100), RATE_BINS)
        return [*counted, sum(value > 100 for value in percents)]


def _department(name: str, rows: Sequence[Row]) -> DepartmentCount:
    findings: Counter[Level] = Counter()
    for row in rows:
        findings.update(row.counts)
    return DepartmentCount(
        name,
        len(rows),
        Counter(row.status for row in rows),
        findings,
        _mean(row.reported for row in rows),
        _mean(row.recomputed for row in rows),
    )


def _mean(texts: Iterable[str]) -> Decimal | None:
    values = [value for value in map(number, texts) if value is not None]
    return round(sum(values, Decimal(0)) / len(values), 2) if values else None


def _histogram(values: Iterable[Decimal | None], bins: Sequence[int]) -> list[int]:
    counts = [0] * len(bins)
    for value in values:
        if value is not None:
            counts[max(0, sum(value >= edge for edge in bins) - 1)] += 1
    return counts
