"""The plain formats that nearly all cells have (0.00, #,##0.00, 0%, 0.00"万元"), in a few steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from perfeval.ooxml.number_format.sections import Kind, Section

_PLAIN = re.compile(r"(?P<whole>#,##0|0)(?:\.(?P<places>0{1,9}))?")
_MOST = Decimal(10) ** 17  # beyond, the default precision of Decimal is too small


@dataclass(frozen=True, slots=True)
class Plan:
    """How to write a number that needs no more than rounding, grouping, and text around it."""

    prefix: str
    suffix: str
    step: Decimal
    grouped: bool
    percent: int

    def render(self, number: Decimal) -> str | None:
        """`number` (not negative) rounded half up; None where it is too large for this way."""
        if number > _MOST:
            return None
        if self.percent:
            number = number.scaleb(2 * self.percent)
        rounded = number.quantize(self.step, ROUND_HALF_UP)
        text = f"{rounded:,f}" if self.grouped else f"{rounded:f}"
        return f"{self.prefix}{text}{self.suffix}"


def plan_of(section: Section) -> Plan | None:
    """The plan of a section, None if it is not that plain."""
    if section.condition or section.dbnum:
        return None
    tokens = list(section.tokens)
    head = next((i for i, t in enumerate(tokens) if t.kind != Kind.LITERAL), len(tokens))
    end = max((i for i, t in enumerate(tokens) if t.kind == Kind.DIGIT), default=-1) + 1
    tail = tokens[end:]
    middle = "".join(token.text for token in tokens[head:end])
    match = _PLAIN.fullmatch(middle)
    if not match or any(token.kind not in (Kind.LITERAL, Kind.PERCENT) for token in tail):
        return None
    if any(token.kind == Kind.LITERAL for token in tokens[head:end]):
        return None
    return Plan(
        "".join(token.text for token in tokens[:head]),
        "".join(token.text for token in tail),
        Decimal(1).scaleb(-len(match["places"] or "")),
        "," in match["whole"],
        sum(token.kind == Kind.PERCENT for token in tail),
    )
