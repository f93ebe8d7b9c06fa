"""The policies of all forms of a chunk, and their parameters as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload  # columns mix types by nature

import numpy as np

from perfeval import schema
from perfeval.exact import Flags, Ints
from perfeval.findings import Level
from perfeval.policy import files
from perfeval.policy.files import PolicyFile
from perfeval.policy.keys import KEYS
from perfeval.policy.policy import Policy, Shown, load
from perfeval.rows import Column, Rows, as_pandas
from perfeval.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Policies:
    """`distinct` policies, and for each form_id the position of its own among them."""

    distinct: tuple[Policy, ...]
    positions: np.ndarray[Any, np.dtype[np.intp]]
    parameters: Rows  # one row a distinct policy
    whole: Policy  # of the call: what holds for a file that has no form
    found: tuple[str, ...] = ()  # "region", "year": those that the forms themselves say
    kept: list[tuple[Tables, Any]] = field(default_factory=list, repr=False, compare=False)

    @classmethod
    def resolve(
        cls,
        of: Tables | pd.DataFrame,
        *,
        region: str | None = None,
        year: int | None = None,
        own: str | Path | PolicyFile | None = None,
    ) -> Policies:
        """The policy of every form in `of` (tables, or their `forms`).

        `region` and `year` overrule what was found in the forms; `own` is a policy file of the
        office.
        Raises PolicyError when a file is malformed or `region` is no code and no name of a policy.
        """
        forms = of.rows("forms") if isinstance(of, Tables) else Rows.of(of)
        office = own if isinstance(own, PolicyFile) else files.own(own or "")
        whole = load(region or "", year, own=office)
        found = tuple(what for what, told in (("region", region), ("year", year)) if told is None)
        keys = [
            (of_form if region is None else region, _first(year, stated, asked), layout)
            for of_form, stated, asked, layout in forms.values(
                "region", "year", "run_year", "layout"
            )
        ]
        places = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        distinct = tuple(load(code, at, layout=slug, own=office) for code, at, slug in places)
        positions = np.array([places[key] for key in keys], dtype=np.intp)
        return cls(distinct, positions, _parameters(distinct), whole, found)

    def of(self, form_id: int) -> Policy:
        """The policy of one form; of the whole call for a file (form_id -1)."""
        if form_id < 0:
            return self.whole
        return self.distinct[int(self.positions[form_id])]

    @overload
    def onto(self, rows: Rows, *columns: str) -> Rows: ...

    @overload
    def onto(self, rows: pd.DataFrame, *columns: str) -> pd.DataFrame: ...

    def onto(self, rows: Rows | pd.DataFrame, *columns: str) -> Rows | pd.DataFrame:
        """Return `rows` with the policy of each row's form joined as columns (all, or those named).

        Takes:  form_id; any index.     Adds: the columns of policy.keys.KEYS, NA where left open.
        """
        wanted = columns or tuple(self.parameters)
        if isinstance(rows, Rows):
            return rows.assign(**{name: self.column(rows, name) for name in wanted})
        own = Rows.of(rows[["form_id"]])
        return rows.assign(**{name: as_pandas(self.column(own, name)) for name in wanted})

    def column(self, rows: Rows, name: str) -> Column:
        """One parameter for each row."""
        return self.parameters.column(name)[self.positions[rows.form_id]]

    def allows(self, rows: Rows | pd.DataFrame, column: str, word: str) -> Flags:
        """Whether the policy of each row's form has `word` in a column of words."""
        has = [word in words.split() for words in self.parameters.column(column)]
        return self._flags(has, rows)

    def sharing(self, key: str, form_ids: Ints) -> Iterator[tuple[Any, Flags]]:
        """Each value that a parameter has in these policies, with where among `form_ids` it holds;
        most of them share one.
        """
        values = [policy[key] for policy in self.distinct]
        places = {id(value): number for number, value in enumerate(values)}
        at = np.array([places[id(value)] for value in values], dtype=np.intp)
        at = at[self.positions[form_ids]]
        return ((values[place], at == place) for place in places.values())

    def is_stated(self, rows: Rows | pd.DataFrame, key: str) -> Flags:
        """Whether a text states the parameter for each row's form, and not merely practice."""
        stated = [policy.is_stated(key) for policy in self.distinct]
        return self._flags(stated, rows)

    def _flags(self, flags: list[bool], rows: Rows | pd.DataFrame) -> Flags:
        """One flag a distinct policy → one a row."""
        spread: Flags = np.array(flags, dtype=bool)[self.positions[np.asarray(rows.form_id)]]
        return spread

    def level(self, form_id: int, code: str, default: Level) -> Level:
        """The level of a rule on a form, `default` where the policy does not change it."""
        return self.of(form_id).level(code, default)

    def is_off(self, form_id: int, code: str) -> bool:
        return bool(self.off_reason(form_id, code))

    def off_reason(self, form_id: int, code: str) -> str:
        """Why a rule is switched off on a form, "" where it is not."""
        return self.of(form_id).off_reason(code)

    def off(self, code: str) -> Flags:
        """Whether a rule is switched off, for each form."""
        if not any(code in policy.settings for policy in self.distinct):
            return np.zeros(len(self.positions), dtype=bool)
        of_policy = [bool(policy.off_reason(code)) for policy in self.distinct]
        flags: Flags = np.array(of_policy, dtype=bool)[self.positions]
        return flags

    def is_trial(self, form_id: int, code: str) -> bool:
        """Whether a rule is only tried out on a form."""
        return self.of(form_id).is_trial(code)

    def sources(self, form_id: int) -> tuple[Shown, ...]:
        """Every parameter of a form's policy with where it came from."""
        return self.of(form_id).sources()

    def once(self, tables: Tables, compute: Callable[[], T]) -> T:
        """What `compute` answers, at the first call on `tables`; kept from then on."""
        for known, result in self.kept:
            if known is tables:
                return result  # type: ignore[no-any-return]  # one kind of result is kept: Scores
        result = compute()
        self.kept[:] = [(tables, result)]
        return result


def _first(*years: int | None) -> int | None:
    return next((year for year in years if year is not None), None)


def _parameters(policies: tuple[Policy, ...]) -> Rows:
    """A column is made when a rule asks for it."""
    keys = {key.column: (name, key.dtype) for name, key in KEYS.items() if key.column}

    def column(of: str) -> Column:
        name, dtype = keys[of]
        return schema.column([policy[name] for policy in policies], dtype)

    return Rows(list(keys), len(policies), column)
