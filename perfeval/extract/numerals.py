"""Numbers written in Chinese characters: 一百二十, 两, 二〇二一, 九十九点五, 半."""

from __future__ import annotations

_SIGNS = ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {sign: digit for digit, signs in enumerate(_SIGNS) for sign in signs}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
NUMERAL_CHARS = frozenset(_DIGITS) | frozenset(_TENS) | frozenset(_MYRIADS) | frozenset("点半")


def chinese_number(text: str) -> tuple[int, int] | None:
    """The number as (digits, places), 九十九点五 → (995, 1); None where `text` is not exactly one.

    Colloquial 一百二 (120 or 102?) is None: it is not guessed.
    """
    if text == "半":
        return 5, 1
    whole, point, places = text.partition("点")
    value = _whole(whole)
    if value is None or (point and not _is_positional(places)):
        return None
    if not point:
        return value, 0
    return value * 10 ** len(places) + int(_positional(places)), len(places)


def _whole(text: str) -> int | None:
    if not text or len(text) > 24:
        return None
    if len(text) > 1 and _is_positional(text):
        return int(_positional(text))
    total = section = 0
    digit: int | None = None
    smallest, biggest = 10_000, 10**12  # the next 十百千 and 万亿 must be smaller than these
    gap = True  # whether a last digit may stand here: after 零, 十 or nothing
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            gap = gap or digit == 0
        elif sign in _TENS and _TENS[sign] < smallest and (digit or _TENS[sign] == 10):
            section += (1 if digit is None else digit) * _TENS[sign]
            smallest, digit = _TENS[sign], None
            gap = smallest == 10
        elif sign in _MYRIADS and _MYRIADS[sign] < biggest and (section or digit):
            total += (section + (digit or 0)) * _MYRIADS[sign]
            biggest, smallest, section, digit, gap = _MYRIADS[sign], 10_000, 0, None, False
        else:
            return None
    if digit and not gap:
        return None
    return total + section + (digit or 0)


def _is_positional(text: str) -> bool:
    return bool(text) and all(sign in _DIGITS for sign in text)


def _positional(text: str) -> str:
    return "".join(str(_DIGITS[sign]) for sign in text)
