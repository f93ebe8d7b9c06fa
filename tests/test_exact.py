"""Whole columns are divided exactly and rounded once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import ceil, floor, trunc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.exact import IntArray, Rounding, among, fits, half_up, quotient
from perfeval.rows import as_array


def _column(values: object) -> IntArray:
    return as_array(pd.array(values, dtype="Int64"))


def _half_up(exact: Fraction) -> int:
    return floor(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)


def test_a_million_quotients_agree_with_decimal() -> None:
    """Half up from the exact fraction, for a million random cases with many ties."""
    random = np.random.default_rng(20260101)
    count = 1_000_000
    # half of the cases have a short denominator, where ties are frequent
    denominators = np.where(
        random.random(count) < 0.5,
        random.choice([2, 4, 8, 20, 200, 2000], count),
        random.integers(1, 10**12, count),
    )
    numerators = random.integers(-(10**15), 10**15, count)
    found = quotient([_column(numerators)], [_column(denominators)]).tolist()
    with localcontext() as context:
        context.prec = 60
        for n, d, q in zip(numerators.tolist(), denominators.tolist(), found, strict=True):
            assert q == (Decimal(n) / d).quantize(Decimal(1), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("rounding", "law"),
    [
        (Rounding.HALF_UP, _half_up),
        (Rounding.CUT, trunc),
        (Rounding.FLOOR, floor),
        (Rounding.CEIL, ceil),
    ],
)
def test_each_rounding_agrees_with_fractions(
    rounding: Rounding, law: Callable[[Fraction], int]
) -> None:
    """Every rounding is that of the exact fraction; sizes beyond 64 bits on the way, too."""
    random = np.random.default_rng(7)
    for size in (100, 10**6, 10**14, 4 * 10**18):
        a, b, c = (random.integers(-size, size, 3000) for _ in range(3))
        found = quotient([_column(a), _column(b)], [_column(c), 100], rounding)
        for x, y, z, q in zip(a.tolist(), b.tolist(), c.tolist(), found.tolist(), strict=True):
            wanted = None if z == 0 else law(Fraction(x * y, z * 100))
            if wanted is None or abs(wanted) >= 2**63:
                assert q is None
            else:
                assert q == wanted


@given(st.integers(-(10**30), 10**30), st.integers(-(10**30), 10**30).filter(bool))
def test_scalar_half_up_agrees_with_fractions(numerator: int, denominator: int) -> None:
    """Ties go away from zero, whatever the signs and sizes."""
    assert half_up(numerator, denominator) == _half_up(Fraction(numerator, denominator))


def test_missing_and_zero_are_missing() -> None:
    """NA in a factor, and a denominator of 0, give NA and nothing else does."""
    found = quotient([_column([1, None, 3, 0])], [_column([0, 2, None, 5])])
    assert found.missing.tolist() == [True, True, True, False]


def test_no_rows_give_no_rows() -> None:
    """An empty column divides into an empty column."""
    assert quotient([_column([])], [100]).tolist() == []


@pytest.mark.parametrize(
    ("shown", "step", "exact", "rounds", "cuts", "answer"),
    [
        (999600, 100, Fraction(999550), True, False, True),  # 99.955% rounds up to 99.96%
        (999600, 100, Fraction(999549), True, False, False),
        (999500, 100, Fraction(999599), False, True, True),  # and is cut off to 99.95%
        (999600, 100, Fraction(999599), False, True, False),
        (999600, 100, Fraction(999599), False, False, False),
        (999599, 1, Fraction(999599), False, False, True),
        (90000, 10000, Fraction(86200), True, True, True),  # 9 for 8.62
        (85000, 1000, Fraction(100000), True, True, False),  # not 8.5 for 10
    ],
)
def test_a_number_as_shown_is_an_interval(
    shown: int, step: int, exact: Fraction, rounds: bool, cuts: bool, answer: bool
) -> None:
    """A number stands for all that rounds, or is cut off, to its digits if that is allowed."""
    end = ([exact.numerator, _column([1])], [exact.denominator])
    found = fits(
        _column([shown]), _column([step]), end, end,
        rounds=np.array([rounds]), cuts=np.array([cuts]),
    )  # fmt: skip
    assert found.tolist() == [answer]


@given(*[st.lists(st.integers(-1, 40)).map(lambda ids: np.array(ids, dtype=np.int64))] * 2)
def test_ids_are_found_among_others(ids: IntArray, others: IntArray) -> None:
    """-1, which stands for no form, is an id as any other."""
    assert among(ids, others).tolist() == np.isin(ids, others).tolist()
