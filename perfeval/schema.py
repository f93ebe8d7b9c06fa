"""The columns of every table, their types, and the check at a package's border.

Units are in the names: `_fen` money in 分, `_e4` points in 1/10,000, `_e6` rates and values in
1/1,000,000, `_step_*` the place of the last digit shown (99.96% → 100 in e6), 0 where unknown.
`_state` is model.State.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any  # a row of a table mixes types by nature

import numpy as np

from perfeval.masked import Masked
from perfeval.rows import Column, Rows, as_pandas, texts

if TYPE_CHECKING:
    import pandas as pd

INT = "int64"  # never missing
NUM = "Int64"  # may be NA
TEXT = "str"  # never NA; blank is ""
FLAG = "bool"

SCHEMAS: Mapping[str, Mapping[str, str]] = {
    # one row is a file
    "files": {
        "row_id": INT,
        "file_id": INT,
        "file": TEXT,
        "problem": TEXT,  # "", unreadable, encrypted, no-form
        "detail_zh": TEXT,
        "detail_en": TEXT,
    },
    # one row is a 自评表; form_id is its position in the chunk
    "forms": {
        "row_id": INT,
        "form_id": INT,
        "file_id": INT,
        "file": TEXT,
        "sheet": TEXT,
        "form": TEXT,  # a.xlsx#Sheet1, a.xlsx#Sheet1!2 for a second form on a sheet
        "kind": TEXT,  # project, department, transfer
        "layout": TEXT,  # slug of the family
        "region": TEXT,  # GB/T 2260 code, "" if unknown
        "year": NUM,
        "run_year": NUM,  # the year the run asks for, NA if none
        "project": TEXT,
        "department": TEXT,
        "unit": TEXT,
        "money_unit": TEXT,  # 元, 万元, "" if not stated
        "total_points_e4": NUM,
        "total_points_state": TEXT,
        "total_score_e4": NUM,
        "total_score_step_e4": INT,
        "total_score_state": TEXT,
        "grade": TEXT,
        # what the form asks for (a blank field is asked for and not filled)
        "has_project": FLAG,
        "has_department": FLAG,
        "has_unit": FLAG,
        "has_funds": FLAG,
        "has_rate": FLAG,
        "has_execution_points": FLAG,
        "has_goal": FLAG,
        "has_goal_result": FLAG,
        "has_indicators": FLAG,
        "has_target": FLAG,
        "has_actual": FLAG,
        "has_points": FLAG,
        "has_score": FLAG,
        "has_reason": FLAG,
        "has_total": FLAG,
        "has_grade": FLAG,
        "missing_blocks": TEXT,  # Chinese names joined with 、 of blocks that the layout requires
    },
    # one row is a kind of money
    "funds": {
        "row_id": INT,
        "form_id": INT,
        "position": INT,
        "kind": TEXT,  # total, fiscal, carry_over, other, part
        "level": INT,  # 0 the total, 1 a part of it, 2 a part of a part (counted in its parent)
        "label": TEXT,
        "initial_budget_fen": NUM,
        "initial_budget_step_fen": INT,
        "initial_budget_state": TEXT,
        "budget_fen": NUM,
        "budget_step_fen": INT,
        "budget_state": TEXT,
        "executed_fen": NUM,
        "executed_step_fen": INT,
        "executed_state": TEXT,
        "points_e4": NUM,
        "points_state": TEXT,
        "rate_e6": NUM,
        "rate_step_e6": INT,
        "rate_state": TEXT,
        "score_e4": NUM,
        "score_step_e4": INT,
        "score_state": TEXT,
    },
    # one row is a 年度总体目标
    "goals": {
        "row_id": INT,
        "form_id": INT,
        "position": INT,
        "expected": TEXT,
        "expected_state": TEXT,
        "actual": TEXT,
        "actual_state": TEXT,
    },
    # one row is a 三级指标
    "indicators": {
        "row_id": INT,
        "form_id": INT,
        "position": INT,
        "level1": TEXT,
        "level2": TEXT,
        "level3": TEXT,
        "class1": TEXT,  # output, benefit, satisfaction, cost, process, execution, "" unknown
        # quantity, quality, time, cost, economic, social, ecological, sustained, satisfaction, …
        "class2": TEXT,
        "level1_points_e4": NUM,  # printed in the label: 产出指标（50分）
        "is_part": FLAG,  # a 其中 row whose points are in its parent
        "placeholder": FLAG,  # a template row that was not filled: 指标2：, ……
        "target": TEXT,
        "target_kind": TEXT,  # number, rate, money, date, duration, grade, words, none, blank
        "target_op": TEXT,  # >=, >, <=, <, =, range, "" (no operator)
        "target_value_e6": NUM,
        "target_high_e6": NUM,  # upper end of a range or tolerance
        "target_unit": TEXT,  # base unit: 万亩 is 亩 with its value × 10,000
        "actual": TEXT,
        "actual_kind": TEXT,
        "actual_op": TEXT,
        "actual_value_e6": NUM,
        "actual_high_e6": NUM,
        "actual_unit": TEXT,
        "points_e4": NUM,
        "points_state": TEXT,
        "score_e4": NUM,
        "score_step_e4": INT,
        "score_state": TEXT,
        "reason": TEXT,
        "reason_state": TEXT,
    },
    # one row is an oddity that the reader met: it carries no judgement
    "remarks": {
        "row_id": INT,
        "form_id": INT,
        "file_id": INT,
        "kind": TEXT,  # see extract/remarks.py
        "field": TEXT,
        "text": TEXT,
    },
    # one row is a project of the approved list (register.py); file_id is -1: no form's
    "register": {
        "row_id": INT,
        "file_id": INT,
        "project": TEXT,
        "unit": TEXT,  # "" where the list does not say
        "year": NUM,
        "budget_fen": NUM,
        "budget_step_fen": INT,
    },
    # one row is a form that was returned once and has come back (rounds.py)
    "rounds": {
        "row_id": INT,  # the form's
        "form_id": INT,
        "round": INT,  # the one that it answers to
        "changed": INT,  # values that differ
        "answered": INT,  # replies that were given
    },
    # one row is a finding of the last round that is found again, with the unit's reply
    "replies": {
        "row_id": INT,  # the row it is about, the form's where it has none
        "form_id": INT,
        "field": TEXT,
        "code": TEXT,
        "level": TEXT,  # in the last round
        "cell": TEXT,
        "same": FLAG,  # the reported value is the same
        "handled": TEXT,  # corrected, explained, disputed, other, "" (course.Handled)
        "explains": FLAG,  # the reply says why the finding stays, now or in an earlier round
        "hollow": TEXT,  # why it says nothing: empty, copied, "" (it does say something)
        "explanation": TEXT,
    },
    # one row is a value that differs from the last round
    "changes": {
        "row_id": INT,  # the row it stands in, the form's where that is gone
        "form_id": INT,
        "field": TEXT,  # "" for a whole row
        "before": TEXT,
        "after": TEXT,
        "asked": FLAG,  # a finding had asked for it
    },
    # one row is a text of the same project's form of the year before (years.py)
    "earlier": {
        "row_id": INT,  # that of this year's form
        "form_id": INT,
        "year": INT,
        "table": TEXT,  # goals, indicators
        "field": TEXT,
        "label": TEXT,  # the name of the indicator, 三级指标; "" for a goal
        "text": TEXT,
        "kind": TEXT,  # of a target, as indicators.target_kind; "" for other texts
        "op": TEXT,
        "value_e6": NUM,
        "high_e6": NUM,
        "unit": TEXT,
    },
    # one row is a cell that fed one field: the only table with coordinates
    "cells": {
        "row_id": INT,
        "form_id": INT,
        "table": TEXT,
        "position": INT,
        "field": TEXT,
        "sheet": TEXT,
        "ref": TEXT,
        "raw": TEXT,  # as shown
        "value": TEXT,  # plain decimal notation, or the cleaned text
        "formula": TEXT,
        "number_format": TEXT,
        "decimals": NUM,  # digits after the point as shown
        "marks": TEXT,  # words joined by blanks, see extract/marks.py
    },
}


def rows(table: str, values: Iterable[Sequence[Any]], names: Sequence[str] | None = None) -> Rows:
    """Build a table from row tuples in schema order, or with the columns `names` only."""
    chosen = tuple(names or SCHEMAS[table])
    data = list(zip(*values, strict=True)) or [()] * len(chosen)
    types = SCHEMAS[table]
    columns = {n: column(of, types[n]) for n, of in zip(chosen, data, strict=True)}
    return Rows.made(len(data[0]), **columns)


def drawn(table: str, columns: Sequence[Sequence[Any]]) -> Rows:
    """Build a table from its columns in schema order; each is an array once it is asked for."""
    types = SCHEMAS[table]
    of = dict(zip(types, columns, strict=True))
    return Rows(list(types), len(columns[0]), lambda name: column(of[name], types[name]))


def column(values: Sequence[Any], dtype: str) -> Column:
    """A column of these values; None is NA."""
    if dtype == TEXT:
        return texts(values)
    if dtype == NUM:
        listed = np.fromiter(values, dtype=object, count=len(values))
        missing = listed == None  # noqa: E711  # row by row
        listed[missing] = 0
        return Masked(listed.astype(INT), missing)
    return np.fromiter(values, dtype=dtype, count=len(values))


def frame(table: str, of: Rows) -> pd.DataFrame:
    """The rows of a table as a frame."""
    import pandas as pd

    # kept as Python's own texts, whether or not pyarrow is installed: the same patterns match
    text = pd.StringDtype("python", na_value=np.nan)
    return pd.DataFrame(
        {
            name: pd.array(of.column(name), dtype=text)
            if SCHEMAS[table].get(name) == TEXT
            else as_pandas(of.column(name))
            for name in of
        },
        copy=False,
    )


def check(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return `table` if it has the columns and types of `name`, or raise TypeError."""
    wanted = SCHEMAS[name]
    found = {str(column): str(dtype) for column, dtype in table.dtypes.items()}
    if list(found) != list(wanted) or any(found[c] != wanted[c] for c in wanted):
        differs = {
            c: (found.get(c), wanted.get(c))
            for c in {*found, *wanted}
            if found.get(c) != wanted.get(c)
        }
        raise TypeError(f"table {name!r} does not fit its schema: {differs}")
    return table
