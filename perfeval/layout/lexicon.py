"""What a text in a cell may be a label of, by the words of data/labels.toml."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

from perfeval.errors import UsageError
from perfeval.levels import labels

_LONGEST = 40  # a longer text is no label
_LONGEST_LIKE = 18  # a longer text is only a label when it is listed
_REMEMBERED = 4_000  # texts: the labels of all layouts are a few hundred, the rest never come again
_SENTENCE = re.compile(r"[,;。!?]")
_BRACKETS = str.maketrans("【】〔〕[]{}〈〉", "()()()()()")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_ODD = re.compile(r"[\s\u200b\ufeff【】〔〕\[\]{}〈〉]")  # what the two above take out
_BRACKETED = re.compile(r"\([^()]*\)?|\)")
_NUMBERED = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,2}[、.)]|\(?\d{1,2}[、.)](?!\d)|[①-⑳]|[★☆*▲●◆]+)+"
)
_POINTS = re.compile(r"[:：]?\d{1,3}(?:\.\d+)?分$|分$|[:：]?\d{1,3}$")
_PARTS = re.compile(r"(?:其中|包括)[:：,、\-]*")


class Label(NamedTuple):
    """What one text may name, by context; "" where it is no label of that kind."""

    text: str  # normalised
    heading: str = ""
    money_column: str = ""
    money_row: str = ""
    money_split: str = ""
    goal: str = ""
    column: str = ""
    top: bool = False  # total, beside a value
    bottom: bool = False  # total, at the head of a row
    subtotal: bool = False
    grade: bool = False
    grade_word: bool = False
    level1: str = ""
    level2: str = ""
    block: str = ""
    title: str = ""
    part: bool = False  # begins with 其中
    known: bool = False  # a label of some block (level labels and grade words are content)


_NOTHING = Label("")


@dataclass(frozen=True, slots=True)
class Like:
    """A wording by its parts: all of `has`, none of `lacks`."""

    role: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]

    def fits(self, text: str) -> bool:
        return all(word in text for word in self.has) and not any(w in text for w in self.lacks)


class _Wording(NamedTuple):
    """A normalised text as it is compared with every section; worked out once for all."""

    variants: tuple[str, ...]
    likely: str  # what `Like` is asked of, "" where it can fit none


class _Labels(dict[str, Label]):
    """The Label of each text that was asked for. Most are labels or figures that come again."""

    def __init__(self, find: Callable[[str], Label]) -> None:
        self._find = find

    def __missing__(self, text: str) -> Label:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[text] = self._find(text)
        return found


@dataclass(slots=True)
class Lexicon:
    """Labels by section. `look` answers the Label of a cell's text, and remembers it."""

    same: Mapping[str, Mapping[str, str]]
    like: Mapping[str, Sequence[Like]]
    parents: Mapping[str, tuple[str, ...]]
    hints: re.Pattern[str]  # what one of `like` may fit has one of these words
    words: frozenset[str]  # of all sections
    titles: re.Pattern[str]
    look: Callable[[str], Label] = field(init=False)

    def __post_init__(self) -> None:
        self.look = _Labels(self._label).__getitem__

    def role(self, section: str, text: str) -> str:
        """The role of a normalised text in one section."""
        return self._role(section, self._wording(text))

    def _wording(self, text: str) -> _Wording:
        bare = _BRACKETED.sub("", text) if "(" in text or ")" in text else text
        likely = len(bare) <= _LONGEST_LIKE and self.hints.search(bare)
        return _Wording(_variants(text), bare if likely and not _SENTENCE.search(bare) else "")

    def _role(self, section: str, wording: _Wording) -> str:
        same = self.same.get(section, {})
        for variant in wording.variants:
            if variant in same:
                return same[variant]
        if wording.likely:
            for like in self.like.get(section, ()):
                if like.fits(wording.likely):
                    return like.role
        return ""

    def _label(self, text: str) -> Label:
        short = normalise(text)
        if not short or len(short) > 60:
            return _NOTHING
        title = self._title(short) if self.titles.search(short) else ""
        if title == "form" or len(short) > _LONGEST or not _has_letters(short):
            return Label(short, title=title)
        wording = self._wording(short)
        leads = _PARTS.match(short)
        if not leads and not wording.likely and self.words.isdisjoint(wording.variants):
            return Label(short, title=title)
        role = partial(self._role, wording=wording)
        heading, money_column, goal = role("heading"), role("money_column"), role("goal")
        column, block = role("column"), role("block")
        top, bottom, grade = bool(role("top")), bool(role("total")), bool(role("grade"))
        return Label(
            text=short,
            heading=heading,
            money_column=money_column,
            money_row=self.role("money_row", short[leads.end() :]) if leads else role("money_row"),
            money_split=role("money_split"),
            goal=goal,
            column=column,
            top=top,
            bottom=bottom,
            subtotal=bool(role("subtotal")),
            grade=grade,
            grade_word=bool(role("grade_words")),
            level1=role("level1"),
            level2=role("level2"),
            block=block,
            title=title,
            part=bool(leads),
            known=any((heading, money_column, goal, column, block, grade, top, bottom)),
        )

    def _title(self, text: str) -> str:
        words = self.same.get("title", {})
        found = {role for word, role in words.items() if word in text}
        return "list" if "list" in found else "form" if "form" in found else ""


