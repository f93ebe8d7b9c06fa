"""All scores of a chunk, recomputed at once: the money, the indicators, the totals."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfeval.policy import Policies
from perfeval.scores.execution import recomputed_funds
from perfeval.scores.ranges import recomputed_indicators
from perfeval.scores.totals import recomputed_totals
from perfeval.tables import Tables


@dataclass(frozen=True, slots=True)
class Scores:
    """One frame a table, on the index of the table of that name; see the function that makes each.

    `forms`: scores.totals, `funds`: scores.execution, `indicators`: scores.ranges.
    """

    forms: pd.DataFrame
    funds: pd.DataFrame
    indicators: pd.DataFrame


def recompute(tables: Tables, policies: Policies) -> Scores:
    """The scores that follow from the forms; computed once and kept by `policies`."""
    return policies.once(tables, lambda: _recomputed(tables, policies))


def _recomputed(tables: Tables, policies: Policies) -> Scores:
    funds = recomputed_funds(tables, policies)
    indicators = recomputed_indicators(tables, policies)
    return Scores(recomputed_totals(tables, policies, funds, indicators), funds, indicators)
