"""Dates, periods and deadlines in values: 2021年12月31日前, 11月底, 1-3月, 年底."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from perfeval.extract.notations import notations
from perfeval.extract.numerals import chinese_number

_SIGN = re.compile("[年月底末旬季/.-]")
_DATED = re.compile(r"[年月底末旬季初中]|(?:19|20)\d\d[-/.]\d")  # 95.5% has a sign and neither
_DIGITS_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"(?:\d\d:\d\d(?::\d\d)?)?(?P<before>之前|以前|前|止)?"
)
_WORD_DATE = re.compile(
    r"(?:于|在|到|截至|截止到?|本年度?|当年)?"
    r"(?:(?P<year>(?:19|20)\d\d)年度?|(?P<short>\d\d)年(?=\d{1,2}月))?"
    r"(?:(?P<month>\d{1,2})月份?)?(?:(?P<day>\d{1,2})[日号])?"
    r"(?P<part>年?[底末初中]|上旬|中旬|下旬|上半年|下半年|年内|全年|第?[1-4]季度末?)?"
    r"(?P<before>之前|以前|前|以内|之内|内|止)?"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=月|日|号|季度)")
_PARTS_OF_MONTH = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20)}
_PARTS_OF_YEAR = {
    "底": (1201, 1231),
    "末": (1201, 1231),
    "初": (101, 131),
    "中": (601, 630),
    "上半年": (101, 630),
    "下半年": (701, 1231),
    "年内": (101, 1231),
    "全年": (101, 1231),
}


@dataclass(frozen=True, slots=True)
class Date:
    """From `first` to `last`, as yyyymmdd, or mmdd where `has_year` is false.

    `deadline`: the words say before or by (then `last` counts); `span`: two dates are named.
    A deadline "9月前" is taken as before the end of September: the reading that accuses nobody.
    """

    first: int
    last: int
    has_year: bool
    deadline: bool = False
    span: bool = False


def find_date(text: str) -> Date | None:
    """The date or period that the whole of `text` (NFKC, no blanks) is; None for anything else."""
    if not (_SIGN.search(text) and _DATED.search(text)):
        return None
    text = _NUMERAL.sub(_arabic, text)
    tails = notations().date_tail
    if text.endswith(tails):
        for tail in tails:
            if text.endswith(tail) and (date := find_date(text[: -len(tail)])):
                return date
    return _single(text) or _span(text)


def _single(text: str) -> Date | None:
    found = _DIGITS_DATE.fullmatch(text)
    if found:
        return _calendar(int(found["year"]), int(found["month"]), int(found["day"]), found)
    found = _WORD_DATE.fullmatch(text)
    if not found:
        return None
    year = int(found["year"] or 0) or (2000 + int(found["short"]) if found["short"] else None)
    month = int(found["month"]) if found["month"] else None
    day = int(found["day"]) if found["day"] else None
    return _calendar(year, month, day, found)


def _calendar(
    year: int | None, month: int | None, day: int | None, found: re.Match[str]
) -> Date | None:
    groups = found.groupdict()
    part, deadline = groups.get("part") or "", bool(groups["before"])
    days = _days_of_month(year, month, day, part) if month else _days_of_year(year, day, part)
    if days is None:
        return None
    first, last = (days[0], days[1]) if year is None else (year * 10_000 + d for d in days)
    return Date(first, last, year is not None, deadline or part == "年内")


def _days_of_month(
    year: int | None, month: int, day: int | None, part: str
) -> tuple[int, int] | None:
    if not 1 <= month <= 12:
        return None
    length = monthrange(year or 2000, month)[1]
    base = month * 100
    if day is not None:
        return (base + day, base + day) if 1 <= day <= length and not part else None
    if part in _PARTS_OF_MONTH:
        return base + _PARTS_OF_MONTH[part][0], base + _PARTS_OF_MONTH[part][1]
    if part == "下旬":
        return base + 21, base + length
    return (base + 1, base + length) if part in ("", "底", "末") else None


def _days_of_year(year: int | None, day: int | None, part: str) -> tuple[int, int] | None:
    if day is not None or (year is None and not part):
        return None
    if not part:
        return 101, 1231
    if part.strip("第末").endswith("季度"):
        quarter = int(part.strip("第末")[0])
        last = quarter * 3
        return (last - 2) * 100 + 1, last * 100 + monthrange(2000, last)[1]
    if year is None and part in ("底", "末", "初", "中", "全年"):
        return None  # 底前 of what; 全年 alone is no date
    return _PARTS_OF_YEAR.get(part.removeprefix("年") if part != "年内" else part)


def _span(text: str) -> Date | None:
    """Two dates joined: 2021年1-12月, 2021.1.1-2021.12.31, 3月至5月."""
    for sign in notations().range:
        at = text.find(sign)
        while 0 < at < len(text) - len(sign):
            if date := _joined(text[:at], text[at + len(sign) :]):
                return date
            at = text.find(sign, at + 1)
    return None


def _joined(left: str, right: str) -> Date | None:
    later = _single(right)
    if later is None:
        return None
    earlier = _single(left) or _single(f"{left}月")
    if earlier is None:
        return None
    if earlier.has_year and not later.has_year:
        year = earlier.first // 10_000 * 10_000
        later = Date(year + later.first, year + later.last, True, later.deadline)
    if earlier.has_year != later.has_year or earlier.first > later.last:
        return None
    return Date(earlier.first, later.last, later.has_year, later.deadline, True)


def _arabic(found: re.Match[str]) -> str:
    number = chinese_number(found.group())
    return found.group() if number is None else str(number[0])