@cache
def lexicon() -> Lexicon:
    """The labels shipped with the package."""
    return build(labels())


def extended(more: Mapping[str, Mapping[str, Sequence[str]]]) -> Lexicon:
    """The shipped labels and an office's own, by section and role as in data/labels.toml.

    Raises UsageError for a section or role that there is none of, or a label of another role.
    """
    data = {section: dict(roles) for section, roles in labels().items()}
    for section, roles in more.items():
        known = data.get(section)
        if known is None:
            raise UsageError(
                f"labels：没有 {section} 一节（no such section），{_near(section, data)}"
            )
        for role, texts in roles.items():
            if role not in known:
                raise UsageError(
                    f"labels.{section}：没有 {role} 一项（no such role），{_near(role, known)}"
                )
            known[role] = [*known[role], *texts]
    try:
        return build(data)
    except ValueError as error:
        raise UsageError(f"labels 有误（wrong）：{error}") from error


def _near(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), 1)
    return f"是否应为 {near[0]}（did you mean {near[0]}?）" if near else f"可用：{' '.join(known)}"


def build(data: Mapping[str, Mapping[str, Sequence[str]]]) -> Lexicon:
    """A Lexicon from the sections of labels.toml.

    Raises ValueError when a label stands twice in a section under different roles.
    """
    same: dict[str, dict[str, str]] = {}
    like: dict[str, list[Like]] = {}
    for section, roles in data.items():
        if section == "level2_parents":
            continue
        for role, texts in roles.items():
            for text in texts:
                if section.endswith("_like"):
                    like.setdefault(section.removesuffix("_like"), []).append(_like(role, text))
                elif same.setdefault(section, {}).setdefault(normalise(text), role) != role:
                    raise ValueError(f"[{section}] 中 {text!r} 有两种含义（names two things）")
    # total.top and total.bottom may share labels: they are told apart by where they stand
    words = sorted({word for group in like.values() for one in group for word in one.has})
    parents = {role: tuple(texts) for role, texts in data.get("level2_parents", {}).items()}
    return Lexicon(
        same,
        like,
        parents,
        hints=_any_of(words),
        words=frozenset(chain(*same.values())),
        titles=_any_of(same.get("title", ())),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def normalise(text: str) -> str:
    """A text made comparable: half width, no blanks, one kind of bracket, no trailing colon."""
    if len(text) > 400:
        return ""
    short = unicodedata.normalize("NFKC", text)
    if _ODD.search(short):
        short = _BLANKS.sub("", short.translate(_BRACKETS))
    return short.rstrip(":：")


def bare(text: str) -> str:
    """A normalised label without its bracketed parts: 全年预算数(A) → 全年预算数."""
    return _BRACKETED.sub("", text)


def _variants(text: str) -> tuple[str, ...]:
    """The text, without brackets, without its number, without both, and without points behind."""
    number = _NUMBERED.match(text)
    plain = text[number.end() :] if number else text
    if "(" in text or ")" in text:
        bare = _BRACKETED.sub("", text).rstrip(":：")
        both = _BRACKETED.sub("", plain).rstrip(":：")
    else:
        bare, both = text.rstrip(":："), plain.rstrip(":：")
    last = both[-1:]
    unpointed = _POINTS.sub("", both) if last == "分" or last.isdecimal() else both
    return tuple(dict.fromkeys((text, bare, plain, both, unpointed)))


def _has_letters(text: str) -> bool:
    return max(text) > "\u2fff"


def _like(role: str, pattern: str) -> Like:
    has, *lacks = pattern.split("-")
    return Like(role, tuple(has.split("+")), tuple(lacks))
