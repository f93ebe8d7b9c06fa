"""The formulas of a form, by the conventions of its policy; a blank input gives a blank."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.policy import Policy
from perfeval.policy.keys import Grade
from perfeval.texts import points_text, rate_text

_SCALE = 4  # digits that a score keeps where the policy does not say: those of the tables
_RATE = 4  # 99.96%
_MONEY = 6  # takes away what adding floats leaves behind


def parts_sum(parts: str) -> str:
    """The total of the kinds of money."""
    return f'=IF(COUNT({parts})=0,"",ROUND(SUM({parts}),{_MONEY}))'


def rate(executed: str, budget: str, policy: Policy) -> str:
    """Executed ÷ budget; blank where either is, or the budget is 0."""
    digits = policy["rate_digits"]
    kept = _kept(
        f"{executed}/{budget}", policy["rate_conventions"], _RATE if digits is None else digits
    )
    return f'=IF(OR({executed}="",{budget}="",N({budget})=0),"",{kept})'


def execution_score(rate: str, points: str, policy: Policy) -> str:
    """Rate × points, at most the points; `points` is a cell or a number."""
    due = _score(f"MIN(MAX({rate},0),1)*{points}", policy)
    asked = f'OR({rate}="",{points}="")' if not points[0].isdigit() else f'{rate}=""'
    return f'=IF({asked},"",{due})'


def subtotal(cells: str) -> str:
    """The sum of the rows of a class."""
    return f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),{_SCALE}))'


def total_points(cells: Sequence[str]) -> str:
    """The points of execution (first of `cells`) and of the classes, once any class has some."""
    return f'=IF(COUNT({",".join(cells[1:])})=0,"",ROUND(SUM({",".join(cells)}),{_SCALE}))'


def total_score(
    cells: Sequence[str], asked: Sequence[tuple[str, str]], rate: str, policy: Policy
) -> str:
    """The execution score (first of `cells`) and those of the classes; blank while one is missing.

    `asked` are pairs of ranges: where the first has something, the second must have a score.
    """
    missing = "+".join(
        f'SUMPRODUCT(({used}<>"")*({score}=""))' if used != score else "0" for used, score in asked
    )
    digits = policy["total_digits"]
    listed = f"SUM({','.join(cells)})"
    whole = _kept(listed, policy["total_conventions"], _SCALE if digits is None else digits)
    return (
        f'=IF(OR({cells[0]}="",COUNT({",".join(cells[1:])})=0,{missing}>0),"",'
        f"{_capped(whole, rate, policy)})"
    )


def grade(total: str, grades: Sequence[Grade]) -> str:
    """The policy's word for a total; blank in a gap between two grades."""
    chosen = '""'
    for one in reversed(grades):
        low, high = points_text(one.low_e4), points_text(one.high_e4)
        chosen = f'IF(AND({total}>={low},{total}<={high}),"{one.name}",{chosen})'
    return f'=IF({total}="","",{chosen})'


def _score(value: str, policy: Policy) -> str:
    digits = policy["score_digits"]
    return _kept(value, policy["score_conventions"], _SCALE if digits is None else digits)


def _kept(value: str, conventions: str, digits: int) -> str:
    """Rounded half up where the policy allows it, else cut off, else as it is."""
    words = conventions.split()
    if "round" in words:
        return f"ROUND({value},{digits})"
    return f"ROUNDDOWN({value},{digits})" if "cut" in words else value


def _capped(total: str, rate: str, policy: Policy) -> str:
    caps = policy["execution_caps"]
    if not caps:
        return total
    cap = points_text(policy["points_total"] or 10**6)
    for one in reversed(caps):
        cap = f"IF({rate}<{rate_text(one.below_e6)},{points_text(one.total_e4)},{cap})"
    return f"MIN({total},{cap})"
