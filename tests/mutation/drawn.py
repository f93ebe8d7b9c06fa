"""A form laid out as its template, with the cell of each figure, and what a check says of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any  # a form is JSON, as in tests/forms

from openpyxl.worksheet.worksheet import Worksheet

from perfeval import rules
from perfeval.checking import check
from perfeval.extract import Collector
from perfeval.findings import Finding
from perfeval.policy import Policies
from perfeval.read import read_bytes
from tests.building import Expected, Page, Style, lay_out
from tests.building.printed import _FIELDS, _FUND_FIELDS


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form on a page, not yet saved. `refs` are the cells of its figures by place.

    `stored`: the results of formulas by cell, which openpyxl does not write.
    """

    page: Page
    refs: Mapping[str, str]
    stored: dict[str, str] = field(default_factory=dict)

    @property
    def sheet(self) -> Worksheet:
        return self.page.sheet

    def __getitem__(self, place: str) -> Any:
        """The cell of a place such as "indicators 1 score"."""
        return self.sheet[self.refs[place]]

    def data(self) -> bytes:
        """The workbook as a file."""
        return _with_results(self.page.data(), self.stored)


def draw(figures: Mapping[str, Any], style: Style) -> Drawn:
    page = lay_out(figures, style)
    return Drawn(page, {_place(e): e.cell for e in reversed(page.expected)})


def _place(e: Expected) -> str:
    """How the figures name a field of the tables: "funds 1 full" is the budget of the first."""
    if e.table in FIGURES:
        return f"{e.table} {e.row} {FIGURES[e.table][e.field]}"
    return HEADING[e.field]


FIGURES = {
    "funds": {"label": "label"} | {field: name for name, field in _FUND_FIELDS.items()},
    "indicators": {field: name for name, field in _FIELDS.items() if name != "val"},
}
HEADING = {
    "project": "project_name", "department": "department", "unit": "implementing_unit",
    "year": "year", "expected": "goal_expected", "actual": "goal_actual",
    "total_points": "total weight", "total_score": "total score", "grade": "extra grade",
}  # fmt: skip


def findings_in(files: Sequence[bytes], *, policy: str | None = None) -> list[tuple[Finding, ...]]:
    """What all rules on single forms say of each file; all of them are checked as one chunk."""
    collector = Collector(run_year=2022)
    for number, data in enumerate(files):
        collector.add_workbook(collector.add_file(f"{number}.xlsx"), read_bytes(data, "a.xlsx"))
    tables = collector.tables()
    single, _ = rules.parted(list(rules.catalogue().values()))
    checked = check(tables, Policies.resolve(tables, region=policy), rules=single)
    assert not checked.crashes
    found = [list(checked.by_file.get(number, ())) for number in range(len(files))]
    for form_id, file_id in enumerate(tables.forms.file_id.tolist()):
        found[file_id] += checked.by_form.get(form_id, ())
    return [tuple(findings) for findings in found]


def _with_results(data: bytes, results: Mapping[str, str]) -> bytes:
    if not results:
        return data
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for ref, result in results.items():
                    formula = rf'(<c r="{ref}"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)'
                    stored = rf"\g<1><v>{result}</v>"
                    content, times = re.subn(formula.encode(), stored.encode(), content)
                    assert times == 1, ref
            new.writestr(name, content)
    return made.getvalue()
