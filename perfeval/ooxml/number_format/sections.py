"""A format code taken apart: sections, their conditions, and tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of a format code stands for."""

    LITERAL = "literal"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    EXPONENT = "exponent"
    SLASH = "slash"
    GENERAL = "general"
    TEXT = "text"
    DATE = "date"
    ELAPSED = "elapsed"


_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | (?P<padding>[_*].?)
  | \[(?P<bracket>[^\]]*)\]?
  | (?P<general>General|G/通用格式|通用格式)
  | (?P<ampm>AM/PM|A/P|上午/下午)
  | (?P<exponent>E[+-])
  | (?P<date>y+|m+|d+|h+|s+(?:\.0{1,3})?|a{3,4}|e+|b{2,4}|g+)
  | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@)
  | (?P<slash>/) | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]{1,3})?)$", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_DBNUM = re.compile(r"DBNum([1-3])", re.IGNORECASE)
_SECTION_END = re.compile(r'"[^"]*"?|[\\!_*].|\[[^\]]*\]?|;', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format code. `dbnum` is 0 for Western digits, `locale` the code of [$-…]."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    dbnum: int = 0
    locale: str = ""

    def has(self, kind: Kind) -> bool:
        return any(token.kind == kind for token in self.tokens)

    @property
    def is_date(self) -> bool:
        return self.has(Kind.DATE) or self.has(Kind.ELAPSED)

    def covers(self, value: Decimal) -> bool:
        """Whether the condition of the section holds; False where it has none."""
        if self.condition is None:
            return False
        operator, limit = self.condition
        return (
            ("<" in operator and value < limit)
            or (">" in operator and value > limit)
            or (operator in ("=", "<=", ">=") and value == limit)
        )

    @property
    def only_negative(self) -> bool:
        """Whether only negative numbers come here, so that the sign is the section's own affair."""
        if self.condition is None:
            return False
        operator, limit = self.condition
        return (operator == "<" and limit <= 0) or (operator in ("<=", "=") and limit < 0)


def split_sections(code: str) -> tuple[Section, ...]:
    """The sections of a format code, tokens and all; never raises."""
    parts: list[str] = []
    start = 0
    for match in _SECTION_END.finditer(code):
        if match[0] == ";":
            parts.append(code[start : match.start()])
            start = match.end()
    parts.append(code[start:])
    return tuple(_section(part) for part in parts[:4])


def _section(part: str) -> Section:
    tokens: list[Token] = []
    condition, dbnum, locale = None, 0, ""
    for match in _TOKEN.finditer(part):
        kind, text = match.lastgroup or "other", match[match.lastgroup or 0]
        if kind == "padding":
            continue
        if kind == "bracket":
            if limit := _CONDITION.match(text):
                condition = _condition(limit)
            elif number := _DBNUM.match(text):
                dbnum = int(number[1])
            elif text.startswith("$"):
                symbol, _, locale_here = text[1:].partition("-")
                locale = locale_here or locale
                tokens.append(Token(Kind.LITERAL, symbol))
            elif _ELAPSED.fullmatch(text):
                tokens.append(Token(Kind.ELAPSED, text.lower()))
        elif kind == "ampm":
            tokens.append(Token(Kind.DATE, text if text == "上午/下午" else text.upper()))
        elif kind == "date":
            tokens.append(Token(Kind.DATE, text.lower()))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(Token(Kind.LITERAL, text))
        else:
            tokens.append(Token(Kind(kind), text))
    return Section(tuple(tokens), condition, dbnum, locale)


def _condition(match: re.Match[str]) -> tuple[str, Decimal] | None:
    try:
        return match[1], Decimal(match[2])
    except ArithmeticError:
        return None
