"""A sample: its sheets, and what a check of it must find."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # JSON is untyped

from .page import Page
from .save import delimited, xlsx


@dataclass(frozen=True, slots=True)
class Truth:
    """What a form says.

    `indicators` counts rows that are not left over from the template; `recomputed` is the sum of
    the listed scores; `grade` is that of `recomputed`, "" where missing scores may change it.
    """

    layout: str
    region: str
    year: int
    money_unit: str
    indicators: int
    reported: str
    recomputed: str
    grade: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that must be there, at the cell of a field or at `cell`; or without any."""

    code: str
    table: str = ""
    position: int = 0
    field: str = ""
    form: int = 1
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file. `ending` is xlsx, csv (GB18030, commas) or txt (UTF-8, tabs)."""

    stem: str
    pages: tuple[Page, ...]
    forms: tuple[Truth, ...]
    findings: Sequence[Expected] = ()
    ending: str = "xlsx"
    author: str = "财务科"

    @property
    def name(self) -> str:
        return f"{self.stem}.{self.ending}"

    def content(self) -> bytes:
        """The bytes of the file."""
        if self.ending == "csv":
            return delimited(self.pages[0], separator=",", encoding="gb18030")
        if self.ending == "txt":
            return delimited(self.pages[0], separator="\t", encoding="utf-8")
        return xlsx(self.pages, author=self.author)

    def expected(self) -> str:
        """What a check must find, as the JSON that stands beside the file."""
        page = self.pages[0]
        forms = [
            {
                "layout": form.layout,
                "region": form.region,
                "year": form.year,
                "money_unit": form.money_unit,
                "indicators": form.indicators,
                "reported": form.reported or None,
                "recomputed": form.recomputed or None,
                "grade": form.grade or None,
            }
            for form in self.forms
        ]
        findings = sorted((self._finding(page, e) for e in self.findings), key=_by_code)
        document = {"workbook": self.name, "forms": forms, "findings": findings}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def _finding(self, page: Page, expected: Expected) -> dict[str, Any]:
        cell = expected.cell
        if expected.field:
            cell = page.where(expected.table, expected.position, expected.field, form=expected.form)
        sheet = page.name if self.ending == "xlsx" else self.stem
        return {"code": expected.code, "sheet": sheet if cell else None, "cell": cell or None}


def _by_code(finding: dict[str, Any]) -> tuple[str, int, str]:
    cell = finding["cell"] or ""
    return finding["code"], int(cell[1:] or 0), cell
