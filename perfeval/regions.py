"""Places: the GB/T 2260 code of the place that a unit's name tells, down to the county."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

from perfeval.errors import UsageError

COUNTRY = "000000"
_PROPER = ("州", "县", "旗")  # 德宏州, 景宁县: short, but names like the full ones
_HAN = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=4096)
def find_region(*texts: str) -> str:
    """The code of the most specific place named, "" if none: 上海市青浦区区域发展办公室 → 310118.

    The first text that settles a place decides; the others make it more specific or tell which of
    several places of one name is meant. A name that stays ambiguous (鼓楼区) is not guessed.
    """
    found = [_mentions(text) for text in texts]
    sure = {codes[0] for mentions in found for codes in mentions if len(codes) == 1}
    best = ""
    for mentions in found:
        for codes in mentions:
            code = _settle(codes, sure)
            if code and (not best or best in ancestors(code)):
                best = code
    return best


def region_name(code: str) -> str:
    """The full name: 310118 → 上海市青浦区. Raises UsageError for a code that is none."""
    if code == COUNTRY:
        return "全国"
    chain = [c for c in ancestors(code) if c != COUNTRY]
    if not chain or chain[0] != code:
        raise UsageError(f"不是行政区划代码：{code!r}，应为六位，如 310118（no region code）")
    return "".join(_gazetteer().names[c] for c in reversed(chain))


def region_code(text: str) -> str:
    """The code of a place given by its code or its name: 上海市青浦区 → 310118; "" for no place."""
    text = "".join(text.split())
    if text == COUNTRY or text in _gazetteer().names:
        return text
    code = find_region(text)
    return code if code and text in (region_name(code), _gazetteer().names[code]) else ""


def places() -> Iterator[tuple[str, str]]:
    """Every code with the full name of its place."""
    yield COUNTRY, region_name(COUNTRY)
    yield from ((code, region_name(code)) for code in _gazetteer().names)


def nearest(text: str) -> str:
    """Code and name of the place most like a mistyped one: 31118 → 310118 上海市青浦区; or ""."""
    if text.isdecimal():
        near = difflib.get_close_matches(text, _gazetteer().names, 1, 0.8)
    else:
        full = {name: code for code, name in places()}
        near = [full[name] for name in difflib.get_close_matches(text, full, 1)]
    return f"{near[0]} {region_name(near[0])}" if near else ""


def ancestors(code: str) -> tuple[str, ...]:
    """The place and what it lies in, nearest first: 310118 → ("310118", "310000", "000000")."""
    known = _gazetteer().names
    chain = dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000"))
    return (*(c for c in chain if c in known), COUNTRY)


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """names: code → name. full and short: name → codes. lengths: first two signs → name lengths."""

    names: Mapping[str, str]
    full: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    lengths: Mapping[str, tuple[int, ...]]


@cache
def _gazetteer() -> _Gazetteer:
    source = resources.files("perfeval").joinpath("data/regions.tsv")
    rows = [
        f"{line}\t\t".split("\t")
        for line in source.read_text(encoding="utf-8").splitlines()
        if line[0] != "#"
    ]
    rows.sort(key=lambda row: row[3] == "past")  # what is in force is found first
    names: dict[str, str] = {}
    full: dict[str, tuple[str, ...]] = {}
    short: dict[str, tuple[str, ...]] = {}
    current: set[str] = set()
    for code, name, shorts, past, *_ in rows:
        names.setdefault(code, name)
        if past and name in current and _same_province(full[name], code):
            continue  # the same place under an earlier code
        current.add(name)
        full[name] = (*full.get(name, ()), code)
        for other in shorts.split(",") if shorts else ():
            sort = full if other.endswith(_PROPER) else short
            sort[other] = (*sort.get(other, ()), code)
    lengths: dict[str, set[int]] = {}
    for word in chain(full, short):
        lengths.setdefault(word[:2], set()).add(len(word))
    return _Gazetteer(
        names, full, short, {k: tuple(sorted(v, reverse=True)) for k, v in lengths.items()}
    )


def _same_province(codes: tuple[str, ...], code: str) -> bool:
    return any(other[:2] == code[:2] for other in codes)


@lru_cache(maxsize=1024)  # the same offices hand in many forms
def _mentions(text: str) -> tuple[tuple[str, ...], ...]:
    """Names from left to right, the longest at each place; each as the codes of its bearers.

    A short name (六安) counts only at the start of a word if it is a province, and directly behind
    the place that it lies in otherwise: 黄河南岸 is not 河南, 朝阳产业 is no district.
    """
    known = _gazetteer()
    text = "".join(text.split())
    found: list[tuple[str, ...]] = []
    at = 0
    parents: tuple[str, ...] = ()
    while at < len(text) - 1:
        lengths = known.lengths.get(text[at : at + 2])
        name, codes = _longest(known, text, at, parents, lengths) if lengths else ("", ())
        if codes:
            found.append(codes)
        at, parents = at + (len(name) or 1), codes
    return tuple(found)


def _longest(
    known: _Gazetteer, text: str, at: int, parents: tuple[str, ...], lengths: Iterable[int]
) -> tuple[str, tuple[str, ...]]:
    starts_word = at == 0 or not _HAN.match(text[at - 1])
    for length in lengths:
        name = text[at : at + length]
        for codes in (known.full.get(name, ()), known.short.get(name, ())):
            if nested := tuple(code for code in codes if _within(code, parents)):
                return name, nested
        if codes := known.full.get(name, ()):
            weak = length == 2 or (name.endswith("区") and text[at + length :][:1] == "域")
            if not weak or (length == 2 and starts_word):
                return name, codes
        provinces = tuple(c for c in known.short.get(name, ()) if c.endswith("0000"))
        if provinces and starts_word:
            return name, provinces
    return "", ()


def _within(code: str, parents: Iterable[str]) -> bool:
    return any(code != parent and parent in ancestors(code) for parent in parents)


def _settle(codes: tuple[str, ...], sure: set[str]) -> str:
    """The place that is meant: the only one, or the one that most of the sure places contain."""
    if len(codes) == 1:
        return codes[0]
    support = [len(sure.intersection(ancestors(code)[1:])) for code in codes]
    best = max(support)
    return codes[support.index(best)] if best and support.count(best) == 1 else ""
