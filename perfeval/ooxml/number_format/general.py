"""How Excel shows a number under the format General: at most 11 characters, then E notation."""

from __future__ import annotations

_WIDTH = 10  # significant digits once a decimal point takes the eleventh place


def general(value: float) -> str:
    """
    >>> general(9.9959999999999996), general(180000), general(1 / 3), general(1234567890123)
    ('9.996', '180000', '0.333333333', '1.23457E+12')
    """
    if value == 0:
        return "0"
    if isinstance(value, int) and -(10**11) < value < 10**11:
        return str(value)
    shortest = repr(value)
    if len(shortest) <= _WIDTH + 1 and "e" not in shortest:
        return shortest.removesuffix(".0")
    exponent = int(f"{value:.9e}".rpartition("e")[2])
    if not -5 < exponent < 11:
        return _scientific(value)
    places = max(0, _WIDTH - 1 - max(exponent, 0))
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if places else text


def _scientific(value: float) -> str:
    mantissa, _, exponent = f"{value:.5E}".partition("E")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{exponent}"
