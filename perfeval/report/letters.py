"""Which return letters a run writes: one for each unit to which something must go back.

A letter says by a digest at its end that it is as it was written. One whose unit has nothing more
to correct is taken away by that; one that an office has filled in or renamed is nobody's but its.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import PurePosixPath

from perfeval.findings import FileResult, Finding, FormResult, Level, heaviest
from perfeval.ooxml.rawzip import with_comment
from perfeval.outbox import shortened
from perfeval.report.letter_content import Item, Letter, Submitted
from perfeval.report.phrases import words
from perfeval.spool import Rows
from perfeval.texts import Lang, Text
from perfeval.wording import bare_text

ENDING = Text("_退件函.docx", "_return_letter.docx")
MOST_ROWS = 300  # in the table of a letter; the reviews that go with it hold all
MOST_CELLS = 12  # in a row of it
LONGEST_NAME = 150  # bytes of a unit in a file name
_SEVERAL = Text("{title}（{n}处）\n如：{message}", "{title} ({n} places)\nAs in: {message}")
_SAME = Text("{title}（{n}处）\n{message}", "{title} ({n} places)\n{message}")
_MORE_CELLS = Text("{cells} 等", "{cells} …")
_NO_UNIT = Text("单位未填", "unit_not_stated")
_LEVELS = {Level.ERROR: Text("强制", "error"), Level.WARNING: Text("核实", "warning")}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u200b-\u200f\u2028-\u202f\ud800-\udfff\ufeff]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a letter tells of one form."""

    form: Submitted
    findings: tuple[Item, ...]
    enclosures: tuple[str, ...]


@dataclass(slots=True)
class _Unit:
    """What is known of a unit so far. What its letter tells waits on disk."""

    name: str
    years: tuple[int, ...] = ()
    told: array[int] = field(default_factory=lambda: array("q"))  # places of what is told
    rows: int = 0
    listed: int = 0  # findings that the rows tell of
    errors: int = 0
    warnings: int = 0

    @property
    def is_due(self) -> bool:
        """Whether something must go back to it."""
        return bool(self.errors or self.warnings)


