"""Target against actual value: which way is better, and whether the target is met or missed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any  # boolean arrays

import numpy as np
import pandas as pd

from perfeval.exact import Flags, IntSeries
from perfeval.policy import Policies

_MEASURED = ("number", "rate", "money", "duration")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PERMILLE = 10  # ‰ in one %


@dataclass(frozen=True, slots=True)
class Comparison:
    """Targets and actual values on one scale (e6), on the index of the indicators; NA where not comparable.

    A target is met from `target` up (`up`), up to it (`down`), or from it to `target_high` (`within`);
    none of these where the direction cannot be told, then only an equal value meets it (`equal`).
    An actual value lies from `low` to `high`; NA for an open end.
    """

    target: IntSeries
    target_high: IntSeries
    low: IntSeries
    high: IntSeries
    comparable: Flags
    up: Flags
    down: Flags
    within: Flags
    met: Flags
    missed: Flags
    above: Flags  # over an "=" target: neither met nor missed


def compare(indicators: pd.DataFrame, policies: Policies) -> Comparison:
    """Compare what can be compared: the same unit, or one without a unit whose written numbers count."""
    measured = (
        indicators.target_kind.isin(_MEASURED)
        & indicators.actual_kind.isin(_MEASURED)
        & indicators.target_value_e6.notna()
        & indicators.actual_value_e6.notna()
    )
    target, target_high, value, value_high, comparable = _on_one_scale(indicators, measured)
    op = indicators.actual_op
    low = value.mask(op.isin(["<=", "<"]))
    high = value.mask(op.isin([">=", ">"])).mask(op == "range", value_high)
    way = _way(indicators, policies)
    op = indicators.target_op
    exact_op, bare = (op == "=").to_numpy(), (op == "").to_numpy()
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
    must_be = exact_op & (way != -1) & ~_no_direction(indicators, policies)
    missed = (
        ((up | within | must_be) & under)
        | ((down | (exact_op & (way == -1))) & over)
        | (within & _sure(low > target_high))
    )
    up, down = up | (must_be & under), down | (exact_op & (way == -1) & over)
    above = exact_op & over & (way != -1)
    flags = (flag & comparable for flag in (up, down, within, met, missed, above))
    return Comparison(target, target_high, low, high, comparable, *flags)


def _on_one_scale(
    rows: pd.DataFrame, measured: pd.Series[bool]
) -> tuple[IntSeries, IntSeries, IntSeries, IntSeries, Flags]:
    """Target, its upper end, actual, its upper end, and where they can be compared."""
    columns = ["target_value_e6", "target_high_e6", "actual_value_e6", "actual_high_e6"]
    target, target_high, value, value_high = (rows[name].where(measured) for name in columns)
    units = rows.target_unit, rows.actual_unit
    for unit, (low, high) in zip(units, ((target, target_high), (value, value_high)), strict=True):
        permille = measured & (unit == "‰") & (units[0] != units[1])
        if permille.any():
            low[permille], high[permille] = low[permille] // _PERMILLE, high[permille] // _PERMILLE
    wanted, given = (unit.replace("‰", "%") for unit in units)
    same = measured & (wanted == given)
    one_sided = measured & ~same & ((wanted == "") | (given == ""))
    if one_sided.any():
        pair = rows[one_sided]
        target[one_sided] = _written(pair.target, target[one_sided])
        value[one_sided] = _written(pair.actual, value[one_sided])
        # 0.98 against 95%: whether the sign or the factor is lost cannot be told
        unclear = one_sided & ((wanted == "%") | (given == "%"))
        unclear &= (value.abs() <= 1_000_000) & (value != 0)
        # a range without its unit cannot be put on the scale of the other
        unclear |= one_sided & (target_high.notna() | value_high.notna())
        one_sided &= ~unclear & target.notna() & value.notna()
    comparable = (same | one_sided).to_numpy(dtype=bool)
    return (
        target.where(comparable),
        target_high.where(comparable),
        value.where(comparable),
        value_high.where(comparable),
        comparable,
    )


def _written(texts: pd.Series[str], values: IntSeries) -> IntSeries:
    """The number as it is written, without its unit's factor (11.376 of ≥11.376万元), in e6; NA if not one."""
    numbers = []
    for text, value in zip(texts, values, strict=True):
        found = _NUMBER.findall(text)
        if len(found) != 1:
            numbers.append(pd.NA)
            continue
        exact = Decimal(found[0].replace(",", "")).scaleb(6)
        whole = exact == exact.to_integral_value() and abs(exact) < 2**62
        numbers.append(int(exact) * (-1 if value < 0 else 1) if whole else pd.NA)
    return pd.Series(pd.array(numbers, dtype="Int64"), index=values.index)


def _way(rows: pd.DataFrame, policies: Policies) -> np.ndarray[Any, Any]:
    """1 where more is better, -1 where less is better, 0 where the class and the name do not tell."""
    kind, detail = rows.class1, rows.class2
    counted = (kind == "output") & detail.isin(["quantity", "quality"])
    timely = (kind == "output") & (detail == "time") & (rows.target_kind == "rate")
    more = (counted | timely | (kind == "satisfaction") | (detail == "satisfaction")).to_numpy()
    less = ((kind == "cost") | (detail == "cost")).to_numpy() | _named(
        rows, policies, "lower_is_better"
    )
    way = np.where(less, -1, np.where(more, 1, 0))
    return np.where(_no_direction(rows, policies), 0, way)


def _no_direction(rows: pd.DataFrame, policies: Policies) -> Flags:
    return _named(rows, policies, "no_direction")


def _named(rows: pd.DataFrame, policies: Policies, key: str) -> Flags:
    """Whether the name of each indicator holds one of its policy's words."""
    names = rows.level3
    at = policies.positions[rows.form_id.to_numpy()]
    by_terms: dict[tuple[str, ...], list[int]] = {}
    for number, policy in enumerate(policies.distinct):
        by_terms.setdefault(policy[key], []).append(number)
    found = np.zeros(len(names), dtype=bool)
    for terms, numbers in by_terms.items():
        if terms:
            hit = names.str.contains("|".join(map(re.escape, terms))).to_numpy(dtype=bool)
            found |= hit & np.isin(at, numbers)
    return found


def _sure(flags: IntSeries) -> Flags:
    return flags.fillna(False).to_numpy(dtype=bool)
