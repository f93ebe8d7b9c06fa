"""Values of a form as the report shows them: HTML, each with what was found at its cell.

A form has some three hundred of them; made here a report takes half the time.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from perfeval.findings import FundLine, IndicatorLine
from perfeval.report import amounts
from perfeval.report.phrases import MARKS, words
from perfeval.report.review import Review
from perfeval.texts import Lang

_SHORT = 20  # letters that stay in one line
_MONEY = ("initial_budget", "budget", "executed")


class Marked:
    """The values of one form."""

    def __init__(self, review: Review, lang: Lang) -> None:
        self._marks = review.marks
        said = words(lang)
        self._none, self._blank = escape(said["none"]), escape(said["blank"])

    def text(self, value: str | None) -> Markup:
        """A value that has no cell."""
        return _shown(value) if value else self._none

    def value(self, value: str | None, cell: str | None) -> Markup:
        """A value and its mark; an empty cell shows as one where something was found at it."""
        mark = self.at(cell)
        if value:
            text = _shown(value)
        else:
            said = self._none if value is None or not mark else self._blank
            text = Markup(f'<span class="soft">{said}</span>')
        return Markup(f"{text} {mark}") if mark else text

    def at(self, cell: str | None) -> Markup:
        """The mark of what was found at a cell first, a link to it; "" for nothing."""
        items = self._marks.get(cell, ()) if cell else ()
        if not items:
            return Markup("")
        number, found = items[0].number, items[0].finding
        return Markup(
            f'<a class="at {found.level}" href="#f{number}" '
            f'title="{escape(found.code)} {escape(found.title)}">{MARKS[found.level]}{cell}</a>'
        )

    def fund(self, fund: FundLine) -> Mapping[str, Markup]:
        """The values of a row of the money block, by field; of its label the mark."""
        shown = {
            **{name: amounts.money(getattr(fund, name)) for name in _MONEY},
            "points": fund.points,
            "rate": amounts.percent(fund.rate),
            "score": fund.score,
        }
        cells = fund.cells
        return {
            "label": self.at(cells.get("label")),
            **{
                name: self.value(text or getattr(fund, name), cells.get(name))
                for name, text in shown.items()
            },
            "recomputed_rate": self.text(amounts.percent(fund.recomputed_rate)),
            "recomputed_score": self.text(fund.recomputed_score),
        }

    def line(self, line: IndicatorLine) -> Mapping[str, Markup]:
        """The values of an indicator, by field; of its name the mark."""
        cells = line.cells
        return {
            "level3": self.at(cells.get("level3")),
            "target": self.value(line.target, cells.get("target")),
            "actual": self.value(line.actual, cells.get("actual")),
            "points": self.value(line.points, cells.get("points")),
            "score": self.value(line.reported, cells.get("score")),
            "range": self.text(amounts.span(line.low, line.high)),
        }


def _shown(value: str) -> Markup:
    way = ' class="fig"' if len(value) < _SHORT else ""
    return Markup(f"<span{way}>{escape(value)}</span>")