@dataclass(slots=True)
class Letters:
    """The letters of a run, file by file. Of a unit no more is kept than its letter shows."""

    lang: Lang = "zh"
    _units: dict[str, _Unit] = field(default_factory=dict)
    _told: Rows[_Told] = field(default_factory=lambda: Rows(_Told))

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
        from perfeval.report.letter import Letterhead  # Word takes as long to import as a check

        due = [unit for unit in self._units.values() if unit.is_due]
        if not due:
            return
        head = Letterhead(self.lang, templates)
        taken: set[str] = set()
        for unit in due:
            name = _free(self._name(unit), taken) + ENDING(self.lang)
            document = head.document(self._letter(unit, reply_by, dated))
            yield name, with_comment(document, _digest(name, document))

    def settled(self) -> list[str]:
        """The names that letters would have to units to which nothing has to go back (any more)."""
        units = self._units.values()
        due = {self._name(unit).casefold() for unit in units if unit.is_due}
        names = dict.fromkeys(self._name(unit) for unit in units)
        return [name + ENDING(self.lang) for name in names if name.casefold() not in due]

    def _name(self, unit: _Unit) -> str:
        return safe_name(unit.name) or _NO_UNIT(self.lang)

    def _unit(self, name: str) -> _Unit:
        return self._units.setdefault(bare_text(name), _Unit(" ".join(name.split())))

    def _add(
        self, unit: _Unit, file: FileResult, form: FormResult | None, findings: list[Finding]
    ) -> None:
        said, blank = words(self.lang), "—"
        forms = (form,) if form else ()
        verdict = "unreadable" if file.status == "unreadable" else heaviest(findings, forms)
        counts = {level: sum(f.level is level for f in findings) for level in _LEVELS}
        path = PurePosixPath(file.path).name
        submitted = Submitted(
            number=len(unit.told) + 1,
            project=(form.project if form else None) or blank,
            file=path,
            sheet=form.sheet if form else "",
            reported=(form.total.reported if form else None) or blank,
            recomputed=(form.total.capped if form else None) or blank,
            verdict=said[f"verdict_{verdict}"],
            errors=counts[Level.ERROR],
            warnings=counts[Level.WARNING],
        )
        if form is not None and form.year is not None and form.year not in unit.years:
            unit.years = (*unit.years, form.year)
        weighty = [finding for finding in findings if finding.level in _LEVELS]
        listed = _alike(weighty)[: MOST_ROWS - unit.rows]
        items = tuple(
            _item(number, path, alike, self.lang)
            for number, alike in enumerate(listed, unit.rows + 1)
        )
        returned = [file.outputs.get(kind) for kind in ("annotated", "corrected") if weighty]
        enclosures = tuple(PurePosixPath(name).name for name in returned if name)
        unit.told.append(self._told.add(_Told(submitted, items, enclosures)))
        unit.rows += len(items)
        unit.listed += sum(map(len, listed))
        unit.errors += counts[Level.ERROR]
        unit.warnings += counts[Level.WARNING]

    def _letter(self, unit: _Unit, reply_by: date | None, dated: date | None) -> Letter:
        told = [self._told.at(place) for place in unit.told]
        files = len({one.form.file for one in told})
        several = len(told) > 1
        return Letter(
            unit=unit.name,
            year=str(unit.years[0]) if len(unit.years) == 1 else "",
            submissions=tuple(one.form for one in told),
            findings=tuple(
                _placed(item, file=files > 1, sheet=several)
                for one in told
                for item in one.findings
            ),
            errors=unit.errors,
            warnings=unit.warnings,
            more=unit.errors + unit.warnings - unit.listed,
            enclosures=tuple(dict.fromkeys(name for one in told for name in one.enclosures)),
            reply_by=day(reply_by, self.lang),
            date=day(dated, self.lang),
        )


def _alike(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of a form that one row can tell: those of one rule with the same to be done."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.level, f.code, f.title, f.sheet, f.basis, f.advice), []).append(f)
    return list(groups.values())


def _item(number: int, path: str, alike: Sequence[Finding], lang: Lang) -> Item:
    first = alike[0]
    what = f"{first.title}\n{first.message}"
    if len(alike) > 1:
        same = len({finding.message for finding in alike}) == 1
        told = _SAME if same else _SEVERAL
        what = told(lang, title=first.title, n=len(alike), message=first.message)
    cells = list(dict.fromkeys(finding.cell for finding in alike if finding.cell))
    shown = " ".join(cells[:MOST_CELLS])  # a narrow column breaks lines at blanks alone
    return Item(
        number=number,
        level=_LEVELS[first.level](lang),
        code=first.code,
        file=path,
        sheet=first.sheet or "",
        cell=_MORE_CELLS(lang, cells=shown) if len(cells) > MOST_CELLS else shown,
        place="",
        what=what,
        basis="\n".join(first.basis),
        remedy=first.advice,
    )


def _placed(item: Item, *, file: bool, sheet: bool) -> Item:
    """The finding with its place; file and sheet only where the unit has several of them."""
    parts = (item.file if file else "", item.sheet if sheet else "", item.cell)
    return replace(item, place="\n".join(part for part in parts if part) or item.sheet)


def is_as_written(name: str, content: bytes) -> bool:
    """Whether a file is a letter that we wrote under this name, and nobody has changed it since."""
    document = with_comment(content, b"")
    return content == with_comment(document, _digest(name, document))


def _digest(name: str, document: bytes) -> bytes:
    return b"perfeval " + hashlib.sha256(name.encode() + b"\0" + document).hexdigest().encode()


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
    return shortened(name, LONGEST_NAME)


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered where it is taken (case does not count on every system)."""
    names = (name if number == 1 else f"{name}({number})" for number in count(1))
    free = next(candidate for candidate in names if candidate.casefold() not in taken)
    taken.add(free.casefold())
    return free
