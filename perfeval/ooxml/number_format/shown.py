"""The text that a sheet shows for a value under a number format.

A module of our own, as none on PyPI does: ssf (last release 2020) fails on the current Babel, xlfmt
(0.1.0, a month old) knows no [DBNum1], 上午/下午, `!` or G/通用格式, which Chinese workbooks use.
Padding (`_x`, `*x`) is layout and left out. Where Excel shows ##### the plain number is given.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from perfeval.ooxml.number_format.builtin import GENERAL
from perfeval.ooxml.number_format.chinese import read_aloud
from perfeval.ooxml.number_format.dates import render_date
from perfeval.ooxml.number_format.general import general
from perfeval.ooxml.number_format.numbers import render_number
from perfeval.ooxml.number_format.quick import Plan, plan_of
from perfeval.ooxml.number_format.sections import Kind, Section, split_sections

_NOT_ZERO = frozenset("123456789一二三四五六七八九壹贰叁肆伍陆柒捌玖１２３４５６７８９")
_MAX_CODE = 255  # Excel refuses longer ones


def shown(value: float, code: str = GENERAL, *, date1904: bool = False) -> str:
    """What a cell with the finite number `value` and the format `code` shows. Never raises."""
    if code in (GENERAL, "@", "") or len(code) > _MAX_CODE:
        return general(value)
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    plan = _quick(code)
    if plan and number > 0 and (quick := plan.render(number)) is not None:
        return quick
    section, signed = _choose(_compiled(code), number)
    if section is None:
        return general(value)
    if section.is_date:
        return render_date(section, number, date1904=date1904) or general(value)
    if section.has(Kind.GENERAL) or section.has(Kind.TEXT):
        text = _around_general(section, abs(value))
    else:
        text = render_number(section, abs(number))
    minus = signed and number < 0 and not _NOT_ZERO.isdisjoint(text)
    return f"-{text}" if minus else text.strip()


def shown_text(value: str, code: str) -> str:
    """What a cell with the text `value` shows: itself, unless the format says more of texts."""
    if code == "@" or ("@" not in code and ";" not in code) or len(code) > _MAX_CODE:
        return value
    sections = _compiled(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and not section.has(Kind.TEXT):
        return value
    kept = (token for token in section.tokens if token.kind in (Kind.TEXT, Kind.LITERAL))
    return "".join(value if token.kind == Kind.TEXT else token.text for token in kept)


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether numbers under `code` are dates or times."""
    return len(code) <= _MAX_CODE and _compiled(code)[0].is_date


@lru_cache(maxsize=4096)
def _quick(code: str) -> Plan | None:
    return plan_of(_compiled(code)[0])


@lru_cache(maxsize=4096)
def _compiled(code: str) -> tuple[Section, ...]:
    return split_sections(code)


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section for `number`, and whether a minus is still to be written before it."""
    numeric = sections[:3]
    if len(sections) > 1 and len(sections) < 4 and sections[-1].has(Kind.TEXT):
        numeric = sections[:-1]
    if len(numeric) == 1 and not numeric[0].condition:
        return (numeric[0] if numeric[0].tokens or numeric[0].dbnum else None), True
    if not any(section.condition for section in numeric):
        if number == 0 and len(numeric) == 3:
            return numeric[2], False
        return (numeric[1], False) if number < 0 else (numeric[0], False)
    for section in numeric:
        if section.covers(number):
            return section, not section.only_negative
    free = [section for section in numeric if section.condition is None]
    if not free:
        return None, True
    if len(free) == 2:
        return (free[0], False) if number < 0 else (free[1], True)
    return free[0], True


def _around_general(section: Section, magnitude: float) -> str:
    number = general(magnitude)
    if section.dbnum:
        number = read_aloud(number, section.dbnum)
    return "".join(
        number if token.kind in (Kind.GENERAL, Kind.TEXT) else token.text
        for token in section.tokens
        if token.kind in (Kind.GENERAL, Kind.TEXT, Kind.LITERAL, Kind.PERCENT)
    )
