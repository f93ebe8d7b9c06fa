"""From year to year: forms beside those of the same projects of the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol  # rows of frames mix types

from perfeval import schema
from perfeval.checking import Checked, check
from perfeval.config import Config
from perfeval.extract.levels import first_class, second_class
from perfeval.extract.measure import Measure, parse_measure
from perfeval.findings import FileResult, FormResult, GoalLine, IndicatorLine
from perfeval.identity import Key, key_of
from perfeval.layout.lexicon import lexicon
from perfeval.policy import Policies, own
from perfeval.rules import Rule
from perfeval.tables import Tables

YEAR_RULES = frozenset({"Y105", "Y106"})
_FORMS = (
    "row_id", "form_id", "file_id", "form", "sheet", "layout", "region", "year", "run_year",
    "project", "money_unit",
)  # fmt: skip
_NO_TARGET = Measure("")


@dataclass(frozen=True, slots=True)
class Said:
    """What a form said: goals (expected, actual), indicators (name, target, actual, reason)."""

    goals: tuple[tuple[str, str], ...]
    indicators: tuple[tuple[str, str, str, str], ...]

    @classmethod
    def of(cls, form: FormResult) -> Said:
        return cls(
            tuple((goal.expected or "", goal.actual or "") for goal in form.goals),
            tuple(
                (row.level3, row.target or "", row.actual or "", row.reason or "")
                for row in form.indicators
            ),
        )


class Years(Protocol):
    """Where forms of other years are kept: a ledger, or a folder of last year's."""

    def said(self, keys: Collection[Key]) -> Mapping[Key, Said]:
        """What the forms of these projects and years said, of those that are there."""


def over_years(
    files: Sequence[FileResult],
    years: Sequence[Years],
    rules: Sequence[Rule],
    config: Config,
    *,
    also: Sequence[Rule] = (),
) -> Checked:
    """What the rules over years (among `rules`) say of the forms of `files`, numbered through.

    They are undecided on a form of which none of `years` has the year before. `also` are rules that
    need tables which are not here, and so have nothing to say.
    """
    asked = [*(rule for rule in rules if rule.code in YEAR_RULES), *also]
    forms = [form for file in files for form in file.forms]
    if not asked or not forms:
        return Checked({}, {}, [{} for _ in forms])
    before = [_before(form) if years else None for form in forms]
    known: dict[Key, Said] = {}
    for source in years:
        known |= source.said({key for key in before if key} - known.keys())
    tables = _tables(forms, [known.get(key) if key else None for key in before], config)
    policies = Policies.resolve(
        tables, region=config.region or None, year=config.year, own=own(config.policy)
    )
    return check(tables, policies, rules=asked, lang=config.lang)


def _before(form: FormResult) -> Key | None:
    """The same project a year before; None where the form names no project or year."""
    who, year = key_of(form)
    return Key(who, year - 1) if who and year is not None else None


def _tables(forms: Sequence[FormResult], before: Sequence[Said | None], config: Config) -> Tables:
    """What the rules over years look at, rebuilt from results; rows only where there is both.

    Of `forms` only some columns.
    """
    made = _Made()
    for form_id, (form, said) in enumerate(zip(forms, before, strict=True)):
        row_id = made.add(
            "forms", form_id, form=form.form, sheet=form.sheet, layout=form.layout,
            region=form.region, year=form.year, run_year=config.year, project=form.project or "",
        )  # fmt: skip
        if said is None:
            continue
        for goal in form.goals:
            made.line("goals", form, form_id, goal, expected=goal.expected, actual=goal.actual)
        for row in form.indicators:
            measure = parse_measure(row.target or "")
            made.line(
                "indicators", form, form_id, row,
                position=row.position, level3=row.level3,
                class1=first_class(lexicon(), row.level1, row.level2),
                class2=second_class(lexicon(), row.level2),
                target=row.target, target_kind=measure.kind, target_op=measure.op,
                target_value_e6=measure.value_e6, target_high_e6=measure.high_e6,
                target_unit=measure.unit, actual=row.actual, reason=row.reason,
            )  # fmt: skip
        year = (key_of(form).year or 0) - 1
        made.rows["earlier"] += ((row_id, form_id, year, *row) for row in _earlier(said))
    narrow = schema.rows("forms", made.rows.pop("forms"), _FORMS)
    return Tables.build(made.rows).having(forms=narrow)


class _Made:
    """Rows by table, filled up with what a form does not have."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._ids = count()

    def add(self, table: str, form_id: int, **values: Any) -> int:
        row_id = next(self._ids)
        values |= {"row_id": row_id, "form_id": form_id}
        types = schema.SCHEMAS[table]
        names = _FORMS if table == "forms" else types
        self.rows[table].append(tuple(values.get(name, _ABSENT[types[name]]) for name in names))
        return row_id

    def line(
        self, table: str, form: FormResult, form_id: int, line: GoalLine | IndicatorLine,
        **values: Any,
    ) -> None:  # fmt: skip
        """A row, None taken as blank, with the cells that it was read from."""
        columns = schema.SCHEMAS[table]
        texts = {n: v or "" if columns[n] == schema.TEXT else v for n, v in values.items()}
        row_id = self.add(table, form_id, **texts)
        for field, ref in line.cells.items():
            self.rows["cells"].append(
                (row_id, form_id, table, 0, field, form.sheet, ref, *[""] * 4, None, "")
            )


_ABSENT: Mapping[str, Any] = {schema.INT: 0, schema.NUM: None, schema.TEXT: "", schema.FLAG: False}


def _earlier(said: Said) -> Iterator[tuple[str | int | None, ...]]:
    """The columns of `earlier` behind the year."""
    for expected, actual in said.goals:
        yield _text("goals", "expected", "", expected)
        yield _text("goals", "actual", "", actual)
    for label, target, actual, reason in said.indicators:
        yield _text("indicators", "target", label, target, parse_measure(target))
        yield _text("indicators", "actual", label, actual)
        yield _text("indicators", "reason", label, reason)


def _text(
    table: str, field: str, label: str, text: str, measure: Measure = _NO_TARGET
) -> tuple[str | int | None, ...]:
    value, high = measure.value_e6, measure.high_e6
    return table, field, label, text, measure.kind, measure.op, value, high, measure.unit
