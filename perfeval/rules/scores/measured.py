"""Indicators with what their scores follow from, and whether a score as shown lies in its range."""

from __future__ import annotations

from perfeval.exact import FlagArray, fits, holds, open_where, where
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores import recompute
from perfeval.tables import Tables


def measured(tables: Tables, policies: Policies) -> Rows:
    """`indicators` with due, due_e4, low_e4, high_e4; `points_e4` are those that the score is
    measured by.

    A score that is no number of its own is NA.
    """
    made = recompute(tables, policies).indicators
    rows = tables.rows("indicators")
    return rows.assign(
        points_e4=made.points_e4,
        due=made.due,
        due_e4=made.due_e4,
        low_e4=made.low_e4,
        high_e4=made.high_e4,
        score_e4=where(rows.score_e4, rows.score_state == State.NUMBER),
    )


def in_range(rows: Rows, policies: Policies) -> FlagArray:
    """Whether the score as shown can stand for something in its range; NA where unknown.

    A score below 0 or above its points is S104's alone: NA.
    """
    above = holds(rows.score_e4 > rows.points_e4)
    within = fits(
        rows.score_e4,
        rows.score_step_e4,
        ([rows.low_e4], [1]),
        ([rows.high_e4], [1]),
        rounds=policies.allows(rows, "score_conventions", "round"),
        cuts=policies.allows(rows, "score_conventions", "cut"),
    )
    return open_where(within, ~holds(rows.score_e4 >= 0) | above)
