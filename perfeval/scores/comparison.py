"""Target against actual value: which way is better, and whether the target is met or missed."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache

import numpy as np

from perfeval.exact import Flags, IntArray, Ints, Texts, holds, known, where
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores.scale import on_one_scale


@dataclass(frozen=True, slots=True)
class Comparison:
    """Targets and actual values on one scale (e6), as the indicators; NA where not comparable.

    An actual value lies from `low` to `high`; NA for an open end. A target that is missed is missed
    from below where `up`, else from above; `within` has two ends, `target` and `target_high`.
    """

    target: IntArray
    target_high: IntArray
    low: IntArray
    high: IntArray
    comparable: Flags
    up: Flags
    within: Flags
    met: Flags
    missed: Flags
    above: Flags  # over an "=" target: neither met nor missed

    def of(self, rows: Flags) -> Comparison:
        """The same for some of the rows."""
        return Comparison(*(getattr(self, field.name)[rows] for field in fields(self)))


def compare(indicators: Rows, policies: Policies) -> Comparison:
    """Compare target and actual of each indicator where they can be put on one scale."""
    scale = on_one_scale(indicators)
    target, target_high = scale.target, scale.target_high
    op = indicators.actual_op
    low = where(scale.actual, ~_among(op, "<=", "<"))
    high = where(scale.actual, ~_among(op, ">=", ">"))
    high = where(high, op != "range", scale.actual_high)
    op = indicators.target_op
    exact_op, bare = op == "=", op == ""
    way, told = _way(indicators, policies, scale.comparable & (exact_op | bare))
    up = _among(op, ">=", ">") | (bare & (way == 1))
    down = _among(op, "<=", "<") | (bare & (way == -1))
    within = (op == "range") & known(target_high)
    equal = holds(low == target) & holds(high == target)
    over, under = holds(low > target), holds(high < target)
    met = (
        (up & holds(low >= target))
        | (down & holds(high <= target))
        | (within & holds(low >= target) & holds(high <= target_high))
        | ((exact_op | bare) & equal)
    )
    # "=" asks for just this value; more is no fault of itself, and less cost is none either
    short = exact_op & told & (way != -1) & under
    dear = exact_op & (way == -1) & over
    beyond = holds(low > target_high) & within
    missed = ((up | within) & under) | (down & over) | short | dear | beyond
    missed &= ~_approximate(indicators, policies, missed)
    above = exact_op & over & (way != -1)
    flags = (flag & scale.comparable for flag in (up | short, within, met, missed, above))
    return Comparison(target, target_high, low, high, scale.comparable, *flags)


def _way(rows: Rows, policies: Policies, asked: Flags) -> tuple[Ints, Flags]:
    """Which way is better in the rows `asked` for, and where the name does not speak against it.

    1 where more is better, -1 where less is better, 0 where class and name do not tell.
    """
    kind, detail = rows.class1, rows.class2
    counted = (kind == "output") & _among(detail, "quantity", "quality")
    timely = (kind == "output") & (detail == "time") & (rows.target_kind == "rate")
    more = counted | timely | (kind == "satisfaction") | (detail == "satisfaction")
    less = (kind == "cost") | (detail == "cost")
    less = less | _holding(rows.level3, rows, policies, "lower_is_better", asked)
    told = ~_holding(rows.level3, rows, policies, "no_direction", asked)
    return np.where(told, np.where(less, -1, np.where(more, 1, 0)), 0), told


def _approximate(rows: Rows, policies: Policies, asked: Flags) -> Flags:
    """Where the actual value is a rough one (600余人): it may lie on either side of the target."""
    return _holding(rows.actual, rows, policies, "approximate", asked)


def _holding(texts: Texts, rows: Rows, policies: Policies, key: str, asked: Flags) -> Flags:
    """Whether each text that is `asked` for holds one of its policy's words."""
    found = np.zeros(len(texts), dtype=bool)
    if not asked.any():
        return found
    patterns = [_pattern(policy[key]) for policy in policies.distinct]
    at = policies.positions[rows.form_id]
    for place in np.flatnonzero(asked).tolist():
        pattern = patterns[at[place]]
        found[place] = pattern is not None and pattern.search(texts[place]) is not None
    return found


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, words))) if words else None


def _among(texts: Texts, first: str, second: str) -> Flags:
    flags: Flags = (texts == first) | (texts == second)
    return flags
