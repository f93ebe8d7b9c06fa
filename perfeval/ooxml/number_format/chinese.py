"""Chinese numerals of the format codes [DBNum1] 一二三, [DBNum2] 壹贰叁 and [DBNum3] １２３."""

from __future__ import annotations

from typing import NamedTuple


class Numerals(NamedTuple):
    digits: str
    units: tuple[str, str, str, str]


NUMERALS: dict[int, Numerals] = {
    1: Numerals("〇一二三四五六七八九", ("", "十", "百", "千")),
    2: Numerals("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")),
    3: Numerals("０１２３４５６７８９", ("", "十", "百", "千")),
}
_MYRIADS = ("", "万", "亿", "万亿", "亿亿")


def digit_by_digit(text: str, kind: int) -> str:
    """Every digit of `text` exchanged: 2021 → 二〇二一."""
    return text.translate({48 + i: digit for i, digit in enumerate(NUMERALS[kind].digits)})


def read_aloud(text: str, kind: int) -> str:
    """A plain decimal number with its place words: 12045.6 → 一万二千〇四十五.六."""
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, places = text.partition(".")
    if not whole.isdecimal() or len(whole) > 4 * len(_MYRIADS):
        return digit_by_digit(sign + text, kind)
    return sign + _whole(whole, kind) + point + digit_by_digit(places, kind)


def in_date(number: int, kind: int) -> str:
    """A month, day or hour: 12 → 十二, but 壹拾贰 in [DBNum2] and １２ in [DBNum3]."""
    if kind == 3:
        return digit_by_digit(str(number), kind)
    aloud = _whole(str(number), kind)
    return aloud[1:] if kind == 1 and 10 <= number < 20 else aloud


def _whole(whole: str, kind: int) -> str:
    numerals = NUMERALS[kind]
    zero = numerals.digits[0]
    parts: list[str] = []
    pending = False
    for place, digit in zip(range(len(whole) - 1, -1, -1), whole, strict=True):
        if digit == "0":
            pending = True
        else:
            if pending and parts:
                parts.append(zero)
            pending = False
            parts.append(numerals.digits[int(digit)] + numerals.units[place % 4])
        if place and place % 4 == 0 and whole[: len(whole) - place][-4:].strip("0"):
            parts.append(_MYRIADS[place // 4])
    return "".join(parts) or zero
