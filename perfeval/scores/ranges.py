"""The defensible range of every indicator's score, and the rule that it follows from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.exact import Flags, IntSeries, Rounding, quotient
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.scores.comparison import Comparison, compare
from perfeval.scores.due import Due
from perfeval.scores.proportion import proportional, share
from perfeval.scores.totals import LARGEST_E4
from perfeval.tables import Tables

_ONE = 1_000_000


def recomputed_indicators(tables: Tables, policies: Policies) -> pd.DataFrame:
    """What follows from each indicator, on the index of `indicators`.

    counts bool        its score and points count in the total (it is no part of another row)
    points_e4 Int64    the points that its score is measured by: of all rows that share the score
    due str            a word of Due
    due_e4 Int64       the score where one follows, NA where it is a judgement
    low_e4, high_e4    the lowest and highest defensible score; NA without points
    """
    rows = policies.onto(
        tables.indicators,
        "overfulfilment_e6", "overfulfilment_deduction_e4", "band1_low_e6", "band2_low_e6",
        "score_digits", "proposed_digits",
    )  # fmt: skip
    points = rows.points_e4.where(rows.points_e4.between(0, LARGEST_E4).fillna(False))
    comparison = compare(rows, policies)
    due = _due(rows, comparison)
    missed = due == Due.MISSED
    shares = proportional(rows[missed], points[missed], comparison.of(missed), policies)
    shares = shares.reindex(rows.index)
    made = pd.DataFrame({"counts": ~rows.is_part}, index=rows.index)
    made["points_e4"] = points
    made["due"] = due
    made["due_e4"] = points.where(np.isin(due, [Due.MET, Due.OVER])).mask(missed, shares.due_e4)
    made["low_e4"] = (points * 0).mask(missed, shares.low_e4).mask(due == Due.MET, points)
    made["high_e4"] = points.mask(missed, shares.high_e4)
    _put_over(made, rows, points, comparison)
    _put_bands(made, rows, points)
    made.loc[points.isna(), "due"] = Due.NONE
    made["due"] = made.due.astype("str")
    return _shared(made, rows)


def _due(
    rows: pd.DataFrame, comparison: Comparison
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """The first word of Due that applies, for each row."""
    blank = (rows.actual_kind == "blank") | (rows.actual_kind == "none")
    early, late = _dates(rows)
    band = _band(rows)
    over = comparison.above | (comparison.met & comparison.up & _far_above(rows, comparison))
    words = (
        (blank.to_numpy(), Due.UNKNOWN),
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
    for holds, word in reversed(words):
        found[holds] = str(word)
    return found


def _far_above(rows: pd.DataFrame, comparison: Comparison) -> Flags:
    """At or beyond the policy's limit of over-fulfilment."""
    reached = quotient([comparison.low, _ONE], [comparison.target.where(comparison.target > 0)])
    return (reached >= rows.overfulfilment_e6).fillna(False).to_numpy(dtype=bool)


def _dates(rows: pd.DataFrame) -> tuple[Flags, Flags]:
    """Finished in time, and finished late, where target and actual value are dates of one kind."""
    both = (rows.target_kind == "date") & (rows.actual_kind == "date")
    both &= rows.target_unit == rows.actual_unit
    bounded = both & ~rows.target_op.isin([">=", ">"]) & ~rows.actual_op.isin([">=", ">"])
    end = rows.target_high_e6.fillna(rows.target_value_e6)
    finished = rows.actual_high_e6.fillna(rows.actual_value_e6)
    early = bounded & (finished <= end).fillna(False)
    late = bounded & (rows.actual_op == "") & (rows.actual_value_e6 > end).fillna(False)
    return early.to_numpy(dtype=bool), late.to_numpy(dtype=bool)


_BAND_SCALES = ("达成", "完成", "合格")  # a rank on these says how far any target was reached


def _band(rows: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """1, 2 or 3 where the actual value names a band or a rank of the target's scale; else 0."""
    graded = rows.actual_kind == "grade"
    rank = (rows.actual_value_e6 // _ONE).where(graded).fillna(0)
    named = rows.actual_unit.isin(_BAND_SCALES)
    one_scale = graded & (rows.target_kind == "grade") & (rows.target_unit == rows.actual_unit)
    as_good = one_scale & (rows.actual_value_e6 <= rows.target_value_e6).fillna(False)
    opposite = one_scale & (rows.actual_unit == "是否") & (rows.target != rows.actual)
    same_words = (graded | (rows.actual_kind == "words")) & (rows.target == rows.actual)
    band = np.zeros(len(rows), dtype=np.int8)
    band[((named & (rank == 3)) | opposite).to_numpy(dtype=bool)] = 3
    band[((rows.actual_unit == "达成") & (rank == 2)).to_numpy(dtype=bool)] = 2
    best = (named & (rank == 1)) | (as_good & ~opposite) | same_words
    band[best.to_numpy(dtype=bool)] = 1
    return band


def _put_over(
    made: pd.DataFrame, rows: pd.DataFrame, points: IntSeries, comparison: Comparison
) -> None:
    """Far above the target: the policy's deduction, else as low as the deviation itself goes."""
    over = made.due == Due.OVER
    measured = comparison.of(over.to_numpy(dtype=bool))
    taken = (points - rows.overfulfilment_deduction_e4).clip(lower=0)
    least = share(points[over], measured.target, measured.low, Rounding.FLOOR).reindex(made.index)
    made["low_e4"] = made.low_e4.mask(over, taken.fillna(least).fillna(points * 0))
    made["due_e4"] = made.due_e4.mask(over & taken.notna(), taken)


def _put_bands(made: pd.DataFrame, rows: pd.DataFrame, points: IntSeries) -> None:
    """A phrase of the three bands gives the ends of its band."""
    first, second = (
        quotient([points, rows[name]], [_ONE], Rounding.FLOOR)
        for name in ("band1_low_e6", "band2_low_e6")
    )
    made["low_e4"] = made.low_e4.mask(made.due == Due.BAND1, first).mask(
        made.due == Due.BAND2, second
    )
    made["high_e4"] = made.high_e4.mask(made.due == Due.BAND2, first).mask(
        made.due == Due.BAND3, second
    )


def _shared(made: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Put the ranges of rows that share one score, or one figure of points, on the first."""
    for column in ("score_state", "points_state"):
        follows = (rows[column] == State.SHARED) & (rows.form_id == rows.form_id.shift())
        if not follows.any():
            continue
        group = (~follows).cumsum()
        several = group.duplicated(keep=False)
        if column == "points_state":
            made["low_e4"] = made.low_e4.mask(several, made.low_e4 * 0)  # no row's share is stated
        for name in ("points_e4", "low_e4", "high_e4"):
            sums = made[name].groupby(group).sum(min_count=1)
            whole = pd.Series(sums.reindex(group).array, index=made.index)
            made[name] = made[name].mask(several, whole).mask(follows)
        made["due_e4"] = made.due_e4.mask(several)
        made["due"] = made.due.mask(several & (made.due != Due.NONE), str(Due.SHARED))
    return made
