"""Targets and actual values as numbers that can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from perfeval.exact import half_up
from perfeval.extract.dates import find_date
from perfeval.extract.notations import Unit, notations
from perfeval.extract.numerals import NUMERAL_CHARS, chinese_number
from perfeval.extract.text import is_none, is_placeholder, says_something
from perfeval.extract.units import cut_back, cut_front, unit_behind
from perfeval.layout.lexicon import half_width

_INT64 = 2**63
_LONGEST = 40  # a longer text is a sentence
_NUMBER = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HAS_NUMBER = re.compile(f"[0-9{''.join(sorted(NUMERAL_CHARS))}]")
_POWER = re.compile("[0-9][¹²³]")
_AT_SIGHT = re.compile(r"([^0-9.]{0,6})([0-9]{1,12}(?:\.[0-9]{1,6})?)([^0-9.]{0,5})")
_ELSE = re.compile(r"[年月日号季旬底末初中/()±]")  # a unit with one may be read otherwise
_RARE = re.compile("[^\x00-\xff\u4e00-\u9fff]")
_PER_PREFIX = re.compile(r"每个?([^\d每]{1,4}?)(?=[\d每<>≤≥=]|不)|([人户亩年月日村校])均")


class Measure(NamedTuple):
    """A target or an actual value.

    `kind` is one of number, rate, money, date, duration, grade, words, none, blank; `op` is one of
    >= > <= < = range "" . Values are in 1/1,000,000 of `unit`, the base unit: 1.2万亩 is 12000 亩,
    95% is 95 of %, 1年 is 12 月. `high_e6` is the upper end of a range, a tolerance or a period.

    A date is yyyymmdd of unit 年月日, or mmdd of 月日 where no year is named; a month is the range
    from its first to its last day, a deadline ("11月底前") has op <= and its last day.
    A grade has as value its rank from the best (1), as unit the scale: 达成 (the phrases of three
    bands), 优良中低差, 高中低, 好坏, 是否, 完成, 合格; no value where the word has no rank.
    """

    kind: str
    op: str = ""
    value_e6: int | None = None
    high_e6: int | None = None
    unit: str = ""


_BLANK, _NONE, _WORDS = Measure("blank"), Measure("none"), Measure("words")


class _Amount(NamedTuple):
    value: Fraction
    unit: Unit


@lru_cache(maxsize=1024)
def parse_measure(text: str, *, op: str = "", unit: str = "") -> Measure:
    """What a target or actual value says; `op` and `unit` are the columns where the form has them.

    An operator or unit in the text wins over its column. What is not understood is kind "words".
    """
    if not text.strip():
        return _BLANK
    if not says_something(text) and (is_none(text) or is_placeholder(text)):
        return _NONE
    column_op = notations().before.get(_plain(op), "") if op else ""
    unit = _plain(unit) if unit else ""
    if seen := _at_sight(text, unit, column_op):
        return seen
    if "\n" in text.strip() or len(text) > _LONGEST or _has_list_signs(text):
        return _WORDS
    body = _plain(text)
    if grade := _grade(body):
        return grade
    if not _HAS_NUMBER.search(body):
        return _WORDS if "年" not in body else _date(body, "", "") or _WORDS
    if date := _date(body, unit, column_op):
        return date
    return _quantity(body, unit, column_op) or _WORDS


def _at_sight(text: str, unit: str, column_op: str) -> Measure | None:
    """≥95%, 不少于3次, 120: most values, that can be nothing else; None for all others."""
    found = _AT_SIGHT.fullmatch(text)
    if found is None:
        return None
    sign, number, own = found.groups()
    signs, units = _listed()
    if sign not in signs or own not in units or unit == "年" or text in notations().grades:
        return None
    scaled = unit_behind(own, unit, in_digits=True)
    if scaled is None:
        return None
    known, scale = scaled
    whole, _, places = number.partition(".")
    top, bottom = int(whole + places) * scale.numerator, 10 ** len(places) * scale.denominator
    value = half_up(top * 1_000_000, bottom)
    operator = signs[sign] or column_op
    return Measure(known.kind, operator, value, None, known.base) if value < _INT64 else _WORDS


@cache
def _listed() -> tuple[Mapping[str, str], frozenset[str]]:
    """Operators and units that stand in a text as they are, and leave nothing to ask; also none."""
    known = notations()
    behind = (*known.after, *known.approximate_after)
    signs = {word: op for word, op in known.before.items() if _plain(word) == word}
    units = {
        word
        for word in known.units
        if _plain(word) == word and not _has_list_signs(word) and not word.endswith(behind)
        if not _ELSE.search(word) and not any(sign in word for sign in known.range)
    }
    return {"": "", **signs}, frozenset({"", *units})


def _plain(text: str) -> str:
    text = half_width(text.replace("²", "2").replace("³", "3"))
    return "".join(text.split()).replace("\u2212", "-").rstrip("。;,、.!:")


def _has_list_signs(text: str) -> bool:
    """①95%②90%, 10²: NFKC would turn the signs into digits."""
    if text.isascii():
        return False
    listed = any(unicodedata.category(sign) == "No" for sign in _RARE.findall(text))
    return listed or _POWER.search(text) is not None


def _grade(body: str) -> Measure | None:
    found = notations().grades.get(body)
    if found is None:
        return None
    scale, rank = found
    return Measure("grade", value_e6=None if rank is None else rank * 1_000_000, unit=scale)


def _date(body: str, unit: str, column_op: str) -> Measure | None:
    operator, rest = _cut_operator(body)
    if unit == "年" and _YEAR.fullmatch(rest):
        rest += unit
    date = find_date(rest)
    if date is None:
        return None
    named = "年月日" if date.has_year else "月日"
    first, last = date.first * 1_000_000, date.last * 1_000_000
    if date.deadline:
        return Measure("date", "<=", last, None, named)
    operator = operator or column_op
    if operator in ("<=", "<"):
        return Measure("date", "<=", last, None, named)
    high = last if last != first else None
    return Measure("date", operator or ("range" if date.span else ""), first, high, named)


def _quantity(body: str, unit: str, column_op: str) -> Measure | None:
    if body.startswith("(") and body.endswith(")"):
        body = body[1:-1]
    body, per = _cut_per(body)
    operator, body = _cut_operator(body)
    body, approximate = cut_front(body, notations().approximate_before)
    if not per:
        body, per = _cut_per(body)
    after, body = _cut_operator_behind(body)
    body = body if after else cut_back(body, notations().approximate_after)
    operator = operator or after or ("" if approximate else column_op)
    if tolerance := _tolerance(body, unit, per):
        return tolerance
    if between := _between(body, unit, per):
        return between
    amount = _amount(body, unit, per)
    if amount is None:
        return None
    return _measure(operator, amount, None)


def _measure(operator: str, low: _Amount, high: _Amount | None) -> Measure | None:
    value = _e6(low.value)
    top = None if high is None else _e6(high.value)
    if value is None or (high is not None and (top is None or top < value)):
        return None
    return Measure(low.unit.kind, operator, value, top, low.unit.base)


@lru_cache(maxsize=16)  # asked once for a date and once for a quantity
def _cut_operator(body: str) -> tuple[str, str]:
    """An operator at the front, also behind words that lead in (完成率≥95%)."""
    known = notations()
    found = known.before_pattern.match(body)
    if found and found.end() < len(body):
        return known.before[found.group()], body[found.end() :]
    shorter, cut = cut_front(_unnamed(body), known.lead_in)
    return _cut_operator(shorter) if cut or shorter != body else ("", body)


def _unnamed(body: str) -> str:
    """The value behind the name of its indicator: 验收合格率100% → 100%."""
    found = notations().name_pattern.match(body)
    return body[found.end() :] if found else body


def _cut_operator_behind(body: str) -> tuple[str, str]:
    after = notations().after
    shorter = cut_back(body, tuple(after))
    return (after[body[len(shorter) :]], shorter) if shorter != body else ("", body)


def _cut_per(body: str) -> tuple[str, str]:
    """每人每月500元 → 500元, 人·月."""
    per: list[str] = []
    while found := _PER_PREFIX.match(body):
        per.append(found.group(1) or found.group(2))
        body = body[found.end() :]
    return body, "·".join(per)


def _tolerance(body: str, unit: str, per: str) -> Measure | None:
    """±5%, 100±5个, 100万元±5%."""
    centre_text, sign, margin_text = body.partition("±")
    if not sign:
        return None
    margin = _amount(margin_text, unit, per)
    if margin is None:
        return None
    if not centre_text:
        return _measure("range", _Amount(-margin.value, margin.unit), margin)
    own = "" if margin.unit.base == "%" and unit != "%" else margin_text.lstrip("0123456789.,")
    centre = _amount(centre_text, unit or own, per)
    if centre is None:
        return None
    if margin.unit.base == "%" and centre.unit.base != "%":
        spread = centre.value * margin.value / 100
    elif margin.unit.base in (centre.unit.base, ""):
        spread = margin.value
    else:
        return None
    low, high = centre.value - spread, centre.value + spread
    return _measure("range", _Amount(low, centre.unit), _Amount(high, centre.unit))


def _between(body: str, unit: str, per: str) -> Measure | None:
    """1-3天, 90%-95%, 3至5个; the unit may stand at the end only."""
    for sign in notations().range:
        at = body.find(sign, 1)
        if at < 0:
            continue
        high = _amount(body[at + len(sign) :], unit, per)
        if high is None:
            continue
        number = _NUMBER.match(body[at + len(sign) :])
        own = body[at + len(sign) + number.end() :] if number else ""
        low = _amount(body[:at], unit, per)
        if low is None or not low.unit.base:
            low = _amount(body[:at], own or unit, per)
        if low is None or low.unit.base != high.unit.base:
            continue
        return _measure("range", low, high)
    return None


def _amount(body: str, unit: str, per: str) -> _Amount | None:
    """A number with its unit, brought to the base unit; None if anything is left over."""
    if body.startswith("百分之"):
        number = chinese_number(body.removeprefix("百分之"))
        return (
            None
            if number is None
            else _Amount(Fraction(number[0], 10 ** number[1]), notations().units["%"])
        )
    negative = body.startswith("负")
    body = body[1:] if negative or (body.startswith("正") and len(body) > 1) else body
    found = _NUMBER.match(body)
    if found:
        whole, _, places = found.group().replace(",", "").partition(".")
        value, rest = Fraction(int(whole + places), 10 ** len(places)), body[found.end() :]
    else:
        end = next((i for i, sign in enumerate(body) if sign not in NUMERAL_CHARS), len(body))
        if (number := chinese_number(body[:end])) is None:
            return None
        value, rest = Fraction(number[0], 10 ** number[1]), body[end:]
    scaled = unit_behind(rest, unit, in_digits=found is not None)
    if scaled is None:
        return None
    known, scale = scaled
    if per:
        known = Unit(f"{known.base}/{per}", known.kind)
    value = -value if negative else value
    return _Amount(value if scale == 1 else value * scale, known)


def _e6(value: Fraction) -> int | None:
    scaled = half_up(value.numerator * 1_000_000, value.denominator)
    return scaled if -_INT64 <= scaled < _INT64 else None
