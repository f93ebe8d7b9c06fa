"""Which return letters a run writes: one for each unit to which something must go back.

A letter says by a digest at its end that it is as it was written. One whose unit has nothing more
to correct is taken away by that; one that an office has filled in or renamed is nobody's but its.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import PurePosixPath

from perfeval.findings import FileResult, Finding, FormResult, Level, heaviest
from perfeval.ooxml.rawzip import with_comment
from perfeval.outbox import shortened
from perfeval.packed import Packing
from perfeval.report.letter_content import Item, Letter, Submitted
from perfeval.report.phrases import words
from perfeval.spool import Table
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
    """What a letter tells of one form, its rows at most; `places` is how many each row tells of."""

    form: Submitted
    year: int | None
    findings: tuple[Item, ...]
    places: tuple[int, ...]
    enclosures: tuple[str, ...]


_PACKING = Packing(_Told)


class Letters:
    """The letters of a run, file by file. What they tell waits on disk, under its unit."""

    def __init__(self, lang: Lang = "zh") -> None:
        self.lang = lang
        self._told = Table("unit blob", "name blob", "due", "told blob")

    def add(self, file: FileResult) -> None:
        """Take in a file with its outputs. What holds no form is of no unit that is known."""
        if not file.forms:
            self._add("", _told(file, None, file.findings, self.lang))
        for number, form in enumerate(file.forms):
            findings = form.findings if number else file.findings + form.findings
            unit = form.unit or form.department or ""
            self._add(unit, _told(file, form, findings, self.lang))

    def _add(self, unit: str, told: _Told) -> None:
        key, name = _bytes(bare_text(unit)), _bytes(" ".join(unit.split()))
        self._told.add(key, name, told.form.errors + told.form.warnings, _PACKING.pack(told))

    def made(
        self, *, reply_by: date | None = None, dated: date | None = None, templates: str = ""
    ) -> Iterator[tuple[str, bytes]]:
        """File name and document of each letter, in the order in which the units first appeared.

        A unit gets one where a submission of its has errors or warnings. No clock is read: without
        `dated` the office fills in the date. Raises UsageError when a template is broken.
        """
        from perfeval.report.letter import Letterhead  # Word takes as long to import as a check

        head = None
        taken: set[str] = set()
        for key, unit, due in self._units():
            if due:
                head = head or Letterhead(self.lang, templates)
                name = _free(self._name(unit), taken) + ENDING(self.lang)
                document = head.document(_letter(unit, self._of(key), reply_by, dated, self.lang))
                yield name, with_comment(document, _digest(name, document))

    def settled(self) -> list[str]:
        """The names that letters would have to units to which nothing has to go back (any more)."""
        due = {self._name(unit).casefold() for _, unit, due in self._units() if due}
        names = dict.fromkeys(self._name(unit) for _, unit, _ in self._units())
        return [name + ENDING(self.lang) for name in names if name.casefold() not in due]

    def _units(self) -> Iterator[tuple[bytes, str, bool]]:
        """Key and name of each unit as it first appeared, and whether something must go back."""
        found = self._told.ask(  # SQLite answers other columns from the row that has the least
            "select min(rowid), unit, name, sum(due) from rows group by unit order by min(rowid)"
        )
        return ((key, _text(name), due > 0) for _, key, name, due in found)

    def _of(self, key: bytes) -> list[_Told]:
        self._told.sort("unit")
        found = self._told.ask("select told from rows where unit = ? order by rowid", key)
        return [_PACKING.unpack(told) for (told,) in found]

    def _name(self, unit: str) -> str:
        return safe_name(unit) or _NO_UNIT(self.lang)


def _told(
    file: FileResult, form: FormResult | None, findings: Sequence[Finding], lang: Lang
) -> _Told:
    said, blank = words(lang), "—"
    forms = (form,) if form else ()
    verdict = "unreadable" if file.status == "unreadable" else heaviest(findings, forms)
    weighty = [finding for finding in findings if finding.level in _LEVELS]
    listed = _alike(weighty)[:MOST_ROWS]
    path = PurePosixPath(file.path).name
    errors = sum(f.level is Level.ERROR for f in weighty)
    returned = [file.outputs.get(kind) for kind in ("annotated", "corrected") if weighty]
    return _Told(
        Submitted(
            number=0,  # see _letter
            project=(form.project if form else None) or blank,
            file=path,
            sheet=form.sheet if form else "",
            reported=(form.total.reported if form else None) or blank,
            recomputed=(form.total.capped if form else None) or blank,
            verdict=said[f"verdict_{verdict}"],
            errors=errors,
            warnings=len(weighty) - errors,
        ),
        form.year if form else None,
        tuple(_item(path, alike, lang) for alike in listed),
        tuple(map(len, listed)),
        tuple(PurePosixPath(name).name for name in returned if name),
    )


def _letter(
    unit: str, told: Sequence[_Told], reply_by: date | None, dated: date | None, lang: Lang
) -> Letter:
    files = len({one.form.file for one in told}) > 1
    sheets = len(told) > 1
    years = list(dict.fromkeys(one.year for one in told if one.year is not None))
    rows = [row for one in told for row in zip(one.findings, one.places, strict=True)][:MOST_ROWS]
    errors, warnings = (sum(getattr(one.form, n) for one in told) for n in ("errors", "warnings"))
    return Letter(
        unit=unit,
        year=str(years[0]) if len(years) == 1 else "",
        submissions=tuple(replace(one.form, number=n) for n, one in enumerate(told, 1)),
        findings=tuple(
            _placed(item, n, file=files, sheet=sheets) for n, (item, _) in enumerate(rows, 1)
        ),
        errors=errors,
        warnings=warnings,
        more=errors + warnings - sum(places for _, places in rows),
        enclosures=tuple(dict.fromkeys(name for one in told for name in one.enclosures)),
        reply_by=day(reply_by, lang),
        date=day(dated, lang),
    )


def _alike(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of a form that one row can tell: those of one rule with the same to be done."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.level, f.code, f.title, f.sheet, f.basis, f.advice), []).append(f)
    return list(groups.values())


def _item(path: str, alike: Sequence[Finding], lang: Lang) -> Item:
    first = alike[0]
    what = f"{first.title}\n{first.message}"
    if len(alike) > 1:
        same = len({finding.message for finding in alike}) == 1
        told = _SAME if same else _SEVERAL
        what = told(lang, title=first.title, n=len(alike), message=first.message)
    cells = list(dict.fromkeys(finding.cell for finding in alike if finding.cell))
    shown = " ".join(cells[:MOST_CELLS])  # a narrow column breaks lines at blanks alone
    return Item(
        number=0,  # as the place, see _placed
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


def _placed(item: Item, number: int, *, file: bool, sheet: bool) -> Item:
    """The finding in its row, with its place; file and sheet only where the unit has several."""
    parts = (item.file if file else "", item.sheet if sheet else "", item.cell)
    place = "\n".join(part for part in parts if part) or item.sheet
    return replace(item, number=number, place=place)


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


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered where it is taken (case does not count on every system)."""
    names = (name if number == 1 else f"{name}({number})" for number in count(1))
    free = next(candidate for candidate in names if candidate.casefold() not in taken)
    taken.add(free.casefold())
    return free
