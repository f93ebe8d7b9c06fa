"""Which return letters a run writes: one for each unit to which something must go back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from perfeval.findings import FileResult, Finding, FormResult, Level, heaviest
from perfeval.report.phrases import words
from perfeval.texts import Lang, Text
from perfeval.wording import bare_text

if TYPE_CHECKING:
    from perfeval.report.letter import Item, Letter, Submitted

ENDING = Text("_退件函.docx", "_return_letter.docx")
MOST_FINDINGS = 300  # in the table of a letter; the reviews that go with it hold all
LONGEST_NAME = 150  # bytes of a unit in a file name
_NO_UNIT = Text("单位未填", "unit_not_stated")
_LEVELS = {Level.ERROR: Text("强制", "error"), Level.WARNING: Text("核实", "warning")}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u200b-\u200f\u2028-\u202f\ud800-\udfff\ufeff]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


@dataclass(slots=True)
class _Unit:
    """What is known of a unit's submissions so far."""

    name: str
    years: set[int] = field(default_factory=set)
    submissions: list[Submitted] = field(default_factory=list)
    findings: list[Item] = field(default_factory=list)
    counts: dict[Level, int] = field(default_factory=lambda: dict.fromkeys(_LEVELS, 0))
    enclosures: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Letters:
    """The letters of a run, file by file. Of a unit no more is kept than its letter shows."""

    lang: Lang = "zh"
    _units: dict[str, _Unit] = field(default_factory=dict)

    def add(self, file: FileResult) -> None:
        """Take in a file with its outputs. What holds no form is of no unit that is known."""
        if not file.forms:
            self._add(self._unit(""), file, None, list(file.findings))
        for number, form in enumerate(file.forms):
            own = list(file.findings) if number == 0 else []
            unit = self._unit(form.unit or form.department or "")
            self._add(unit, file, form, [*own, *form.findings])

    def made(
        self, *, reply_by: date | None = None, dated: date | None = None, templates: str = ""
    ) -> Iterator[tuple[str, bytes]]:
        """File name and document of each letter, in the order in which the units first appeared.

        A unit gets one where a submission of its has errors or warnings. No clock is read: without
        `dated` the office fills in the date. Raises UsageError when a template is broken.
        """
        from perfeval.report.letter import letter_docx  # Word takes as long to import as a check

        taken: set[str] = set()
        for unit in self._units.values():
            if any(unit.counts.values()):
                letter = self._letter(unit, reply_by, dated)
                name = _free(safe_name(unit.name) or _NO_UNIT(self.lang), taken)
                document = letter_docx(letter, lang=self.lang, templates=templates)
                yield name + ENDING(self.lang), document

    def _unit(self, name: str) -> _Unit:
        return self._units.setdefault(bare_text(name), _Unit(" ".join(name.split())))

    def _add(
        self, unit: _Unit, file: FileResult, form: FormResult | None, findings: list[Finding]
    ) -> None:
        from perfeval.report.letter import Item, Submitted

        said, blank = words(self.lang), "—"
        forms = (form,) if form else ()
        verdict = "unreadable" if file.status == "unreadable" else heaviest(findings, forms)
        counts = {level: sum(f.level is level for f in findings) for level in _LEVELS}
        path = PurePosixPath(file.path).name
        unit.submissions.append(
            Submitted(
                number=len(unit.submissions) + 1,
                project=(form.project if form else None) or blank,
                file=path,
                sheet=form.sheet if form else "",
                reported=(form.total.reported if form else None) or blank,
                recomputed=(form.total.recomputed if form else None) or blank,
                verdict=said[f"verdict_{verdict}"],
                errors=counts[Level.ERROR],
                warnings=counts[Level.WARNING],
            )
        )
        if form is not None and form.year is not None:
            unit.years.add(form.year)
        weighty = [finding for finding in findings if finding.level in _LEVELS]
        for finding in weighty[: MOST_FINDINGS - len(unit.findings)]:
            unit.findings.append(
                Item(
                    number=len(unit.findings) + 1,
                    level=_LEVELS[finding.level](self.lang),
                    code=finding.code,
                    file=path,
                    sheet=finding.sheet or "",
                    cell=finding.cell or "",
                    place="",
                    what=f"{finding.title}\n{finding.message}",
                    basis="\n".join(finding.basis),
                    remedy=finding.advice,
                )
            )
        for level, number in counts.items():
            unit.counts[level] += number
        if weighty:
            returned = (file.outputs.get(kind) for kind in ("annotated", "corrected"))
            names = dict.fromkeys(PurePosixPath(name).name for name in returned if name)
            unit.enclosures |= names

    def _letter(self, unit: _Unit, reply_by: date | None, dated: date | None) -> Letter:
        from perfeval.report.letter import Letter

        findings = sum(unit.counts.values())
        files = len({form.file for form in unit.submissions})
        several = len(unit.submissions) > 1
        return Letter(
            unit=unit.name,
            year=str(min(unit.years)) if len(unit.years) == 1 else "",
            submissions=tuple(unit.submissions),
            findings=tuple(_placed(i, file=files > 1, sheet=several) for i in unit.findings),
            errors=unit.counts[Level.ERROR],
            warnings=unit.counts[Level.WARNING],
            more=findings - len(unit.findings),
            enclosures=tuple(unit.enclosures),
            reply_by=day(reply_by, self.lang),
            date=day(dated, self.lang),
        )


def _placed(item: Item, *, file: bool, sheet: bool) -> Item:
    """The finding with its place; file and sheet only where the unit has several of them."""
    parts = (item.file if file else "", item.sheet if sheet else "", item.cell)
    return replace(item, place="\n".join(part for part in parts if part) or item.sheet)


def day(when: date | None, lang: Lang) -> str:
    """A date as letters write it; "" for none."""
    if when is None:
        return ""
    if lang == "zh":
        return f"{when.year}年{when.month}月{when.day}日"
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def safe_name(text: str) -> str:
    """The text as the beginning of a file name on any system; "" where nothing of it is left."""
    name = " ".join(_UNSAFE.sub(" ", text).split()).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    encoded = name.encode()
    if len(encoded) <= LONGEST_NAME:
        return name
    kept = encoded[: LONGEST_NAME - 9].decode(errors="ignore")
    return f"{kept}~{hashlib.sha256(encoded).hexdigest()[:8]}"


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered where it is taken (case does not count on every system)."""
    names = (name if number == 1 else f"{name}({number})" for number in count(1))
    free = next(candidate for candidate in names if candidate.casefold() not in taken)
    taken.add(free.casefold())
    return free
