"""Words by which people say nothing: data/wording.toml, as sets and patterns for columns."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from perfeval.errors import UsageError
from perfeval.exact import Flags, Texts

if TYPE_CHECKING:
    import pandas as pd

_SIGNS = r"[^\w%]|_"
_SIGN = re.compile(_SIGNS)
# of these signs NFKC makes no letter, and it leaves these letters as they are
_USUAL = re.compile("[\u4e00-\u9fff\\x00-\\x7f\u3000、。，；：（）“”《》—…]*")
_USUAL_SIGNS = re.compile("[^\u4e00-\u9fff0-9A-Za-z%]+")
_KEYS: Mapping[str, frozenset[str]] = {
    "empty_reason": frozenset({"label", "basis", "whole"}),
    "unmeasurable": frozenset({"label", "basis", "contains", "checkable"}),
    "shared_text": frozenset({"label", "basis", "shortest"}),
    "empty_explanation": frozenset({"label", "basis", "whole", "shortest"}),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """`empty_reasons` are whole texts without blanks and punctuation; the others are patterns."""

    empty_reasons: frozenset[str]
    wishes: str
    checkable: str
    shortest_shared: int  # characters from which on a text is too long to be the same by chance
    empty_explanations: frozenset[str]  # replies to a finding that say nothing; with empty_reasons
    shortest_explanation: int  # as shortest_shared, of replies


@cache
def wording() -> Wording:
    """The words of the package. Raises UsageError where the data is malformed."""
    source = resources.files("perfeval").joinpath("data/wording.toml")
    return parse(source.read_text(encoding="utf-8"))


def parse(text: str) -> Wording:
    """Words from TOML. Raises UsageError naming an unknown or missing key."""
    data = tomllib.loads(text)
    for section in {*data, *_KEYS}:
        wrong = set(data.get(section, {})) ^ _KEYS.get(section, frozenset())
        if wrong:
            raise UsageError(
                f"wording.toml [{section}]：{'、'.join(sorted(wrong))} 有误（wrong key）"
            )
    vague = data["unmeasurable"]
    return Wording(
        frozenset(data["empty_reason"]["whole"]),
        _any(vague["contains"]),
        _any(vague["checkable"]),
        int(data["shared_text"]["shortest"]),
        frozenset(data["empty_explanation"]["whole"] + data["empty_reason"]["whole"]),
        int(data["empty_explanation"]["shortest"]),
    )


def bare(texts: pd.Series[str]) -> pd.Series[str]:
    """Texts without blanks and punctuation (but for %), full-width letters made half-width."""
    return texts.str.normalize("NFKC").str.replace(_SIGNS, "", regex=True)


def bare_texts(texts: Texts, asked: Flags | None = None) -> Texts:
    """The same of an array of texts; "" for those that are not `asked` for."""
    made = np.full(len(texts), "", dtype=object)
    places = np.arange(len(texts)) if asked is None else np.flatnonzero(asked)
    known: dict[str, str] = {}
    for place, text in zip(places.tolist(), texts[places].tolist(), strict=True):
        if text not in known:
            known[text] = bare_text(text)
        made[place] = known[text]
    return made


def holding(texts: Texts, pattern: str, asked: Flags | None = None) -> Flags:
    """Whether each text that is `asked` for (all if None) holds what the pattern describes."""
    found = np.zeros(len(texts), dtype=bool)
    places = range(len(texts)) if asked is None else np.flatnonzero(asked).tolist()
    if places:
        search = re.compile(pattern).search
        found[places] = [search(texts[place]) is not None for place in places]
    return found


def bare_text(text: str) -> str:
    """The same of one text."""
    if _USUAL.fullmatch(text):
        return _USUAL_SIGNS.sub("", text)
    return _SIGN.sub("", unicodedata.normalize("NFKC", text))


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))
