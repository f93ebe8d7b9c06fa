"""A form while it is written: what it is made from, and where its cells came to stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from perfeval.blank.carried import LastYear
from perfeval.blank.page import Page
from perfeval.blank.printed import Headed, Printed, Span
from perfeval.blank.sections import Section
from perfeval.blank.weights import Weights
from perfeval.model import cell_ref
from perfeval.policy import Policy
from perfeval.texts import points_text


@dataclass(frozen=True, slots=True)
class Rows:
    """Where a section stands: its indicators from `top` to `bottom`, its subtotal below."""

    section: Section
    top: int
    bottom: int

    @property
    def subtotal(self) -> int:
        return self.bottom + 1


@dataclass(slots=True)
class Draft:
    """What every block is written from."""

    page: Page
    printed: Printed
    policy: Policy
    weights: Weights
    last: LastYear
    sections: tuple[Section, ...]
    year: int
    money_unit: str
    notes: Mapping[str, str]
    funds: tuple[int, int] = (0, 0)  # first and last row of money
    rows: list[Rows] = field(default_factory=list)
    head: tuple[int, int] = (0, 0)  # rows of the indicators' heading
    total: int = 0  # row of the total

    def text(self, template: str) -> str:
        """A label with the unit of money and the points that it names."""
        execution = self.weights.execution_e4
        rest = (self.weights.total_e4 or 0) - (execution or 0)
        return template.format(
            unit=self.money_unit,
            points="" if execution is None else points_text(execution),
            rest=points_text(rest),
        )

    def money(self, role: str, row: int | None = None) -> str:
        """The cell of the money block under `role`, in its first row unless said otherwise."""
        return cell_ref(row or self.funds[0], self.printed.money[role].span.first)

    def column(self, role: str) -> Span | None:
        """The columns of an indicator's field, None where the form has none."""
        headed = self.printed.indicators.get(role)
        return headed.span if headed else None

    def cells(self, role: str, rows: Rows) -> str:
        """The range of a field over the indicators of a section; "" where the form has none."""
        span = self.column(role)
        if span is None:
            return ""
        return f"{cell_ref(rows.top, span.first)}:{cell_ref(rows.bottom, span.first)}"

    def scored(self) -> str:
        """The first column of figures: labels of sums stand left of it."""
        return min(
            (role for role in ("points", "score") if role in self.printed.indicators),
            key=lambda role: self.printed.indicators[role].span.first,
        )

    def right_of(self, col: int) -> Iterator[tuple[str, Headed]]:
        """The columns of indicators from `col` on."""
        for role, headed in self.printed.indicators.items():
            if headed.span.first >= col:
                yield role, headed

    def noted(self, ref: str, name: str) -> None:
        """Put the note of a field at its label, if there is one."""
        if name in self.notes:
            self.page.note(ref, self.notes[name])
