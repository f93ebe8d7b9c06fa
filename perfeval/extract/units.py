"""Units of measure: what one is in its base unit, and how many 元 a unit of money is."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from perfeval.extract.notations import Unit, notations

_DENOMINATORS = re.compile(r"[·・.*×、/,;xX]")
_SHORT_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z()]{1,3}")
_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,6}")


@lru_cache(maxsize=512)
def money_factor(unit: str) -> Fraction | None:
    """How many 元 one of `unit` is: 万元 → 10000, 万 → 10000; None for what is no money in 元."""
    known = find_unit(unit)
    if known is None or known[0].base not in ("元", ""):
        return None
    return Fraction(known[0].numerator, known[0].denominator) * known[1]


def find_unit(text: str) -> tuple[Unit, int] | None:
    """The unit that the whole text is, and its scale word: 万亩 → (亩, 10000), 万 → ("", 10000)."""
    known = notations()
    if not text:
        return Unit("", "number"), 1
    if text in known.units:
        return known.units[text], 1
    for word, scale in known.scales:
        if text == word:
            return Unit("", "number"), scale
        if text.startswith(word) and text[len(word) :] in known.units:
            return known.units[text[len(word) :]], scale
    return None


@lru_cache(maxsize=4096)
def unit_behind(rest: str, column: str, *, in_digits: bool) -> tuple[Unit, Fraction] | None:
    """The unit that stands behind a number, or else the column's; and what one is in base units.

    None where `rest` is no unit. `in_digits`: the number is in digits, so that any short noun may
    be its unit; behind a Chinese numeral only a known one that counts (一般, 一致, 三类 do not).
    """
    known = notations()
    rest = cut_front(rest, known.approximate_after)[0]
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    if not in_digits and rest in known.ordinal:
        return None
    own = _unit(rest)
    while own is None and (shorter := cut_back(rest, known.tail)) != rest:
        rest, own = shorter, _unit(shorter)
    if own is None and rest in known.tail:
        rest, own = "", _unit("")
    if own is None and in_digits:
        own = _noun(rest)
    if own is None:
        return None
    if own[0].base == "" and column:
        other = _unit(column) or (Unit(column, "number"), Fraction(1))
        return other if not rest else (other[0], own[1])  # 5万 under 万元 is 5万元
    return own


def _unit(text: str) -> tuple[Unit, Fraction] | None:
    top, slash, bottom = text.partition("/")
    if any(sign.isdigit() for sign in bottom):
        return None  # 3个/5个: two values
    found = find_unit(text) or (find_unit(top) if slash and top and bottom else None)
    if found is None:
        return None
    unit, scale = found
    factor = Fraction(unit.numerator, unit.denominator) * scale
    if text in notations().units or not slash:
        return unit, factor
    per = "·".join(part for part in _DENOMINATORS.split(bottom) if part)
    return Unit(f"{unit.base}/{per}", unit.kind), factor


def _noun(rest: str) -> tuple[Unit, Fraction] | None:
    """A counting unit with a noun behind (个村, 名教师), or a short noun that is no known unit."""
    known = notations()
    scale = 1
    for word, factor in known.scales:
        if rest.startswith(word):
            rest, scale = rest[len(word) :], factor
            break
    for length in (2, 1):
        unit = known.units.get(rest[:length])
        if unit is not None and unit.takes_noun and _NOUN.fullmatch(rest[length:]):
            return unit, Fraction(scale)
    if _SHORT_NOUN.fullmatch(rest) and known.not_units.isdisjoint(rest):
        return Unit(rest, "number"), Fraction(scale)
    return None


def cut_front(body: str, words: tuple[str, ...]) -> tuple[str, bool]:
    """`body` without the word of `words` that it begins with, and whether there was one."""
    if body.startswith(words):
        word = next(word for word in words if body.startswith(word))
        if len(body) > len(word):
            return body[len(word) :].lstrip(":"), True
    return body, False


def cut_back(body: str, words: tuple[str, ...]) -> str:
    """`body` without the word of `words` that it ends with."""
    if body.endswith(words):
        word = next(word for word in words if body.endswith(word))
        if len(body) > len(word):
            return body[: -len(word)]
    return body
