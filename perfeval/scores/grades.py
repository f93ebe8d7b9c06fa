"""Grades of totals, and the cap that an execution rate puts on a total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.exact import IntSeries, as_int64
from perfeval.policy import Policies


def grades(policies: Policies, totals: IntSeries, form_ids: IntSeries) -> pd.Series[str]:
    """The grade of each total (e4) under its form's policy, "" where there is none (89.5 between
    80–89 and 90).
    """
    values, missing = as_int64(totals)
    at = policies.positions[form_ids.to_numpy()]
    found = np.full(len(values), "", dtype=object)
    for number, policy in enumerate(policies.distinct):
        own = (at == number) & ~missing
        for grade in policy["grades"]:
            found[own & (values >= grade.low_e4) & (values <= grade.high_e4)] = grade.name
    return pd.Series(found, index=totals.index, dtype="str")


def stated_grades(policies: Policies, forms: pd.DataFrame) -> pd.Series[str]:
    """The grade that each form states, in the policy's word for it; "" where it knows no such
    word.
    """
    at = policies.positions[forms.form_id.to_numpy()]
    stated = forms.grade.to_numpy()
    found = np.full(len(stated), "", dtype=object)
    for number, policy in enumerate(policies.distinct):
        own = at == number
        for grade in policy["grades"]:
            found[own & np.isin(stated, sorted(grade.names))] = grade.name
    return pd.Series(found, index=forms.index, dtype="str")


def caps(policies: Policies, rates: IntSeries, form_ids: IntSeries) -> IntSeries:
    """The highest total (e4) that each execution rate (e6) allows; NA without a cap for it."""
    values, missing = as_int64(rates)
    at = policies.positions[form_ids.to_numpy()]
    found = np.full(len(values), -1, dtype=np.int64)
    for number, policy in enumerate(policies.distinct):
        own = (at == number) & ~missing
        for cap in reversed(policy["execution_caps"]):
            found[own & (values < cap.below_e6)] = cap.total_e4
    return pd.Series(pd.arrays.IntegerArray(found, found < 0), index=rates.index)
