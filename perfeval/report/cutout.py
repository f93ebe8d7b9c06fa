"""The cut-out of a form: the rows that have to be corrected, where they stand on the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from perfeval.fields import field_name
from perfeval.findings import IndicatorLine, Level
from perfeval.model import column_name, parse_ref
from perfeval.report.review import Numbered, Review
from perfeval.texts import Lang, Text

_MOST = 6  # rows: the report lists all of them below
_LEVELS = ("level1", "level2")
_TOTAL = Text("总分", "Total")


@dataclass(frozen=True, slots=True)
class Cut:
    """A cell as it stands on the sheet; `rows` where it is merged downwards."""

    text: str
    ref: str
    rows: int
    columns: int
    marks: tuple[Numbered, ...]

    @property
    def level(self) -> str:
        """The heaviest level found here, "" for none."""
        return min((m.finding.level for m in self.marks), key=lambda o: o.rank, default="") or ""


@dataclass(frozen=True, slots=True)
class Cutout:
    """`letters` and `heads` of its columns, the rows by their number, and how many more there are.

    The last row is the total, where the form has one.
    """

    letters: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cut, ...]], ...]
    more: int


def cutout(review: Review, lang: Lang) -> Cutout | None:
    """The rows of indicators with a finding that asks for something; None where there is none."""
    asking = {ref for ref, items in review.marks.items() if any(map(_asks, items))}
    if not asking:
        return None
    known = [line for line in review.form.indicators if "level3" in line.cells]
    own = [line for line in known if _has(line, asking, beside=_LEVELS)]
    faulty = own or [line for line in known if _has(line, asking)][:1]
    lines = faulty[:_MOST]
    if not lines:
        return None
    columns = _columns(lines)
    rows = [
        (parse_ref(line.cells["level3"])[0], _row(review, lines, n, columns))
        for n, line in enumerate(lines)
    ]
    total = _total(review, columns, lang)
    return Cutout(
        tuple(column_name(col) for col in columns),
        tuple(field_name("indicators", name)(lang) for name in columns.values()),
        (*rows, total) if total else tuple(rows),
        len(faulty) - len(lines),
    )


def _asks(item: Numbered) -> bool:
    return item.finding.level is not Level.INFO


def _has(line: IndicatorLine, asking: Set[str], *, beside: Sequence[str] = ()) -> bool:
    """Whether a cell of the row asks for something, those of the fields `beside` left out."""
    return any(ref in asking for name, ref in line.cells.items() if name not in beside)


def _columns(lines: Sequence[IndicatorLine]) -> Mapping[int, str]:
    """The field under each column, from left to right."""
    found: dict[int, str] = {}
    for line in lines:
        for name, ref in line.cells.items():
            found.setdefault(parse_ref(ref)[1], name)
    return dict(sorted(found.items()))


def _row(
    review: Review, lines: Sequence[IndicatorLine], at: int, columns: Mapping[int, str]
) -> tuple[Cut, ...]:
    line, cells = lines[at], []
    for name in columns.values():
        ref = line.cells.get(name, "")
        merged = name in _LEVELS and bool(ref)
        if merged and at and lines[at - 1].cells.get(name) == ref:
            continue  # the cell began in the row above
        rows = 1
        while merged and at + rows < len(lines) and lines[at + rows].cells.get(name) == ref:
            rows += 1
        text = getattr(line, "reported" if name == "score" else name) or ""
        cells.append(Cut(text, ref, rows, 1, review.at(ref)))
    return tuple(cells)


def _total(
    review: Review, columns: Mapping[int, str], lang: Lang
) -> tuple[int, tuple[Cut, ...]] | None:
    total = review.form.total
    if not total.cell or not total.reported:
        return None
    row, col = parse_ref(total.cell)
    before = [other for other in columns if other < col]
    if col not in columns or not before:
        return None
    after = [Cut("", "", 1, 1, ()) for other in columns if other > col]
    head = Cut(_TOTAL(lang), "", 1, len(before), ())
    return row, (head, Cut(total.reported, total.cell, 1, 1, review.at(total.cell)), *after)
