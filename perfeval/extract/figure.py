"""The figure in a cell: its exact digits, what is shown of them, and the unit behind."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import NamedTuple

from perfeval.extract.numerals import NUMERAL_CHARS, chinese_number
from perfeval.extract.text import clean_text, is_none
from perfeval.extract.units import money_factor
from perfeval.layout.lexicon import half_width
from perfeval.model import Cell, State

_LONGEST = 60  # a text longer than this is no number
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?|[+-]?\.\d+")
_DATE_TEXT = re.compile(r"\d{2,4}\s*[年/-]\s*\d|\d\s*月|:\d\d")


class Figure(NamedTuple):
    """digits / 10**places of `suffix`; `shown` places of it are shown (negative: 1.2万 in 元)."""

    digits: int
    places: int
    shown: int
    suffix: str
    typed: bool  # a text, not a number
    marks: tuple[str, ...]


class NoFigure(NamedTuple):
    """What stands in the cell instead of a number."""

    state: State
    marks: tuple[str, ...] = ()


def figure_of(cell: Cell | None) -> Figure | NoFigure:
    """The number in the cell, or what stands there instead."""
    if cell is None:
        return NoFigure(State.BLANK)
    marks: tuple[str, ...] = ("formula",) if cell.formula is not None else ()
    value = cell.value
    if value is None:
        return NoFigure(State.TEXT, marks=(*marks, "no-cache")) if marks else NoFigure(State.BLANK)
    if isinstance(value, bool):
        return NoFigure(State.TEXT, marks=marks)
    if isinstance(value, int | float):
        return _stored(cell, value, marks)
    if cell.kind == "e":
        return NoFigure(State.TEXT, marks=(*marks, "error"))
    text, markup = clean_text(value)
    marks += markup
    if not text:
        return NoFigure(State.BLANK, marks=marks)
    if is_none(text):
        return NoFigure(State.NONE, marks=marks)
    return _typed(value if not markup else text, marks) or NoFigure(State.TEXT, marks=marks)


def _stored(cell: Cell, value: int | float, marks: tuple[str, ...]) -> Figure | NoFigure:
    if not isfinite(value):
        return NoFigure(State.TEXT, marks=(*marks, "error"))
    digits, places, plain = _stored_digits(value)
    if cell.text == plain and cell.kind == "n":
        return Figure(digits, places, places, "", False, marks)
    if cell.kind == "d" or _DATE_TEXT.search(cell.text):
        return Figure(digits, places, places, "", False, (*marks, "date-serial"))
    shown_text = _plain(cell.text)
    found = _NUMBER.search(shown_text)
    if found is None or shown_text[found.end() :].startswith(("E", "e")):
        return Figure(digits, places, places, "", False, marks)
    shown = _places(found.group())
    suffix = "".join(shown_text[found.end() :].split())
    if suffix[:1] in ("%", "‰"):
        power = 2 if suffix[0] == "%" else 3
        digits, places = digits * 10 ** max(power - places, 0), max(places - power, 0)
        return Figure(digits, places, shown, suffix[0], False, marks)
    return _with_shown_unit(Figure(digits, places, shown, suffix, False, marks), found.group())


def _stored_digits(value: int | float) -> tuple[int, int, str]:
    """Digits and places of a stored number, and how it is written out.

    Excel keeps 15 digits: what a float adds behind them is noise of its binary form.
    """
    plain = str(value) if isinstance(value, int) else format(value, ".15g")
    if "e" in plain:
        plain = f"{Decimal(plain):f}"
    places = _places(plain)
    return int(plain.replace(".", "")), places, plain


def _with_shown_unit(figure: Figure, shown_number: str) -> Figure:
    """Keep the unit of a number format only if it is a unit and the format does not itself divide.

    58000 shown as "5.8万" by a dividing format is 58000 元, 5.8 shown as "5.8万元" is 5.8 万元.
    """
    factor = money_factor(figure.suffix) if figure.suffix else None
    if factor is None:
        suffix = figure.suffix if figure.suffix == "分" else ""
        return Figure(figure.digits, figure.places, figure.shown, suffix, False, figure.marks)
    stored = Fraction(figure.digits, 10**figure.places)
    difference = abs(stored - Fraction(shown_number.replace(",", "").replace(" ", "")))
    if difference <= Fraction(1, 10**figure.shown):
        return figure
    shown = figure.shown - (len(str(int(factor))) - 1)
    return Figure(figure.digits, figure.places, shown, "元", False, figure.marks)


def _typed(raw: str, marks: tuple[str, ...]) -> Figure | None:
    """A number written as a text; None if it is none."""
    if len(raw) > _LONGEST:
        return None
    text = _plain(raw)
    marks = (*marks, "text-number")
    if any("\uff01" <= sign <= "\uff5e" for sign in raw):
        marks += ("full-width",)
    stripped = text.strip()
    found = _NUMBER.match(stripped)
    if found is None:
        return _in_characters(stripped, marks)
    rest = stripped[found.end() :]
    if rest != rest.lstrip() and "\n" in rest:
        return None
    suffix = rest.strip()
    if any(sign.isdigit() for sign in suffix) or len(suffix.split()) > 1:
        return None
    number = found.group()
    if "," in number:
        marks += ("separator",)
    if text != text.strip() or " " in number or rest != suffix:
        marks += ("blanks",)
    bare = number.replace(",", "").replace(" ", "")
    places = _places(bare)
    return Figure(int(bare.replace(".", "")), places, places, suffix, True, marks)


def _in_characters(text: str, marks: tuple[str, ...]) -> Figure | None:
    """百分之九十五, 八分, 三万元."""
    percent = text.startswith("百分之")
    body = text.removeprefix("百分之")
    end = next((i for i, sign in enumerate(body) if sign not in NUMERAL_CHARS), len(body))
    number = chinese_number(body[:end])
    suffix = body[end:]
    if number is None or (percent and suffix):
        return None
    return Figure(*number, number[1], "%" if percent else suffix, True, (*marks, "chinese-numeral"))


def _plain(text: str) -> str:
    """In half width, with one sign for minus."""
    return half_width(text).replace("\u2212", "-").replace("\u2013", "-")


def _places(number: str) -> int:
    return len(number.partition(".")[2])
