"""The columns of an indicator table, each read from top to bottom, and the cells behind them."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.extract.draft import ABSENT, FormDraft
from perfeval.extract.fields import points_of, text_state
from perfeval.extract.levels import Level
from perfeval.extract.measure import Measure, parse_measure
from perfeval.extract.noted import At, Field
from perfeval.extract.number import Number
from perfeval.extract.rows import Lines
from perfeval.extract.text import clean_text, clean_texts
from perfeval.model import Cell, State

_SHARED = Number(State.SHARED)
_NO_COLUMN = Measure("none")  # this table does not ask for it, another of the form may
_NO_OPERATOR = frozenset(
    {"定性", "定量", "定性指标", "定量指标", "正向", "反向", "正向指标", "反向指标"}
)


class Columns:
    """Reads the fields of all indicators of a table, one after the other.

    `fields`: the cells behind what was read, in the order in which it was asked for.
    """

    def __init__(self, form: FormDraft, table: Lines) -> None:
        self._form = form
        self._table = table
        self._size = len(table.indicators)
        self.fields: list[Field] = []

    def labels(self, name: str, levels: Sequence[Level]) -> list[str]:
        """The texts of the labels that the indicators stand under."""
        places, texts = [level.place for level in levels], [level.text for level in levels]
        cells = {place: self._form.cell(place) for place in set(places)}
        self._note(name, places, [cells[place] for place in places], texts)
        return texts

    def texts(self, role: str) -> list[str]:
        """What is written in a column; "" where the table has none."""
        seen = self._table.seen.get(role)
        if seen is None:
            return [""] * self._size
        texts, marks = _cleaned(seen.cells)
        self._note(role, seen.places, seen.cells, texts, marks=marks)
        return texts

    def targets(self) -> tuple[list[str], list[Measure]]:
        """The targets, put together where operator, value and unit have columns of their own."""
        if self._table.seen.keys().isdisjoint(("target", "adjusted")):
            return [""] * self._size, [_NO_COLUMN] * self._size
        places, cells = self._target_cells()
        texts, marks = _cleaned(cells)
        if "operator" in self._table.seen or "unit" in self._table.seen:
            operators = ["" if op in _NO_OPERATOR else op for op in self._plain("operator")]
            parts = list(zip(texts, operators, self._plain("unit"), strict=True))
            texts = [_whole(*part) for part in parts]
            measures = [parse_measure(text, op=op, unit=unit) for text, op, unit in parts]
        else:
            measures = [parse_measure(text) for text in texts]
        if None in places:
            found = zip(places, measures, strict=True)
            measures = [_NO_COLUMN if place is None else measure for place, measure in found]
        self._note("target", places, cells, texts, marks=marks)
        return texts, measures

    def actuals(self) -> tuple[list[str], list[Measure]]:
        """The actual values; the unit may have a column of its own."""
        texts = self.texts("actual")
        if "actual" not in self._table.seen:
            return texts, [_NO_COLUMN] * self._size
        if "unit" not in self._table.seen:
            return texts, [parse_measure(text) for text in texts]
        units = self._plain("unit")
        return texts, [
            parse_measure(text, unit=unit) for text, unit in zip(texts, units, strict=True)
        ]

    def numbers(self, role: str) -> list[Number]:
        """Points or scores. What several rows share counts on the first of them."""
        seen = self._table.seen.get(role)
        if seen is None:
            return [ABSENT] * self._size
        read = points_of(seen.cells)
        numbers, values = [number for number, _ in read], [value for _, value in read]
        marks = [number.marks for number in numbers]
        for n in self._table.displaced:
            marks[n] = (*marks[n], "displaced")
        for n in seen.joint:
            marks[n] = (*marks[n], "shared")
        for n in seen.shared:
            numbers[n], values[n], marks[n] = _SHARED, "", ("shared",)
        decimals = [number.decimals for number in numbers]
        self._note(role, seen.places, seen.cells, values, decimals=decimals, marks=marks)
        return numbers

    def reasons(self) -> tuple[list[str], list[str]]:
        """The reasons and their states; one row below the total may give those of all."""
        below = self._form.layout.reason_rows
        if "reason" in self._table.seen:
            texts = self.texts("reason")
        elif below:
            cell = self._form.cell(below[0])
            text, marks = clean_text(cell.text) if cell is not None else ("", ())
            size, texts = self._size, [text] * self._size
            self._note(
                "reason", below[:1] * size, [cell] * size, texts, marks=[(*marks, "shared")] * size
            )
        else:
            return [""] * self._size, [State.ABSENT._value_] * self._size
        return texts, [text_state(text)._value_ for text in texts]

    def _target_cells(self) -> tuple[Sequence[At | None], Sequence[Cell | None]]:
        """What stands in the column of targets or, where there is something, of adjusted ones."""
        target, adjusted = self._table.seen.get("target"), self._table.seen.get("adjusted")
        places: Sequence[At | None] = [None] * self._size if target is None else target.places
        cells = self._table.cells("target")
        if adjusted is None:
            return places, cells
        changed = [cell is not None for cell in adjusted.cells]
        return (
            [
                new if c else old
                for c, new, old in zip(changed, adjusted.places, places, strict=True)
            ],
            [new or old for new, old in zip(adjusted.cells, cells, strict=True)],
        )

    def _plain(self, role: str) -> list[str]:
        return _cleaned(self._table.cells(role))[0]

    def _note(
        self,
        name: str,
        places: Sequence[At | None],
        cells: Sequence[Cell | None],
        values: Sequence[str],
        *,
        decimals: Sequence[int | None] | None = None,
        marks: Sequence[tuple[str, ...]] | None = None,
    ) -> None:
        none, unmarked = [None] * self._size, [()] * self._size
        self.fields.append(Field(name, places, cells, values, decimals or none, marks or unmarked))


def _cleaned(cells: Sequence[Cell | None]) -> tuple[list[str], list[tuple[str, ...]]]:
    return clean_texts(["" if cell is None else cell.text for cell in cells])


def _whole(text: str, operator: str, unit: str) -> str:
    """≥, 95 and % as one text."""
    if not text:
        return ""
    whole = text if unit and text.endswith(unit) else text + unit
    return whole if not operator or text.startswith(operator) else operator + whole
