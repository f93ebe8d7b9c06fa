"""The value of a formula as forms use them: + - * / ^ %, sums, rounding, nothing else.

Anything else raises NotArithmetic: a value is computed as the application would or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation, localcontext

from perfeval.model import Range
from perfeval.ooxml.cells import parse_range

Scalar = float | str | None  # a number, a text, a blank cell
Lookup = Callable[[str, Range], Iterator[Scalar]]  # sheet ("" for the own one), block → cells

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>(?:(?:'(?:[^']|'')+'|[^\s'!()+\-*/^&=<>,:;{}"%]+)!)?\$?[A-Za-z]{1,3}\$?\d{1,7}
        (?::\$?[A-Za-z]{1,3}\$?\d{1,7})?(?![\w(.]))
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<name>[A-Za-z][A-Za-z.]*)(?=\()
    |(?P<mark>[-+*/^%(),])
    )\s*""",
    re.VERBOSE,
)
_DEEPEST = 60


class NotArithmetic(Exception):  # noqa: N818 - it is an answer, not a fault
    """The formula does something that is not computed here."""


@dataclass(slots=True)
class Formula:
    """A formula taken apart into (kind, text) tokens. Raises NotArithmetic."""

    text: str
    tokens: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = []
        at = 0
        while at < len(self.text):
            match = _TOKEN.match(self.text, at)
            if match is None or match.end() == at:
                raise NotArithmetic(self.text)
            kind = match.lastgroup or ""
            self.tokens.append((kind, match[kind]))
            at = match.end()

    def references(self) -> list[tuple[str, Range]]:
        """The blocks that the formula reads, each with its sheet."""
        return [_reference(text) for kind, text in self.tokens if kind == "ref"]

    def value(self, lookup: Lookup) -> float:
        """The result. Raises NotArithmetic where it depends on what is no number."""
        parser = _Parser(self.tokens, lookup)
        result = parser.expression()
        if parser.at != len(self.tokens):
            raise NotArithmetic(self.text)
        return result


@dataclass(slots=True)
class _Parser:
    tokens: list[tuple[str, str]]
    lookup: Lookup
    at: int = 0
    depth: int = 0

    def expression(self) -> float:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotArithmetic("too deep")
        result = self.term()
        while self.peek() in ("+", "-"):
            sign = 1 if self.next()[1] == "+" else -1
            result += sign * self.term()
        self.depth -= 1
        return result

    def term(self) -> float:
        result = self.power()
        while self.peek() in ("*", "/"):
            if self.next()[1] == "*":
                result *= self.power()
            else:
                divisor = self.power()
                if divisor == 0:
                    raise NotArithmetic("#DIV/0!")
                result /= divisor
        return result

    def power(self) -> float:
        result = self.factor()
        while self.peek() == "^":
            self.next()
            result = _power(result, self.factor())
        return result

    def factor(self) -> float:
        sign = 1
        kind, text = self.next()
        while text in ("+", "-"):
            sign = -sign if text == "-" else sign
            kind, text = self.next()
        result = self.operand(kind, text)
        while self.peek() == "%":
            self.next()
            result /= 100
        return sign * result

    def operand(self, kind: str, text: str) -> float:
        if kind == "number":
            return float(text)
        if kind == "ref":
            return _single(list(self.block(text)))
        if kind == "name":
            return self.call(text.upper())
        if text == "(":
            result = self.expression()
            self.expect(")")
            return result
        raise NotArithmetic(text)

    def call(self, name: str) -> float:
        self.expect("(")
        groups: list[list[float]] = []
        while True:
            groups.append(self.argument())
            if self.peek() != ",":
                break
            self.next()
        self.expect(")")
        return _apply(name, groups)

    def argument(self) -> list[float]:
        """A block alone gives its numbers (texts and blanks do not count); else a single value."""
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        after = self.tokens[self.at + 1][1] if self.at + 1 < len(self.tokens) else ""
        if kind == "ref" and after in (",", ")"):
            self.next()
            return [value for value in self.block(text) if isinstance(value, float)]
        return [self.expression()]

    def block(self, text: str) -> Iterator[Scalar]:
        return self.lookup(*_reference(text))

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise NotArithmetic("ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, mark: str) -> None:
        if self.next() != ("mark", mark):
            raise NotArithmetic(mark)


def _reference(text: str) -> tuple[str, Range]:
    sheet, _, ref = text.rpartition("!")
    block = parse_range(ref)
    if block is None:
        raise NotArithmetic(text)
    return sheet.strip("'").replace("''", "'"), block


def _single(values: list[Scalar]) -> float:
    if not values:
        return 0.0
    value = values[0]
    if len(values) > 1 or isinstance(value, str):
        raise NotArithmetic("no single number")
    return value or 0.0


def _power(base: float, exponent: float) -> float:
    try:
        result = base**exponent
    except (OverflowError, ZeroDivisionError) as exc:
        raise NotArithmetic("#NUM!") from exc
    if isinstance(result, complex):
        raise NotArithmetic("#NUM!")
    return float(result)


_ROUNDINGS = {"ROUND": ROUND_HALF_UP, "ROUNDUP": ROUND_UP, "ROUNDDOWN": ROUND_DOWN}


def _apply(name: str, groups: list[list[float]]) -> float:
    numbers = [number for group in groups for number in group]
    if name == "SUM":
        return sum(numbers)
    if name in ("MIN", "MAX"):
        return (min if name == "MIN" else max)(numbers, default=0.0)
    if name == "AVERAGE" and numbers:
        return sum(numbers) / len(numbers)
    if name == "PRODUCT" and numbers:
        product = 1.0
        for number in numbers:
            product *= number
        return product
    if name == "ABS" and len(numbers) == 1:
        return abs(numbers[0])
    if name in _ROUNDINGS and len(groups) == 2 and len(numbers) == 2 and abs(numbers[1]) <= 15:
        return _rounded(numbers[0], int(numbers[1]), _ROUNDINGS[name])
    raise NotArithmetic(name)


def _rounded(number: float, places: int, how: str) -> float:
    with localcontext() as context:
        context.prec = 60
        try:
            exact = Decimal(f"{number:.15g}")  # the application works with 15 digits
            return float(exact.quantize(Decimal(1).scaleb(-places), rounding=how))
        except InvalidOperation as exc:
            raise NotArithmetic("#NUM!") from exc
