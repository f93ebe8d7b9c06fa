"""What a policy can say: every parameter, how TOML writes its value, and its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any  # values of TOML, checked here

ANY = "any"  # the policy leaves it open: rules that need the value are undecided

WORDS: Mapping[str, tuple[str, ...]] = {
    "conventions": ("round", "cut", "exact"),
    "formulas": ("inverse", "linear"),
    "classes": ("output", "benefit", "satisfaction", "cost", "process"),
}


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from `low_e4` to `high_e4` points, both included; `names` are other words for it."""

    name: str
    low_e4: int
    high_e4: int
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cap:
    """The highest total (`total_e4`) where the execution rate is below `below_e6`."""

    below_e6: int
    total_e4: int


def _scaled(digits: int) -> Callable[[Any], int | None]:
    def scaled(value: Any) -> int | None:
        if value == ANY:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValueError("应为数值或 any（a number or any）")
        exact = Decimal(value).scaleb(digits)
        if exact != exact.to_integral_value():
            raise ValueError(f"最多 {digits} 位小数（too many decimals）")
        return int(exact)

    return scaled


def _digits(value: Any) -> int | None:
    if value == ANY:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 6:
        raise ValueError("应为 0 到 6 或 any（0 to 6 or any）")
    return value


def _words(known: str) -> Callable[[Any], str]:
    def words(value: Any) -> str:
        if not isinstance(value, list) or any(word not in WORDS[known] for word in value):
            raise ValueError(f"应为 {list(WORDS[known])} 的一部分（some of these words）")
        return " ".join(value)

    return words


def _terms(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(term, str) and term for term in value):
        raise ValueError("应为词语的列表（a list of words）")
    return tuple(value)


def _grades(value: Any) -> tuple[Grade, ...]:
    """From the best to the worst; without `high` a grade reaches up to the one above it."""
    made: list[Grade] = []
    for entry in _entries(value, {"name", "low", "high", "names"}, {"name", "low"}):
        low = _scaled(4)(entry["low"])
        high = _scaled(4)(entry["high"]) if "high" in entry else _up_to(made)
        if low is None or high is None or low > high:
            raise ValueError("等级应由高到低（grades from the best to the worst）")
        name = str(entry["name"])
        made.append(Grade(name, low, high, frozenset({name, *_terms(entry.get("names", []))})))
    return tuple(made)


def _up_to(above: list[Grade]) -> int:
    return above[-1].low_e4 - 1 if above else 10**9


def _caps(value: Any) -> tuple[Cap, ...]:
    caps = [
        Cap(_scaled(6)(entry["below"]) or 0, _scaled(4)(entry["total"]) or 0)
        for entry in _entries(value, {"below", "total"}, {"below", "total"})
    ]
    return tuple(sorted(caps, key=lambda cap: cap.below_e6))


def _entries(value: Any, known: set[str], needed: set[str]) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(
        isinstance(entry, dict) and needed <= entry.keys() <= known for entry in value
    ):
        raise ValueError(f"应为列表，各项含 {sorted(known)}（a list of tables with these keys）")
    return value


@dataclass(frozen=True, slots=True)
class Key:
    """A parameter: how its value is read, and its column in `Policies.onto` ("" for none)."""

    read: Callable[[Any], Any]
    column: str = ""
    dtype: str = ""


_POINTS = (
    "execution_points",
    "output_points",
    "benefit_points",
    "satisfaction_points",
    "cost_points",
    "output_points_with_cost",
    "benefit_points_with_cost",
    "points_total",
    "overfulfilment_deduction",
)
_RATES = (
    "overfulfilment",
    "low_execution",
    "near_full",
    "budget_change",
    "band1_low",
    "band2_low",
    "near_copy",
)
_DIGITS = ("rate_digits", "score_digits", "total_digits", "proposed_digits")
_CONVENTIONS = tuple(f"{what}_conventions" for what in ("rate", "score", "total", "money"))

KEYS: Mapping[str, Key] = {
    **{name: Key(_scaled(4), f"{name}_e4", "Int64") for name in _POINTS},
    **{name: Key(_scaled(6), f"{name}_e6", "Int64") for name in _RATES},
    **{name: Key(_digits, name, "Int64") for name in _DIGITS},
    **{name: Key(_words("conventions"), name, "str") for name in _CONVENTIONS},
    "upper_bound_formulas": Key(_words("formulas"), "upper_bound_formulas", "str"),
    "required_classes": Key(_words("classes"), "required_classes", "str"),
    **{name: Key(_terms) for name in ("lower_is_better", "no_direction", "approximate")},
    "grades": Key(_grades),
    "execution_caps": Key(_caps),
}
