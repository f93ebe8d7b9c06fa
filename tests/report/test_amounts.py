"""Published numbers are printed without loss, and what is no number stays as it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfeval.findings import Total
from perfeval.report.amounts import beyond, in_yuan, money, number, percent, signed, span
from perfeval.report.chain import scale


@pytest.mark.parametrize(
    ("text", "value"),
    [("92.996", "92.996"), ("-0.5", "-0.5"), ("", None), (None, None), ("甲", None), ("NaN", None),
     ("Infinity", None), ("1e999999999", None), ("1_0", None)],
)  # fmt: skip
def test_only_plain_decimals_are_numbers(text: str | None, value: str | None) -> None:
    """What a hostile form calls a number neither crashes nor grows."""
    found = number(text)
    assert found == (None if value is None else Decimal(value))


def test_money_percent_and_spans() -> None:
    """As people read them; figures that are none are left alone."""
    assert (money("1234567.8"), money("甲"), money(None)) == ("1,234,567.8", "甲", "")
    assert (in_yuan("138.6", "万元"), in_yuan("138.6", ""), in_yuan("x", "万元")) == (
        "1386000",
        "138.6",
        "x",
    )
    assert (percent("0.9996"), percent("1"), percent("")) == ("99.96%", "100%", "")
    assert [signed(Decimal(v)) for v in ("0.996", "-0.36", "0.000")] == ["+0.996", "−0.36", "0"]
    assert (span("0", "8"), span("8", "8"), span("", "8"), span(None, None)) == (
        "0–8",
        "8",
        "…–8",
        "",
    )


def test_beyond_is_zero_inside_and_unknown_without_a_range() -> None:
    """Above the high end positive, below the low end negative."""
    assert beyond("9", "0", "8") == 1
    assert beyond("2", "3", "8") == -1
    assert beyond("3", "3", "8") == 0
    assert beyond("3", None, "8") is None


def _total(reported: str | None, recomputed: str | None, low: str, high: str) -> Total:
    return Total("100", reported, recomputed, low, high, None, None, None, None, None)


@pytest.mark.parametrize(
    ("reported", "recomputed", "ends"),
    [("92", "92.996", ("85", "100")), ("98", "98", ("85", "100")), ("45", "45", ("40", "55")),
     ("0", "0", ("0", "15")), ("12", "98", ("0", "100")), ("120", "96", ("95", "120")),
     ("9999", "1", ("0", "10000"))],
)  # fmt: skip
def test_scale_holds_both_totals(reported: str, recomputed: str, ends: tuple[str, str]) -> None:
    """Round steps around both, at least three, never beyond 100 unless a total is."""
    drawn = scale(_total(reported, recomputed, "0", "100"))
    assert drawn is not None
    assert (drawn.ticks[0].text, drawn.ticks[-1].text) == ends
    assert 4 <= len(drawn.ticks) <= 11
    for mark in (drawn.reported, drawn.recomputed, drawn.low, drawn.high):
        assert mark is not None
        assert 0 <= float(mark.at) <= 100


def test_no_totals_no_scale() -> None:
    """A form without any total has no picture; one without a reported one has."""
    assert scale(_total(None, None, "0", "100")) is None
    drawn = scale(_total("甲", "92", "", ""))
    assert drawn is not None
    assert drawn.reported is None
    assert drawn.breadth == "0"
