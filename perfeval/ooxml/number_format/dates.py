"""A serial number as a date or time, in the 1900 or 1904 system, with Excel's 29 February 1900."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from perfeval.ooxml.number_format.chinese import digit_by_digit, in_date
from perfeval.ooxml.number_format.sections import Kind, Section, Token, split_sections

MAX_SERIAL = 2958466  # the day after 9999-12-31
_OFFSET_1904 = 1462
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEK = "一二三四五六日"
_MONTHS_ZH = [
    "一月",
    "二月",
    "三月",
    "四月",
    "五月",
    "六月",
    "七月",
    "八月",
    "九月",
    "十月",
    "十一月",
    "十二月",
]
_CHINESE = ("804", "404", "c04", "1004", "1404")
_SYSTEM_DATE, _SYSTEM_TIME = "F800", "F400"
_LONG_DATE = split_sections('yyyy"年"m"月"d"日"')[0].tokens
_LONG_TIME = split_sections("h:mm:ss")[0].tokens


class Moment(NamedTuple):
    """A serial number broken down; `total` is the whole in seconds."""

    year: int
    month: int
    day: int
    weekday: int
    seconds: int  # since midnight
    fraction: Decimal
    total: Decimal


def serial_of(moment: datetime | date, *, date1904: bool = False) -> float:
    """The serial number of a date."""
    day = (
        moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    )
    delta = day.replace(tzinfo=None) - datetime(1899, 12, 30)
    serial = delta.days + delta.seconds / 86400 + delta.microseconds / 86400e6
    if date1904:
        return serial - _OFFSET_1904
    return serial if serial >= 61 else serial - 1


def render_date(section: Section, serial: Decimal, *, date1904: bool = False) -> str | None:
    """The text of a date; None where Excel shows ##### (before 1900, after 9999)."""
    if not 0 <= serial + (_OFFSET_1904 if date1904 else 0) < MAX_SERIAL:
        return None
    tokens = _system_tokens(section)
    places = max((len(t.text.partition(".")[2]) for t in tokens if t.kind == Kind.DATE), default=0)
    moment = _moment(serial, places, date1904=date1904)
    if moment is None:
        return None
    noon = any(t.text in ("AM/PM", "A/P", "上午/下午") for t in tokens)
    chinese = section.locale.lower().lstrip("0") in _CHINESE
    parts = []
    for index, token in enumerate(tokens):
        if token.kind == Kind.DATE:
            text = token.text
            if text[0] == "m" and len(text) < 3 and _is_minute(tokens, index):
                text = "n" * len(text)
            parts.append(_field(text, moment, noon, chinese, section.dbnum))
        elif token.kind == Kind.ELAPSED:
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
            parts.append(str(int(moment.total // unit)).rjust(len(token.text), "0"))
        elif token.kind != Kind.TEXT:
            parts.append(token.text)
    return "".join(parts)


def _system_tokens(section: Section) -> tuple[Token, ...]:
    """[$-F800] and [$-F400] mean the long date and the time of the system, here a Chinese one."""
    if section.locale.upper() == _SYSTEM_DATE:
        return _LONG_DATE
    return _LONG_TIME if section.locale.upper() == _SYSTEM_TIME else section.tokens


def _moment(serial: Decimal, places: int, *, date1904: bool) -> Moment | None:
    total = (serial * 86400).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    days, seconds = divmod(total, 86400)
    day = int(days) + (_OFFSET_1904 if date1904 else 0)
    clock = (int(seconds), seconds % 1, total)
    if day == 60:
        return Moment(1900, 2, 29, 2, *clock)
    if day == 0:
        return Moment(1900, 1, 0, 5, *clock)
    if day >= MAX_SERIAL:
        return None
    when = date(1899, 12, 31 if day < 60 else 30) + timedelta(day)
    # Excel counts weekdays from a wrong 1 January 1900
    weekday = (when.weekday() - (1 if day < 60 else 0)) % 7
    return Moment(when.year, when.month, when.day, weekday, *clock)


def _is_minute(tokens: tuple[Token, ...], index: int) -> bool:
    """`m` means minutes right after hours or right before seconds."""
    fields = [(i, t.text[0]) for i, t in enumerate(tokens) if t.kind in (Kind.DATE, Kind.ELAPSED)]
    at = next(n for n, (i, _) in enumerate(fields) if i == index)
    before = fields[at - 1][1] if at else ""
    after = fields[at + 1][1] if at + 1 < len(fields) else ""
    return before == "h" or after == "s"


def _field(text: str, moment: Moment, noon: bool, chinese: bool, dbnum: int) -> str:
    letter, width = text[0], len(text)
    hour, minute, second = moment.seconds // 3600, moment.seconds // 60 % 60, moment.seconds % 60
    if letter in "ye":
        year = str(moment.year) if width > 2 or letter == "e" else f"{moment.year % 100:02d}"
        return digit_by_digit(year, dbnum) if dbnum else year
    if letter == "m" and width > 2:
        return _month_name(moment.month, width, chinese)
    if letter == "d" and width > 2:
        if chinese:
            return ("周" if width == 3 else "星期") + _WEEK[moment.weekday]
        return _DAYS[moment.weekday][: 3 if width == 3 else None]
    if letter == "a":
        return ("" if width == 3 else "星期") + _WEEK[moment.weekday]
    if letter in "AP上":
        return text.split("/")[hour >= 12]
    if letter in "gb":
        return str(moment.year + 543) if letter == "b" else ""
    if letter == "s":
        whole, _, places = text.partition(".")
        fraction = f"{moment.fraction:.{len(places)}f}"[1:] if places else ""
        return _number(second, len(whole), dbnum) + fraction
    if letter == "h" and noon:
        hour = hour % 12 or 12
    return _number(
        {"m": moment.month, "d": moment.day, "h": hour, "n": minute}[letter], width, dbnum
    )


def _month_name(month: int, width: int, chinese: bool) -> str:
    if width == 5:
        return _MONTHS[month - 1][0]
    if chinese:
        return f"{month}月" if width == 3 else _MONTHS_ZH[month - 1]
    return _MONTHS[month - 1][: 3 if width == 3 else None]


def _number(number: int, width: int, dbnum: int) -> str:
    return in_date(number, dbnum) if dbnum else str(number).rjust(min(width, 2), "0")
