"""Values and rows of a form as the report shows them: HTML, each with what was found at its cell.

A form has some three hundred values, all of which the template would look up and escape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from markupsafe import Markup, escape

from perfeval.findings import FundLine, IndicatorLine
from perfeval.report import amounts
from perfeval.report.phrases import MARKS, words
from perfeval.report.review import Part, Review, by_levels
from perfeval.texts import Lang, plain

_SHORT = 20  # letters that stay in one line
_REASON = 80  # letters of a reason that are shown
_SPECIAL = re.compile("[&<>\"']")
_SHOWN = ("target", "actual", "points", "score")
_PART = """\
    <tr><th scope="row">%s</th><td class="num" data-h="{points}">%s</td>\
<td class="num" data-h="{score}">%s</td><td class="num" data-h="{lost}">%s</td>\
<td class="num" data-h="{range}">%s</td></tr>
"""
_FUND = """\
    <tr><th scope="row">%s %s</th>
    <td class="num" data-h="{initial_budget}">%s</td>
    <td class="num" data-h="{budget}">%s</td>
    <td class="num" data-h="{executed}">%s</td>
    <td class="num" data-h="{points}">%s</td>
    <td class="num" data-h="{rate}">%s</td>
    <td class="num" data-h="{recomputed_rate}">%s</td>
    <td class="num" data-h="{score}">%s</td>
    <td class="num" data-h="{recomputed_score}">%s</td></tr>
"""
_GROUP = """\
    <tbody>
    <tr class="group"><th scope="rowgroup" colspan="8">%s</th></tr>
%s    </tbody>
"""
_LINE = """\
    <tr><th scope="row"><span class="soft">%s</span> %s %s</th>
    <td data-h="{target}">%s</td>
    <td data-h="{actual}">%s</td>
    <td class="num" data-h="{points}">%s</td>
    <td class="num" data-h="{score}">%s</td>
    <td class="num" data-h="{range}">%s%s</td>
    <td class="num" data-h="{difference}">%s</td>
    <td class="wide issues">%s%s%s</td></tr>
