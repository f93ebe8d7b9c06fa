"""Simple formulas computed again from the cells they refer to: sums, the four operations, ROUND."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, DecimalException

from perfeval.model import Cell, Sheet, parse_ref

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)|(?P<ref>\$?[A-Z]{1,3}\$?\d{1,7})"
    r"|(?P<name>[A-Z]+)\(|(?P<sign>[-+*/(),:]))"
)
_LONGEST = 200  # characters of a formula; nesting is bounded by it, too
_CELLS = 2000  # cells of a range


class _UnknownError(Exception):
    """The formula holds something that is not computed here."""


def contradicted(sheet: Sheet, cell: Cell) -> Decimal | None:
    """What a formula gives where something else is stored; None if it agrees or is not computed."""
    if cell.formula is None or not isinstance(cell.value, int | float):
        return None
    try:
        value = _Formula(sheet, cell.formula).value()
        stored = Decimal(str(cell.value))
        if abs(value - stored) <= max(abs(stored), Decimal(1)) * Decimal("1e-9"):
            return None
    except (_UnknownError, DecimalException):
        return None
    return value


class _Formula:
    """One formula while it is computed, from left to right."""

    def __init__(self, sheet: Sheet, text: str) -> None:
        self._sheet = sheet
        self._tokens = list(_tokens(text))
        self._at = 0

    def value(self) -> Decimal:
        result = self._sum()
        if self._at < len(self._tokens):
            raise _UnknownError
        return result

    def _sum(self) -> Decimal:
        result = self._product()
        while (sign := self._peek()) in ("+", "-"):
            self._at += 1
            result = result + self._product() if sign == "+" else result - self._product()
        return result

    def _product(self) -> Decimal:
        result = self._factor()
        while (sign := self._peek()) in ("*", "/"):
            self._at += 1
            other = self._factor()
            if sign == "/" and not other:
                raise _UnknownError
            result = result * other if sign == "*" else result / other
        return result

    def _factor(self) -> Decimal:
        kind, text = self._next()
        if kind == "number":
            return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)
        if kind == "ref":
            return _number(self._sheet, text)
        if kind == "name":
            return self._call(text)
        if text in ("-", "+"):
            return -self._factor() if text == "-" else self._factor()
        if text == "(":
            result = self._sum()
            self._expect(")")
            return result
        raise _UnknownError

    def _call(self, name: str) -> Decimal:
        if name == "SUM":
            return self._sum_of_arguments()
        if name == "ROUND":
            result = self._sum()
            self._expect(",")
            digits = int(self._sum())
            self._expect(")")
            return result.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        raise _UnknownError

    def _sum_of_arguments(self) -> Decimal:
        result = Decimal(0)
        while True:
            if self._is_range():
                first, _, last = (self._next()[1] for _ in range(3))
                result += _range_sum(self._sheet, first, last)
            else:
                result += self._sum()
            kind_text = self._next()[1]
            if kind_text == ")":
                return result
            if kind_text != ",":
                raise _UnknownError

    def _is_range(self) -> bool:
        following = self._tokens[self._at : self._at + 3]
        return [kind for kind, _ in following] == ["ref", "sign", "ref"] and following[1][1] == ":"

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise _UnknownError
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, sign: str) -> None:
        if self._next()[1] != sign:
            raise _UnknownError


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > _LONGEST:
        raise _UnknownError
    at = 0
    text = text.strip().upper()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise _UnknownError
        yield found.lastgroup, found.group(found.lastgroup).replace("$", "")
        at = found.end()


def _number(sheet: Sheet, ref: str) -> Decimal:
    cell = sheet.cells.get(parse_ref(ref))
    if cell is None or cell.value is None or cell.value == "":
        return Decimal(0)
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        raise _UnknownError
    return Decimal(str(cell.value))


def _range_sum(sheet: Sheet, first: str, last: str) -> Decimal:
    """SUM passes over texts; a number typed as text leaves open what was meant."""
    (top, left), (bottom, right) = parse_ref(first), parse_ref(last)
    if (bottom - top + 1) * (right - left + 1) > _CELLS:
        raise _UnknownError
    result = Decimal(0)
    for row in range(top, bottom + 1):
        for col in range(left, right + 1):
            cell = sheet.cells.get((row, col))
            if cell is None or isinstance(cell.value, bool):
                continue
            if isinstance(cell.value, int | float):
                result += Decimal(str(cell.value))
            elif cell.text[:1].isdigit():
                raise _UnknownError
    return result
