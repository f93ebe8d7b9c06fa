"""Which formats the sheets point to, however they write it."""

from __future__ import annotations

import pytest

from perfeval.ooxml.style_ids import highest

WRITTEN = {
    b'<c r="A1" s="12"/>': 12,
    b"<c r='A1'\ns = '12'/>": 12,
    b'<row r="1"\ts="007" customFormat="1"/>': 7,
    b'<cols><col min="1" max="90" style="5"/></cols>': 5,
    b'<c r="A1" s="3"/><c r="B1" s="10"/><c r="C1" s="9"/>': 10,
    b'<c r="A1" rs="8" styles="9" t="s"><v>77</v></c>': -1,
    b"": -1,
}


@pytest.mark.parametrize("sheet", WRITTEN)
def test_the_highest_format_is_found(sheet: bytes) -> None:
    """Of cells, rows and columns; -1 where none points to any."""
    assert highest([sheet]) == WRITTEN[sheet]


@pytest.mark.parametrize("number", [0, 1, 8, 9, 10, 19, 45, 90, 99, 100, 109, 899, 1000, 65490])
def test_formats_below_the_least_do_not_count(number: int) -> None:
    """Neither one that is longer written nor one with other digits is taken for less or more."""
    for least in {0, 1, 9, 10, 99, 100, number - 1, number, number + 1, number * 10, number // 10}:
        for written in (b"%d", b"00%d"):
            sheet = b'<c r="A1" s="%s" t="s">' % (written % number)
            assert highest([sheet], least=max(least, 0)) == (number if number >= least else -1)
