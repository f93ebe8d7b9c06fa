"""The defensible range of every indicator's score, and the rule that it follows from."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfeval.exact import (
    Flags,
    IntArray,
    Rounding,
    Texts,
    as_int64,
    filled,
    holds,
    known,
    limited,
    one_of,
    put,
    quotient,
    sums,
    where,
)
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores.comparison import Comparison
from perfeval.scores.due import Due
from perfeval.scores.proportion import proportional, share
from perfeval.scores.totals import LARGEST_E4
from perfeval.tables import Tables

_ONE = 1_000_000


def recomputed_indicators(tables: Tables, policies: Policies, comparison: Comparison) -> Rows:
    """What follows from each indicator, row by row as `indicators`.

    counts bool        its score and points count in the total (it is no part of another row)
    points_e4 Int64    the points that its score is measured by: of all rows that share the score
    due text           a word of Due
    due_e4 Int64       the score where one follows, NA where it is a judgement
    low_e4, high_e4    the lowest and highest defensible score; NA without points
    """
    rows = policies.onto(
        tables.rows("indicators"),
        "overfulfilment_e6", "overfulfilment_deduction_e4", "band1_low_e6", "band2_low_e6",
        "score_digits", "proposed_digits",
    )  # fmt: skip
    numbers, _ = as_int64(rows.points_e4)
    points = where(rows.points_e4, (numbers >= 0) & (numbers <= LARGEST_E4))
    due = _due(rows, comparison)
    ranges = _ranges(rows, points, due, comparison, policies)
    due[~known(points)] = str(Due.NONE)
    return _shared(rows, ~rows.is_part, points, due, *ranges)


def _ranges(
    rows: Rows, points: IntArray, due: Texts, comparison: Comparison, policies: Policies
) -> tuple[IntArray, IntArray, IntArray]:
    """Due, lowest and highest score by the word of Due."""
    missed, met, over = (due == word for word in (Due.MISSED, Due.MET, Due.OVER))
    scores = where(points, met | over)
    low, high = where(points * 0, ~met, points), points
    if missed.any():
        shares = proportional(rows[missed], points[missed], comparison.of(missed), policies)
        scores, low, high = (
            put(values, missed, part)
            for values, part in zip((scores, low, high), shares, strict=True)
        )
    if over.any():  # the policy's deduction, else as low as the deviation itself goes
        measured = comparison.of(over)
        taken = limited((points - rows.overfulfilment_deduction_e4)[over], 0)
        least = share(points[over], measured.target, measured.low, Rounding.FLOOR)
        low = put(low, over, filled(filled(taken, least), points[over] * 0))
        scores = put(scores, over, filled(taken, scores[over]))
    first, second = (
        quotient([points, rows.column(name)], [_ONE], Rounding.FLOOR)
        for name in ("band1_low_e6", "band2_low_e6")
    )
    low = where(where(low, due != Due.BAND1, first), due != Due.BAND2, second)
    high = where(where(high, due != Due.BAND2, first), due != Due.BAND3, second)
    return scores, low, high


def _due(rows: Rows, comparison: Comparison) -> Texts:
    """The first word of Due that applies, for each row."""
    blank = (rows.actual_kind == "blank") | (rows.actual_kind == "none")
    early, late = _dates(rows)
    band = _band(rows)
    over = comparison.above | (comparison.met & comparison.up & _far_above(rows, comparison))
    words = (
        (blank, Due.UNKNOWN),
        (over, Due.OVER),
        (comparison.met | early, Due.MET),
        (comparison.missed, Due.MISSED),
        (comparison.comparable, Due.OPEN),
        (late, Due.LATE),
        (band == 1, Due.BAND1),
        (band == 2, Due.BAND2),
        (band == 3, Due.BAND3),
    )
    found = np.full(len(rows), str(Due.OPEN), dtype=object)
    for applies, word in reversed(words):
        found[applies] = str(word)
    return found


def _far_above(rows: Rows, comparison: Comparison) -> Flags:
    """At or beyond the policy's limit of over-fulfilment."""
    target = where(comparison.target, holds(comparison.target > 0))
    return holds(quotient([comparison.low, _ONE], [target]) >= rows.overfulfilment_e6)


def _dates(rows: Rows) -> tuple[Flags, Flags]:
    """Finished in time, and finished late, where target and actual value are dates of one kind."""
    both = (rows.target_kind == "date") & (rows.actual_kind == "date")
    both &= rows.target_unit == rows.actual_unit
    bounded = both & ~one_of(rows.target_op, ">=", ">") & ~one_of(rows.actual_op, ">=", ">")
    end = filled(rows.target_high_e6, rows.target_value_e6)
    finished = filled(rows.actual_high_e6, rows.actual_value_e6)
    early = bounded & holds(finished <= end)
    late = bounded & (rows.actual_op == "") & holds(rows.actual_value_e6 > end)
    return early, late


_BAND_SCALES = ["达成", "完成", "合格"]  # a rank on these says how far any target was reached


def _band(rows: Rows) -> np.ndarray[Any, np.dtype[np.int8]]:
    """1, 2 or 3 where the actual value names a band or a rank of the target's scale; else 0."""
    graded = rows.actual_kind == "grade"
    numbers, _ = as_int64(rows.actual_value_e6)
    rank = np.where(graded, numbers // _ONE, 0)
    named = one_of(rows.actual_unit, *_BAND_SCALES)
    one_scale = graded & (rows.target_kind == "grade") & (rows.target_unit == rows.actual_unit)
    as_good = one_scale & holds(rows.actual_value_e6 <= rows.target_value_e6)
    opposite = one_scale & (rows.actual_unit == "是否") & (rows.target != rows.actual)
    same_words = (graded | (rows.actual_kind == "words")) & (rows.target == rows.actual)
    band = np.zeros(len(rows), dtype=np.int8)
    band[(named & (rank == 3)) | opposite] = 3
    band[(rows.actual_unit == "达成") & (rank == 2)] = 2
    band[(named & (rank == 1)) | (as_good & ~opposite) | same_words] = 1
    return band


def _shared(
    rows: Rows, counts: Flags, points: IntArray, due: Texts, due_e4: IntArray, low: IntArray,
    high: IntArray,
) -> Rows:  # fmt: skip
    """Put the ranges of rows that share one score, or one figure of points, on the first."""
    same_form = rows.form_id == np.concatenate([[-1], rows.form_id[:-1]])
    for states in (rows.score_state, rows.points_state):
        follows = (states == State.SHARED) & same_form
        if not follows.any():
            continue
        group = np.cumsum(~follows)
        several = np.bincount(group)[group] > 1
        if states is rows.points_state:
            low = where(low, ~several, low * 0)  # no row's share is stated
        points, low, high = (
            where(where(values, ~several, sums(values, group, len(rows) + 1)[group]), ~follows)
            for values in (points, low, high)
        )
        due_e4 = where(due_e4, ~several)
        due = np.where(several & (due != Due.NONE), str(Due.SHARED), due)
    return Rows.made(
        len(rows), counts=counts, points_e4=points, due=due, due_e4=due_e4, low_e4=low, high_e4=high
    )