"""


class Marked:
    """The values and rows of one form."""

    def __init__(self, review: Review, lang: Lang) -> None:
        self._review, self._lang = review, lang
        self._words = _escaped_words(lang)
        self._none = f'<span class="soft">{self._words["none"]}</span>'
        self._marks = {
            cell: f'<a class="at {item.finding.level}" href="#f{item.number}" '
            f'title="{escaped(item.finding.code)} {escaped(item.finding.title)}">'
            f"{MARKS[item.finding.level]}{cell}</a>"
            for cell, (item, *_) in review.marks.items()
        }

    def text(self, value: str | None) -> Markup:
        """A value that has no cell."""
        return Markup(self._text(value))

    def value(self, value: str | None, cell: str | None) -> Markup:
        """A value and its mark; an empty cell shows as one where something was found at it."""
        return Markup(self._value(value, cell))

    def at(self, cell: str | None) -> Markup:
        """The mark of what was found at a cell first, a link to it; "" for nothing."""
        return Markup(self._at(cell))

    def parts(self) -> Markup:
        """The rows of the parts of the total."""
        row = _pattern(_PART, self._lang)
        return Markup("".join(row % self._part(part) for part in self._review.parts))

    def funds(self) -> Markup:
        """The rows of the money block."""
        row = _pattern(_FUND, self._lang)
        return Markup("".join(row % self._fund(fund) for fund in self._review.form.funds))

    def lines(self) -> Markup:
        """The rows of the indicators, in groups by their levels."""
        row = _pattern(_LINE, self._lang)
        groups = []
        for levels, lines in by_levels(self._review.form.indicators):
            name = " · ".join(escaped(level) for level in levels if level)
            rows = "".join([row % self._line(line) for line in lines])
            groups.append(_GROUP % (name or self._words["blank"], rows))
        return Markup("".join(groups))

    def _part(self, part: Part) -> tuple[str, ...]:
        said = self._words
        name = said["execution"] if part.label is None else escaped(part.label) or said["blank"]
        return (
            name,
            self._text(part.points),
            self._text(part.reported),
            plain(part.lost) if part.lost else said["none"],
            self._text(amounts.span(part.low, part.high)),
        )

    def _fund(self, fund: FundLine) -> tuple[str, ...]:
        value, cell, money, percent = self._value, fund.cells.get, amounts.money, amounts.percent
        return (
            escaped(fund.label),
            self._at(cell("label")),
            value(money(fund.initial_budget) or fund.initial_budget, cell("initial_budget")),
            value(money(fund.budget) or fund.budget, cell("budget")),
            value(money(fund.executed) or fund.executed, cell("executed")),
            value(fund.points, cell("points")),
            value(percent(fund.rate) or fund.rate, cell("rate")),
            self._text(percent(fund.recomputed_rate)),
            value(fund.score, cell("score")),
            self._text(fund.recomputed_score),
        )

    def _line(self, line: IndicatorLine) -> tuple[object, ...]:
        said, cell = self._words, line.cells.get
        due, difference = said.get(f"due_{line.due}"), self._review.difference_of(line)
        values = (line.target, line.actual, line.points, line.reported)
        mark = issues = ""
        if self._marks.keys().isdisjoint(line.cells.values()):  # as in most rows
            shown = [_shown(value) if value else self._none for value in values]
        else:
            mark, issues = self._at(cell("level3")), self._issues(line)
            shown = [self._value(v, cell(n)) for v, n in zip(values, _SHOWN, strict=True)]
        return (
            line.position,
            escaped(line.level3) or said["blank"],
            mark,
            *shown,
            self._text(amounts.span(line.low, line.high)),
            f' <span class="due">{due}</span>' if due else "",
            f'<b class="error">{amounts.signed(difference)}</b>' if difference else said["none"],
            issues,
            f'<span class="reasons">{said["reason"]}{_shortened(line.reason)}</span>'
            if line.reason
            else "",
            f'<span class="soft">{said["placeholder"]}</span>' if line.placeholder else "",
        )

    def _issues(self, line: IndicatorLine) -> str:
        made = []
        for item in self._review.on_line(line):
            found = item.finding
            title, code = escaped(found.title), escaped(found.code)
            told = code if found.level == "info" else f"{code} {title}"
            made.append(
                f'<a class="{found.level}" href="#f{item.number}" title="{title}">'
                f"{MARKS[found.level]} {told}</a>"
            )
        return "".join(made)

    def _text(self, value: str | None) -> str:
        return _shown(value) if value else self._words["none"]

    def _value(self, value: str | None, cell: str | None) -> str:
        mark = self._at(cell)
        if value:
            text = _shown(value)
        elif value is None or not mark:
            text = self._none
        else:
            text = f'<span class="soft">{self._words["blank"]}</span>'
        return f"{text} {mark}" if mark else text

    def _at(self, cell: str | None) -> str:
        return self._marks.get(cell, "") if cell else ""


@lru_cache(1024)  # as of _shown: numbers, levels and names come again and again
def escaped(text: str) -> str:
    """The text as HTML; most have nothing that must be escaped."""
    return str(escape(text)) if _SPECIAL.search(text) else text


@cache
def _escaped_words(lang: Lang) -> Mapping[str, str]:
    return {name: escaped(text) for name, text in words(lang).items()}


@cache
def _pattern(row: str, lang: Lang) -> str:
    """A row with its words in it; the values are still to come."""
    said = _escaped_words(lang)
    return row.format(**{name: text.replace("%", "%%") for name, text in said.items()})


@lru_cache(1024)
def _shown(value: str) -> str:
    way = ' class="fig"' if len(value) < _SHORT else ""
    return f"<span{way}>{escaped(value)}</span>"


def _shortened(reason: str) -> str:
    """As jinja2's truncate: cut at a blank, if that would leave out more than a few letters."""
    if len(reason) > _REASON + 5:
        reason = reason[: _REASON - 3].rsplit(" ", 1)[0] + "..."
    return escaped(reason)
