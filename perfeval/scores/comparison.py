"""Target against actual value: which way is better, and whether the target is met or missed."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, TypeAlias  # whole numbers of numpy

import numpy as np
import pandas as pd

from perfeval.exact import Flags, IntSeries
from perfeval.policy import Policies
from perfeval.scores.scale import on_one_scale

Ways: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Targets and actual values on one scale (e6), as the indicators; NA where not comparable.

    An actual value lies from `low` to `high`; NA for an open end. A target that is missed is missed
    from below where `up`, else from above; `within` has two ends, `target` and `target_high`.
    """

    target: IntSeries
    target_high: IntSeries
    low: IntSeries
    high: IntSeries
    comparable: Flags
    up: Flags
    within: Flags
    met: Flags
    missed: Flags
    above: Flags  # over an "=" target: neither met nor missed

    def of(self, rows: Flags) -> Comparison:
        """The same for some of the rows."""
        return Comparison(*(getattr(self, field.name)[rows] for field in fields(self)))


def compare(indicators: pd.DataFrame, policies: Policies) -> Comparison:
    """Compare target and actual of each indicator where they can be put on one scale."""
    scale = on_one_scale(indicators)
    target, target_high = scale.target, scale.target_high
    op = indicators.actual_op
    low = scale.actual.mask(op.isin(["<=", "<"]))
    high = scale.actual.mask(op.isin([">=", ">"])).mask(op == "range", scale.actual_high)
    op = indicators.target_op
    exact_op, bare = (op == "=").to_numpy(), (op == "").to_numpy()
    way, told = _way(indicators, policies, scale.comparable & (exact_op | bare))
    up = op.isin([">=", ">"]).to_numpy() | (bare & (way == 1))
    down = op.isin(["<=", "<"]).to_numpy() | (bare & (way == -1))
    within = (op == "range").to_numpy() & target_high.notna().to_numpy()
    equal = _sure(low == target) & _sure(high == target)
    over, under = _sure(low > target), _sure(high < target)
    met = (
        (up & _sure(low >= target))
        | (down & _sure(high <= target))
        | (within & _sure(low >= target) & _sure(high <= target_high))
        | ((exact_op | bare) & equal)
    )
    # "=" asks for just this value; more is no fault of itself, and less cost is none either
    short = exact_op & told & (way != -1) & under
    dear = exact_op & (way == -1) & over
    beyond = _sure(low > target_high) & within
    missed = ((up | within) & under) | (down & over) | short | dear | beyond
    missed &= ~_approximate(indicators, policies, missed)
    above = exact_op & over & (way != -1)
    flags = (flag & scale.comparable for flag in (up | short, within, met, missed, above))
    return Comparison(target, target_high, low, high, scale.comparable, *flags)


def _way(rows: pd.DataFrame, policies: Policies, asked: Flags) -> tuple[Ways, Flags]:
    """Which way is better in the rows `asked` for, and where the name does not speak against it.

    1 where more is better, -1 where less is better, 0 where class and name do not tell.
    """
    kind, detail = rows["class1"], rows["class2"]
    counted = (kind == "output") & detail.isin(["quantity", "quality"])
    timely = (kind == "output") & (detail == "time") & (rows.target_kind == "rate")
    more = (counted | timely | (kind == "satisfaction") | (detail == "satisfaction")).to_numpy()
    less = ((kind == "cost") | (detail == "cost")).to_numpy()
    less = less | _holds(rows.level3, rows, policies, "lower_is_better", asked)
    told = ~_holds(rows.level3, rows, policies, "no_direction", asked)
    return np.where(told, np.where(less, -1, np.where(more, 1, 0)), 0), told


def _approximate(rows: pd.DataFrame, policies: Policies, asked: Flags) -> Flags:
    """Where the actual value is a rough one (600余人): it may lie on either side of the target."""
    return _holds(rows.actual, rows, policies, "approximate", asked)


def _holds(
    texts: pd.Series[str], rows: pd.DataFrame, policies: Policies, key: str, asked: Flags
) -> Flags:
    """Whether each text that is `asked` for holds one of its policy's words."""
    found = np.zeros(len(texts), dtype=bool)
    at = policies.positions[rows.form_id.to_numpy()]
    by_words: dict[tuple[str, ...], list[int]] = {}
    for number, policy in enumerate(policies.distinct):
        by_words.setdefault(policy[key], []).append(number)
    for words, numbers in by_words.items():
        own = asked & np.isin(at, numbers)
        if words and own.any():
            pattern = "|".join(map(re.escape, words))
            found[own] = texts[own].str.contains(pattern).to_numpy(dtype=bool)
    return found


def _sure(flags: IntSeries) -> Flags:
    return flags.fillna(False).to_numpy(dtype=bool)
