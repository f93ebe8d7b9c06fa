"""Texts of totals, and the cap that an execution rate puts on a total."""

from __future__ import annotations

import numpy as np

from perfeval.exact import IntArray, Ints, Texts, as_int64, holds, where
from perfeval.masked import Masked
from perfeval.policy import Policies
from perfeval.rows import Rows


def grades(policies: Policies, totals: IntArray, form_ids: Ints) -> Texts:
    """The grade of each total (e4) under its form's policy, "" where there is none (89.5 between
    80–89 and 90).
    """
    values, missing = as_int64(totals)
    found = np.full(len(values), "", dtype=object)
    for scale, own in policies.sharing("grades", form_ids):
        told = own & ~missing
        for grade in scale:
            found[told & (values >= grade.low_e4) & (values <= grade.high_e4)] = grade.name
    return found


def stated_grades(policies: Policies, forms: Rows) -> Texts:
    """The grade that each form states, in the policy's word for it; "" where it knows no such
    word.
    """
    words = [
        {name: grade.name for grade in policy["grades"] for name in grade.names}
        for policy in policies.distinct
    ]
    at = policies.positions[forms.form_id].tolist()
    found = np.empty(len(forms), dtype=object)
    found[:] = [words[n].get(stated, "") for n, stated in zip(at, forms.grade, strict=True)]
    return found


def caps(policies: Policies, rates: IntArray, form_ids: Ints) -> IntArray:
    """The highest total (e4) that each execution rate (e6) allows; NA without a cap for it."""
    values, missing = as_int64(rates)
    found = np.full(len(values), -1, dtype=np.int64)
    for steps, own in policies.sharing("execution_caps", form_ids):
        told = own & ~missing
        for cap in reversed(steps):
            found[told & (values < cap.below_e6)] = cap.total_e4
    return Masked(found, found < 0)


def up_to(cap: IntArray, totals: IntArray) -> IntArray:
    """The totals, none of them above its cap; NA is no cap."""
    return where(totals, ~holds(totals > cap), cap)
