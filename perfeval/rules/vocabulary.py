"""The fields that an office's own rules may name, in Chinese and in English, and their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfeval.fields import FIELDS
from perfeval.model import State
from perfeval.rows import Rows, plain
from perfeval.rules.expression import Value
from perfeval.tables import Tables

_DIGITS = {"_e4": 4, "_fen": 2, "_e6": 6}  # points; money in 元; rates as fractions, and values


@dataclass(frozen=True, slots=True)
class Word:
    """A field: its column in the rows, the kind of its values, and where a finding is shown.

    `asked` is a column that tells whether the form has the field at all, "" where it always has.
    """

    column: str
    kind: type
    shown_at: str
    asked: str = ""


def vocabulary(table: str) -> Mapping[str, Word]:
    """The words of rules on a table; those of the form itself come last and give way."""
    own = {**_named(_OWN[table], table), **_OWN[table]}
    form = {name: Word(w.column, w.kind, "", w.asked) for name, w in _FORM.items()}
    return own if table == "forms" else {**_chinese(form), **form, **own}


def rows_of(tables: Tables, table: str) -> Rows:
    """The rows of a table with the form's own columns beside them where these clash with none."""
    rows = tables.rows(table)
    if table == "forms":
        return rows
    wanted = {column for w in _FORM.values() for column in (w.column, w.asked) if column}
    return rows.assign(**{c: tables.of_form(rows, c) for c in sorted(wanted - set(rows))})


def values(rows: Rows, words: Mapping[str, Word]) -> Iterator[tuple[Value, ...]]:
    """For each row the value of each word; None where the form does not tell."""
    columns = [list(_values(rows, word)) for word in words.values()]
    return zip(*columns, strict=True)


def _values(rows: Rows, word: Word) -> Iterator[Value]:
    digits = next((n for end, n in _DIGITS.items() if word.column.endswith(end)), 0)
    asked = [True] * len(rows)
    if word.asked:
        asked = [has not in (False, State.ABSENT) for has in plain(rows.column(word.asked))]
    for value, has in zip(plain(rows.column(word.column)), asked, strict=True):
        if value is None or not (has or value):
            yield None
        else:
            yield Decimal(value).scaleb(-digits) if word.kind is Decimal else value


def _named(words: Mapping[str, Word], table: str) -> dict[str, Word]:
    """The same by their Chinese names: those of the form, and of what is read out of it."""
    known = {name: text.zh for name, text in FIELDS[table].items()} | _READ
    return {known[name]: word for name, word in words.items() if name in known}


def _chinese(words: Mapping[str, Word]) -> dict[str, Word]:
    return _named(words, "forms")


def _number(column: str, shown_at: str) -> Word:
    return Word(column, Decimal, shown_at)


def _text(column: str, asked: str = "", shown_at: str = "") -> Word:
    return Word(column, str, shown_at or column, asked)


_READ = {
    "total_points": "总分值",
    "total_score": "总分",
    "region": "地区",
    "layout": "版式",
    "kind": "类别",
    "class1": "指标类别",
    "target_value": "指标数值",
    "actual_value": "完成数值",
}
_FORM = {
    "project": _text("project", "has_project"),
    "department": _text("department", "has_department"),
    "unit": _text("unit", "has_unit"),
    "year": _number("year", "year"),
    "money_unit": _text("money_unit"),
    "total_points": _number("total_points_e4", "total_points"),
    "total_score": _number("total_score_e4", "total_score"),
    "grade": _text("grade", "has_grade"),
    "region": _text("region", shown_at="unit"),
    "layout": _text("layout", shown_at="project"),
}
_OWN: Mapping[str, Mapping[str, Word]] = {
    "forms": {**_FORM, "kind": _text("kind", shown_at="project")},
    "funds": {
        "label": _text("label"),
        "kind": _text("kind", shown_at="label"),
        **{name: _number(f"{name}_fen", name) for name in ("initial_budget", "budget", "executed")},
        "points": _number("points_e4", "points"),
        "rate": _number("rate_e6", "rate"),
        "score": _number("score_e4", "score"),
    },
    "indicators": {
        "level1": _text("level1"),
        "level2": _text("level2"),
        "level3": _text("level3"),
        "class1": _text("class1", shown_at="level1"),
        "target": _text("target", "has_target"),
        "actual": _text("actual", "has_actual"),
        "target_value": _number("target_value_e6", "target"),
        "actual_value": _number("actual_value_e6", "actual"),
        "points": _number("points_e4", "points"),
        "score": _number("score_e4", "score"),
        "reason": _text("reason", "reason_state"),
    },
}
