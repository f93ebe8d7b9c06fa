"""All scores of a chunk, recomputed at once: the money, the indicators, the totals."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores.comparison import Comparison, compare
from perfeval.scores.execution import recomputed_funds
from perfeval.scores.ranges import recomputed_indicators
from perfeval.scores.totals import recomputed_totals
from perfeval.tables import Tables


@dataclass(frozen=True, slots=True)
class Scores:
    """What follows from each table, row by row; see the function that makes each.

    `forms`: scores.totals, `funds`: scores.execution, `indicators`: scores.ranges.
    """

    forms: Rows
    funds: Rows
    indicators: Rows
    comparison: Comparison  # of the indicators


def recompute(tables: Tables, policies: Policies) -> Scores:
    """The scores that follow from the forms; computed once and kept by `policies`."""
    return policies.once(tables, lambda: _recomputed(tables, policies))


def _recomputed(tables: Tables, policies: Policies) -> Scores:
    comparison = compare(tables.rows("indicators"), policies)
    funds = recomputed_funds(tables, policies)
    indicators = recomputed_indicators(tables, policies, comparison)
    forms = recomputed_totals(tables, policies, funds, indicators)
    return Scores(forms, funds, indicators, comparison)
