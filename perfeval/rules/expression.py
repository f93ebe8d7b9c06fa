"""Expressions of an office's own rules: three-valued, exact, and unable to do anything else.

simpleeval walks the tree; what it may meet is cut down here to a list: names of fields, numbers,
texts, comparisons, and / or / not, + - * /, `in`, abs() and len(). Numbers are decimals. A missing
value makes a comparison undecided; `and` and `or` still answer where the other side settles it.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any, TypeAlias

from simpleeval import (  # type: ignore[import-untyped]  # it has no types
    InvalidExpression,
    SimpleEval,
)

Value: TypeAlias = "Decimal | str | bool | None"  # None: the form does not tell

LONGEST = 500  # characters: the time of an evaluation is bounded by the text
DIGITS = 60  # of a product: no figure of a form is rounded
SAMPLES: Mapping[type, Value] = {Decimal: Decimal(1), str: "1", bool: True}

_NODES = (
    ast.Expression, ast.Name, ast.Load, ast.Constant, ast.List, ast.Tuple, ast.Call,
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub,
    ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression; `names` are the fields that it reads, in their order."""

    text: str
    names: tuple[str, ...]
    tree: ast.expr = field(repr=False)

    def __call__(self, values: Mapping[str, Value]) -> bool | None:
        """Whether it holds; None where a missing value or a division by zero leaves it open."""
        try:
            with localcontext(prec=DIGITS):
                held: bool | None = _Evaluator(values).eval(self.text, self.tree)
        except ArithmeticError:
            return None
        return held


def compiled(text: str, kinds: Mapping[str, type]) -> Expression:
    """Check an expression over fields of these kinds (Decimal, str, bool).

    Raises ValueError saying what is wrong: a name, a kind, or something that is not allowed.
    """
    if len(text) > LONGEST:
        raise ValueError(f"不得长于 {LONGEST} 字（too long）")
    tree = _parsed(text)
    for node in ast.walk(tree):
        if not isinstance(node, _NODES):
            raise ValueError(f"不能用 {type(node).__name__}（not allowed）")
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    names = dict.fromkeys(
        node.id for node in sorted(used, key=lambda n: n.col_offset) if node.id not in _FUNCTIONS
    )
    for name in names:
        if name not in kinds:
            raise ValueError(f"没有字段 {name}（no such field）：{'、'.join(kinds)}")
    made = Expression(text, tuple(names), _exact(text, tree).body)
    try:
        answer = made({name: SAMPLES[kinds[name]] for name in names})
    except (TypeError, InvalidExpression) as error:
        raise ValueError(f"写法有误（wrong）：{error}") from error
    except RecursionError as error:
        raise ValueError("嵌套太深（nested too deeply）") from error
    if not isinstance(answer, bool | None):
        raise ValueError("应答是或否（must be true or false）")
    return made


def _parsed(text: str) -> ast.Expression:
    try:
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            return ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ValueError(f"不是表达式（not an expression）：{error}") from error


def _exact(text: str, tree: ast.Expression) -> ast.Expression:
    """The tree with each number as the decimal that is written: 0.1 is a tenth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and not isinstance(node.value, str | bool):
            written = ast.get_source_segment(text.strip(), node) or ""
            if not isinstance(node.value, int | float) or not written.isascii():
                raise ValueError(f"不能用 {written}（not allowed）")
            try:
                number = Decimal(written)
            except ArithmeticError as error:
                raise ValueError(f"不是数：{written}（no number）") from error
            node.value = number  # type: ignore[assignment]  # a constant of our own
    return tree


class _Evaluator(SimpleEval):  # type: ignore[misc]  # simpleeval has no types
    """simpleeval with nothing but the nodes, operators and functions of this module."""

    nodes: dict[type, Callable[..., Any]]

    def __init__(self, values: Mapping[str, Value]) -> None:
        super().__init__(operators=_OPERATORS, functions=_FUNCTIONS, names=values)
        known = (ast.Name, ast.Constant, ast.UnaryOp, ast.BinOp, ast.Call)
        self.nodes = {node: self.nodes[node] for node in known} | {
            ast.BoolOp: self._logic,
            ast.Compare: self._comparison,
            ast.List: self._list,
            ast.Tuple: self._list,
        }

    def _logic(self, node: ast.BoolOp) -> bool | None:
        answers = [_flag(self._eval(value)) for value in node.values]
        settled = isinstance(node.op, ast.Or)
        if settled in answers:
            return settled
        return None if None in answers else not settled

    def _comparison(self, node: ast.Compare) -> bool | None:
        values = [self._eval(part) for part in (node.left, *node.comparators)]
        answers = [
            self.operators[type(op)](left, right)
            for op, left, right in zip(node.ops, values, values[1:], strict=False)
        ]
        if False in answers:
            return False
        return None if None in answers else True

    def _list(self, node: ast.List | ast.Tuple) -> tuple[Value, ...]:
        return tuple(self._eval(part) for part in node.elts)


def _flag(value: Value) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise TypeError(f"{value!r} 不是是或否（is neither true nor false）")


def _numbers(compute: Callable[..., Any]) -> Callable[..., Value]:
    """Of numbers only; missing where one of them is."""

    def computed(*values: Value) -> Value:
        if not all(value is None or isinstance(value, Decimal) for value in values):
            raise TypeError("应为数（must be numbers）")
        return None if None in values else compute(*values)

    return computed


def _same_kind(compare: Callable[..., Any]) -> Callable[[object, object], bool | None]:
    """Of two values of one kind; missing where one of them is."""

    def compared(left: object, right: object) -> bool | None:
        if left is None or right is None:
            return None
        if type(left) is not type(right) or isinstance(left, tuple):
            raise TypeError(f"{left!r} 与 {right!r} 不能比较（of different kinds）")
        return bool(compare(left, right))

    return compared


def _within(member: Value, container: str | tuple[Value, ...] | None) -> bool | None:
    if isinstance(container, tuple):
        answers = [_same_kind(operator.eq)(member, value) for value in container]
        return True if True in answers else None if None in answers else False
    if isinstance(member, str | None) and isinstance(container, str | None):
        return None if member is None or container is None else member in container
    raise TypeError("in 的右边应为文字或列表（a text or a list）")


def _not_within(member: Value, container: str | tuple[Value, ...] | None) -> bool | None:
    return _not(_within(member, container))


def _not(value: Value) -> bool | None:
    flag = _flag(value)
    return None if flag is None else not flag


def _length(text: Value) -> Decimal | None:
    if not isinstance(text, str | None):
        raise TypeError("len() 应用于文字（of a text）")
    return None if text is None else Decimal(len(text))


_FUNCTIONS = {"abs": _numbers(abs), "len": _length}
_OPERATORS: Mapping[type, Callable[..., Any]] = {
    ast.Add: _numbers(operator.add),
    ast.Sub: _numbers(operator.sub),
    ast.Mult: _numbers(operator.mul),
    ast.Div: _numbers(operator.truediv),
    ast.USub: _numbers(operator.neg),
    ast.Not: _not,
    ast.Eq: _same_kind(operator.eq),
    ast.NotEq: _same_kind(operator.ne),
    ast.Lt: _same_kind(operator.lt),
    ast.LtE: _same_kind(operator.le),
    ast.Gt: _same_kind(operator.gt),
    ast.GtE: _same_kind(operator.ge),
    ast.In: _within,
    ast.NotIn: _not_within,
}
