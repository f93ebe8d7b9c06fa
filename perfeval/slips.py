"""The slip finder: the simple slips that explain a difference exactly, likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from perfeval.exact import Operand, half_up
from perfeval.findings import Cause
from perfeval.shown import PLACES
from perfeval.texts import Lang, Text, decimal_text

_Effects = Callable[[Operand], Collection[int]]  # by how much a slip in a row changes the sum

_WHOLE = {4: Text("整数分", "whole points"), 2: Text("整数元", "whole yuan")}
_NAMED = 4  # how many rows a text names where any one of them fits

_TRUNCATED = Text("合计 {sum} 只取到{places}，小数部分舍去", "the sum {sum} cut off to {places}")
_ROUNDED = Text("合计 {sum} 四舍五入到{places}", "the sum {sum} rounded to {places}")
_PLACES = Text("{count} 位小数", "{count} decimals")
_EXECUTION_LEFT_OUT = Text(
    "漏加预算执行得分 {value}", "the execution score of {value} was left out"
)
_EXECUTION_CUT = Text(
    "其他各项合计 {rest}，预算执行得分 {value} 只按整数 {whole} 计入",
    "the others add to {rest}, and the execution score of {value} was counted as {whole}",
)
_LEFT_OUT = Text("漏加一项 {value}：{names}", "one item of {value} was left out: {names}")
_TWICE = Text("重复加了一项 {value}：{names}", "one item of {value} was counted twice: {names}")
_POINTS = Text(
    "按分值 {points} 而不是得分 {value} 计入"
    "（或得分由 {points} 改为 {value} 后没有重新合计）：{names}",
    "counted with its points of {points}, not its score of {value}"
    " (or not added up again after the score was changed from {points} to {value}): {names}",
)
_SWAPPED = Text("合计 {sum} 的两位数字写颠倒了", "two digits of the sum {sum} changed places")
_FACTOR = Text(
    "合计 {sum} 的小数点错了 {count} 位", "the decimal point of the sum {sum} is off by {count}"
)
_ITEM_SWAPPED = Text(
    "{value} 按 {other} 计入（两位数字颠倒）：{names}",
    "{value} was counted as {other} (two digits changed places): {names}",
)
_ITEM_FACTOR = Text(
    "{value} 按 {other} 计入（小数点错位）：{names}",
    "{value} was counted as {other} (decimal point displaced): {names}",
)
_NONE = Text(
    "没有一种简单的差错能恰好解释这个差额", "no simple slip explains the difference exactly"
)


def explain(
    found: int,
    operands: Sequence[Operand],
    *,
    scale: int,
    lang: Lang = "zh",
    money_unit: str = "元",
) -> tuple[Cause, ...]:
    """The slips that turn the sum of `operands` into `found`; one cause "none" where no slip does.

    `scale` is the number of decimals of the integers: 4 for points in 1/10,000, 2 for money in
    分, which
    is written in `money_unit`.
    Nothing is to be explained, and nothing is said, where `found` is the sum.
    """
    total = sum(operand.value for operand in operands)
    if found == total:
        return ()
    finder = _Finder(found, total, operands, scale, lang, money_unit)
    causes = tuple(finder.causes())
    return causes or (Cause("none", _NONE(lang)),)


class _Finder:
    """The state that all slips look at: what was found, what the sum is, what was added."""

    def __init__(
        self,
        found: int,
        total: int,
        operands: Sequence[Operand],
        scale: int,
        lang: Lang,
        money_unit: str,
    ) -> None:
        self.found, self.total, self.operands = found, total, operands
        self.scale, self.lang, self.money_unit = scale, lang, money_unit
        self.difference = found - total

    def causes(self) -> Iterator[Cause]:
        dropped = [cause for places in range(self.scale) for cause in self._dropped(places)]
        if self._is_whole(self.found):
            yield from dropped[:1]
        yield from self._execution()
        if not self._is_whole(self.found):
            yield from dropped[:1]
        yield from self._one_row("left-out", _LEFT_OUT, lambda o: [-o.value], role="execution")
        yield from self._one_row("counted-twice", _TWICE, lambda o: [o.value])
        yield from self._one_row(
            "points-instead", _POINTS, lambda o: [] if o.points is None else [o.points - o.value]
        )
        yield from self._total_misread()
        yield from self._one_row(
            "item-digits-swapped",
            _ITEM_SWAPPED,
            lambda o: [other - o.value for other in _swaps(o.value, self.scale)],
        )
        yield from self._one_row(
            "item-factor-of-ten",
            _ITEM_FACTOR,
            lambda o: [other - o.value for other in _shifts(o.value)],
        )

    def _is_whole(self, value: int) -> bool:
        return value % int(10**self.scale) == 0

    def _dropped(self, places: int) -> Iterator[Cause]:
        """The sum with fewer decimals than it has."""
        unit = 10 ** (self.scale - places)
        text = _PLACES(self.lang, count=places) if places else _WHOLE[self.scale](self.lang)
        words = {"sum": self._number(self.total), "places": text}
        cut = abs(self.total) // unit * unit * (1 if self.total >= 0 else -1)
        if self.found == cut:
            yield Cause("truncated", _TRUNCATED(self.lang, **words))
        elif self.found == half_up(self.total, unit) * unit:
            yield Cause("rounded", _ROUNDED(self.lang, **words))

    def _execution(self) -> Iterator[Cause]:
        """The execution score left out, or counted as its integer part."""
        unit = 10**self.scale
        for operand in self.operands:
            if operand.role != "execution" or not operand.value:
                continue
            value = self._number(operand.value)
            if self.difference == -operand.value:
                yield Cause("execution-left-out", _EXECUTION_LEFT_OUT(self.lang, value=value))
            whole = operand.value // unit * unit
            if whole and self.difference == whole - operand.value:
                rest = self._number(self.total - operand.value)
                words = {"rest": rest, "value": value, "whole": self._number(whole)}
                yield Cause("execution-truncated", _EXECUTION_CUT(self.lang, **words))

    def _one_row(
        self, cause: str, text: Text, effects: _Effects, *, role: str = ""
    ) -> Iterator[Cause]:
        """Rows of which one, misread, makes the difference: a cause for those of equal figures."""
        alike: dict[tuple[int, int | None], list[str]] = {}
        for operand in self.operands:
            if self.difference in effects(operand) and (not role or operand.role != role):
                points = operand.points if text is _POINTS else None
                names = alike.setdefault((operand.value, points), [])
                names.append(operand.label or "—")
        for (value, points), names in alike.items():
            words = {
                "value": self._number(value),
                "points": "" if points is None else self._number(points),
                "other": self._number(value + self.difference),
                "names": self._names(names),
            }
            yield Cause(cause, text(self.lang, **words))

    def _total_misread(self) -> Iterator[Cause]:
        """Two digits of the sum swapped, or its decimal point displaced."""
        if self.found in _swaps(self.total, self.scale):
            yield Cause("digits-swapped", _SWAPPED(self.lang, sum=self._number(self.total)))
        for count in (1, 2, 4):
            if self.total and 10**count in (
                _exact_ratio(self.found, self.total),
                _exact_ratio(self.total, self.found),
            ):
                words = {"sum": self._number(self.total), "count": count}
                yield Cause("factor-of-ten", _FACTOR(self.lang, **words))

    def _number(self, value: int) -> str:
        if self.scale != 2:
            return decimal_text(value, self.scale)
        text = decimal_text(value, PLACES.get(self.money_unit, 2), keep=2)
        return text + (self.money_unit or "元")

    def _names(self, names: list[str]) -> str:
        joined = ("、" if self.lang == "zh" else "; ").join(f"“{name}”" for name in names[:_NAMED])
        if len(names) == 1:
            return joined
        if self.lang == "zh":
            return f"{joined}{'等' if len(names) > _NAMED else ''} {len(names)} 项之一"
        return f"one of {len(names)}: {joined}{' …' if len(names) > _NAMED else ''}"


def _swaps(value: int, scale: int) -> set[int]:
    """The numbers that `value` becomes when two neighbouring digits of it change places."""
    digits = str(abs(value)).rstrip("0") if value % 10**scale else str(abs(value) // 10**scale)
    unit = abs(value) // int(digits) if value else 1
    swapped = set()
    for at in range(len(digits) - 1):
        left, right = digits[at], digits[at + 1]
        other = digits[:at] + right + left + digits[at + 2 :]
        if left != right and other[0] != "0":
            swapped.add(int(other) * unit * (1 if value >= 0 else -1))
    return swapped


def _shifts(value: int) -> set[int]:
    """What `value` becomes when its decimal point moves by one, two or (元, 万元) four places."""
    if not value:
        return set()
    shifted = {value * 10**count for count in (1, 2, 4)}
    return shifted | {value // 10**count for count in (1, 2, 4) if value % 10**count == 0}


def _exact_ratio(top: int, bottom: int) -> int:
    return top // bottom if bottom and top % bottom == 0 else 0
