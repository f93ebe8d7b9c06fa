"""What a text in a cell may be a label of, by the words of data/labels.toml."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from operator import itemgetter

import msgspec

from perfeval.errors import UsageError
from perfeval.levels import labels

_LONGEST = 40  # a longer text is no label
_LONGEST_LIKE = 18  # a longer text is only a label when it is listed
_REMEMBERED = 4_000  # texts: the labels of all layouts are a few hundred, the rest never come again
_SENTENCE = re.compile(r"[,;。!?]")
_BRACKETS = dict(zip("【】〔〕[]{}〈〉", "()()()()()", strict=True))
_BRACKET = re.compile(r"[【】〔〕\[\]{}〈〉]")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_ODD = re.compile(r"[\s\u200b\ufeff【】〔〕\[\]{}〈〉]")  # what the two above take out
_BRACKETED = re.compile(r"\([^()]*\)?|\)")
_NUMBERED = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,2}[、.)]|\(?\d{1,2}[、.)](?!\d)|[①-⑳]|[★☆*▲●◆]+)+"
)
_POINTS = re.compile(r"[:：]?\d{1,3}(?:\.\d+)?分$|分$|[:：]?\d{1,3}$")
_PARTS = re.compile(r"(?:其中|包括)[:：,、\-]*")
_LETTER = re.compile("[\u3000-\U0010ffff]")
_WIDE = tuple(zip("（），：；％！？", "(),:;%!?", strict=True))


class Label(msgspec.Struct, gc=False):  # neither frozen nor a tuple: every cell's is looked at
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
_NAMING = frozenset(
    {"heading", "money_column", "goal", "column", "block", "grade", "top", "total"}
)  # a text with a role in one of these sections is a known label
_NOWHERE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Like:
    """A wording by its parts: all of `has`, none of `lacks`."""

    role: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]

    def fits(self, text: str) -> bool:
        return all(word in text for word in self.has) and not any(w in text for w in self.lacks)


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
    by_text: Mapping[str, Mapping[str, str]]  # role by section, of each text in `same`
    like: Mapping[str, Sequence[tuple[int, str, Like]]]  # by first sign: rank, section, wording
    parents: Mapping[str, tuple[str, ...]]
    hints: re.Pattern[str]  # what one of `like` may fit has one of these words
    titles: re.Pattern[str]
    look: Callable[[str], Label] = field(init=False)

    def __post_init__(self) -> None:
        self.look = _Labels(self._label).__getitem__

    def role(self, section: str, text: str) -> str:
        """The role of a normalised text in one section."""
        return self._roles(*self._wordings(text)).get(section, "")

    def _wordings(self, text: str) -> tuple[tuple[str, ...], str]:
        """What of a text may be listed, and what of it `Like` is asked of ("": it can fit none)."""
        plain = bare(text) if "(" in text or ")" in text else text
        likely = len(plain) <= _LONGEST_LIKE and self.hints.search(plain)
        return _variants(text, plain), plain if likely and not _SENTENCE.search(plain) else ""

    def _roles(self, variants: Sequence[str], likely: str) -> dict[str, str]:
        """The role in each section that the text has one in."""
        found: dict[str, str] = {}
        for variant in variants:
            for section, role in self.by_text.get(variant, _NOWHERE).items():
                found.setdefault(section, role)
        if likely:
            near = [one for sign in {"", *likely} for one in self.like.get(sign, ())]
            for _, section, like in sorted(near, key=itemgetter(0)):
                if section not in found and like.fits(likely):
                    found[section] = like.role
        return found

    def _label(self, text: str) -> Label:
        short = normalise(text)
        if not short or len(short) > 60:
            return _NOTHING
        title = self._title(short) if self.titles.search(short) else ""
        if title == "form" or len(short) > _LONGEST or not _LETTER.search(short):
            return Label(short, title=title)
        variants, likely = self._wordings(short)
        leads = _PARTS.match(short)
        if not leads and not likely and self.by_text.keys().isdisjoint(variants):
            return Label(short, title=title)
        roles = self._roles(variants, likely)
        if leads:
            roles["money_row"] = self.role("money_row", short[leads.end() :])
        return Label(
            text=short,
            heading=roles.get("heading", ""),
            money_column=roles.get("money_column", ""),
            money_row=roles.get("money_row", ""),
            money_split=roles.get("money_split", ""),
            goal=roles.get("goal", ""),
            column=roles.get("column", ""),
            top="top" in roles,
            bottom="total" in roles,
            subtotal="subtotal" in roles,
            grade="grade" in roles,
            grade_word="grade_words" in roles,
            level1=roles.get("level1", ""),
            level2=roles.get("level2", ""),
            block=roles.get("block", ""),
            title=title,
            part=bool(leads),
            known=not _NAMING.isdisjoint(roles),
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
    by_text: dict[str, dict[str, str]] = {}
    like: dict[str, list[tuple[int, str, Like]]] = {}
    words: set[str] = set()
    ranks = count()
    for section, roles in data.items():
        if section == "level2_parents":
            continue
        for role, texts in roles.items():
            for text in texts:
                if section.endswith("_like"):
                    one = _like(role, text)
                    ranked = (next(ranks), section.removesuffix("_like"), one)
                    like.setdefault(one.has[0][:1], []).append(ranked)
                    words.update(one.has)
                    continue
                if same.setdefault(section, {}).setdefault(normalise(text), role) != role:
                    raise ValueError(f"[{section}] 中 {text!r} 有两种含义（names two things）")
                by_text.setdefault(normalise(text), {})[section] = role
    # total.top and total.bottom may share labels: they are told apart by where they stand
    parents = {role: tuple(texts) for role, texts in data.get("level2_parents", {}).items()}
    return Lexicon(
        same,
        by_text,
        like,
        parents,
        hints=_any_of(sorted(words)),
        titles=_any_of(same.get("title", ())),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def normalise(text: str) -> str:
    """A text made comparable: half width, no blanks, one kind of bracket, no trailing colon."""
    if len(text) > 400:
        return ""
    short = half_width(text)
    if _ODD.search(short):
        # not str.translate, which takes an exception a sign
        short = _BLANKS.sub("", _BRACKET.sub(lambda sign: _BRACKETS[sign.group()], short))
    return short.rstrip(":：")


def half_width(text: str) -> str:
    """The NFKC form of a text; common wide signs are replaced first: NFKC is slow on them."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


def bare(text: str) -> str:
    """A normalised label without its bracketed parts: 全年预算数(A) → 全年预算数."""
    return _BRACKETED.sub("", text)


def _variants(text: str, plain: str) -> tuple[str, ...]:
    """The text, without brackets (`plain`), without its number, without both, and without points
    behind.
    """
    number = _NUMBERED.match(text)
    last = plain[-1:]
    if not (number or plain != text or last in ("分", ":", "：") or last.isdecimal()):
        return (text,)
    plain = plain.rstrip(":：")
    if number is None:
        both, unnumbered = plain, text
    else:
        unnumbered = text[number.end() :]
        both = bare(unnumbered).rstrip(":：")
    last = both[-1:]
    unpointed = _POINTS.sub("", both) if last == "分" or last.isdecimal() else both
    return text, plain, unnumbered, both, unpointed


def _like(role: str, pattern: str) -> Like:
    has, *lacks = pattern.split("-")
    return Like(role, tuple(has.split("+")), tuple(lacks))
