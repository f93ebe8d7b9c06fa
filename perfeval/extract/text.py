"""Texts of cells: markup taken off, labels made comparable, years, and the words for nothing."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from perfeval.extract.notations import notations
from perfeval.extract.numerals import chinese_number
from perfeval.layout.lexicon import half_width

_BRACKETS = dict(zip("【】〔〕[]{}「」『』〈〉", "()()()()()()()", strict=True))
_BRACKET = re.compile(r"[【】〔〕\[\]{}「」『』〈〉]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ODD = re.compile(r"[\s\u200b【】〔〕\[\]{}「」『』〈〉]")  # what no label is compared with
_BLANKS = re.compile(r"\s+")
_YEAR = r"(?<![0-9A-Za-z.])((?:19|20)\d\d)"
_YEARS = tuple(
    re.compile(pattern)
    for pattern in (
        _YEAR + "年度",
        _YEAR + "年",
        r"([一二][零〇○0一二三四五六七八九]{3})年",
        _YEAR + r"(?![0-9A-Za-z.])",
    )
)
_BARE_POINTS = re.compile(r"(?<![\d.~-])(\d{1,3}(?:\.\d{1,4})?)分(?!\d)")
_BRACKET_POINTS = re.compile(r"\((\d{1,3}(?:\.\d{1,4})?)\)$")


def clean_text(raw: str) -> tuple[str, tuple[str, ...]]:
    """The text without tags, entities and outer blanks, and the mark "markup" where there were any.

    Only HTML's own tags count: "<=90%" and "a<b" stay as they are.
    """
    if not _has_markup(raw):
        return raw.strip(), ()
    text = raw.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    bare = _ENTITY.sub(_decode, _tags().sub(_tag, _without_comments(text)))
    if bare == text:
        return text, ()
    lines = (line.strip() for line in bare.replace("\xa0", " ").splitlines())
    return "\n".join(line for line in lines if line), ("markup",)


def clean_texts(raws: Sequence[str]) -> tuple[list[str], list[tuple[str, ...]]]:
    """The same of many texts, and the marks of each; one glance at all tells most."""
    if not _has_markup("\n".join(raws)):
        return [raw.strip() for raw in raws], [()] * len(raws)
    cleaned = [clean_text(raw) for raw in raws]
    return [text for text, _ in cleaned], [marks for _, marks in cleaned]


@lru_cache(maxsize=2048)
def normalise_label(text: str) -> str:
    """A label made comparable: NFKC, brackets of one kind, no blanks, no trailing colon."""
    text = half_width(text)
    if _ODD.search(text):
        text = _BRACKET.sub(lambda sign: _BRACKETS[sign.group()], text)
        text = _BLANKS.sub("", text).replace("\u200b", "")
        text = unicodedata.normalize("NFKC", text)  # without blanks signs may combine
    return text.rstrip(":")


def find_year(text: str) -> int | None:
    """The year that a title or heading names: (2021 年度), 2021年, 二〇二一年, 2021; or None."""
    text = normalise_label(text)
    for pattern in _YEARS:
        if found := pattern.search(text):
            return _year(found.group(1))
    return None


@lru_cache(maxsize=1024)  # labels of levels: a few, in every row
def points_in_label(text: str) -> int | None:
    """Points in e4 printed in a label: 产出指标（50分）, (50), 50分. A range (0-20)分 is None."""
    label = normalise_label(text)
    found = _BARE_POINTS.search(label) or _BRACKET_POINTS.search(label)
    if found is None:
        return None
    whole, _, places = found.group(1).partition(".")
    points = int(whole) * 10_000 + int(places.ljust(4, "0"))
    return points if points <= 1_000_000 else None


def is_none(text: str) -> bool:
    """Whether the text says that there is nothing to say: —, /, ——, 无, 不适用."""
    if says_something(text):
        return False
    label = _BLANKS.sub("", text)
    if not label:
        return False
    known = notations()
    return known.dashes.issuperset(label) or normalise_label(label).rstrip("。.") in known.none


def is_placeholder(text: str) -> bool:
    """Whether the text was left over from the template: ……, 指标2：, 目标1：…, XX, **."""
    if says_something(text):
        return False
    label = normalise_label(text)
    return bool(label) and _placeholder().fullmatch(label) is not None


def says_something(text: str) -> bool:
    """Whether a glance shows that the text is neither of the two above; most are seen so."""
    return _something().match(text) is not None


def _has_markup(raw: str) -> bool:
    return "<" in raw or "&" in raw or "\r" in raw or "_x000D_" in raw


def _year(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    number = chinese_number(text.replace("0", "〇"))
    assert number is not None  # the pattern lets only digits through
    return number[0]


def _without_comments(text: str) -> str:
    """A pattern for <!-- … --> would take quadratic time on a text of openings."""
    kept, start = [], 0
    while (opening := text.find("<!--", start)) >= 0:
        closing = text.find("-->", opening + 4)
        if closing < 0:
            break
        kept.append(text[start:opening])
        start = closing + 3
    return "".join((*kept, text[start:]))


@cache
def _tags() -> re.Pattern[str]:
    names = "|".join(map(re.escape, notations().tags))
    return re.compile(rf"</?({names})(?:\s[^<>]*)?/?>", re.IGNORECASE)


def _tag(found: re.Match[str]) -> str:
    name = (found.group(1) or "").lower()
    return "\n" if name in notations().line_tags else ""


def _decode(found: re.Match[str]) -> str:
    return html.unescape(found.group(0))


@cache
def _placeholder() -> re.Pattern[str]:
    known = notations()
    signs = re.escape(known.placeholder_signs)
    words = "|".join(map(re.escape, known.numbered))
    return re.compile(rf"(?:(?:{words})(?:\d{{1,2}}|[一二三四五六七八九十])?[:.、]?|[{signs}]+)+")


@cache
def _something() -> re.Pattern[str]:
    """Signs that stay as they are in a label, and begin it unlike any word or sign for nothing."""
    known = notations()
    words = (*known.none, *known.numbered)
    signs = "".join(sorted(known.dashes)) + known.placeholder_signs
    unlike = f"(?!{'|'.join(map(re.escape, words))}|[{re.escape(signs)}])"
    stable = r"[!-~≥≤\u4e00-\u9fff]"
    return re.compile(rf"{unlike}(?:{stable}{{{max(map(len, words))}}}|{stable}+\Z)")
