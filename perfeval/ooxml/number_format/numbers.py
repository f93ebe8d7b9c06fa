"""A number written through the digit places of one section."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from perfeval.ooxml.number_format.chinese import digit_by_digit
from perfeval.ooxml.number_format.sections import Kind, Section, Token

_WIDE = Context(prec=1200, rounding=ROUND_HALF_UP)  # the largest double has 309 digits


def render_number(section: Section, value: Decimal) -> str:
    """`value` (not negative) in the places of `section`, rounded half up; literals stay."""
    tokens = section.tokens
    value = value.scaleb(2 * sum(token.kind == Kind.PERCENT for token in tokens))
    if section.has(Kind.EXPONENT):
        text = _exponent(tokens, value)
    elif section.has(Kind.SLASH) and section.has(Kind.DIGIT):
        text = _fraction(tokens, value)
    else:
        text = _places(tokens, value)
    return digit_by_digit(text, section.dbnum) if section.dbnum else text


def _places(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Integer and decimal places; a comma among them groups, one behind divides by 1000."""
    last = max((i for i, t in enumerate(tokens) if t.kind == Kind.DIGIT), default=-1)
    point = next((i for i, t in enumerate(tokens) if t.kind == Kind.POINT), len(tokens))
    end = (
        last
        if last < point
        else max((i for i, t in enumerate(tokens[:point]) if t.kind == Kind.DIGIT), default=-1)
    )
    trailing = sum(
        t.kind == Kind.COMMA for i, t in enumerate(tokens) if i > end and (i < point or i > last)
    )
    grouped = any(t.kind == Kind.COMMA for t in tokens[: end + 1])
    wanted = sum(t.kind == Kind.DIGIT for t in tokens[point:])
    value = value.scaleb(-3 * trailing)
    if last >= 0:
        value = value.quantize(Decimal(1).scaleb(-wanted), context=_WIDE)
    whole, _, decimals = f"{value:f}".partition(".")
    return _integer(tokens[:point], whole.lstrip("0"), grouped) + _decimals(
        tokens[point:], decimals
    )


def _integer(tokens: tuple[Token, ...], digits: str, grouped: bool) -> str:
    """Filled from the right; what is left over goes before the first place."""
    out: list[str] = []
    written = 0
    places = sum(token.kind == Kind.DIGIT for token in tokens)
    for token in reversed(tokens):
        if token.kind != Kind.DIGIT:
            out.append(token.text if token.kind in (Kind.LITERAL, Kind.PERCENT, Kind.SLASH) else "")
            continue
        places -= 1
        take = len(digits) - written if places == 0 else 1
        for _ in range(max(take, 1)):
            if written < len(digits):
                digit = digits[len(digits) - 1 - written]
            else:
                digit = {"0": "0", "?": " "}.get(token.text, "")
            if digit and grouped and written and written % 3 == 0:
                out.append(" " if digit == " " else ",")
            out.append(digit)
            written += 1
    return "".join(reversed(out))


def _decimals(tokens: tuple[Token, ...], digits: str) -> str:
    kept = len(digits.rstrip("0"))
    out: list[str] = []
    at = 0
    for token in tokens:
        if token.kind == Kind.DIGIT:
            digit = digits[at] if at < len(digits) else "0"
            out.append(
                digit if at < kept or token.text == "0" else " " if token.text == "?" else ""
            )
            at += 1
        elif token.kind in (Kind.LITERAL, Kind.PERCENT, Kind.POINT, Kind.SLASH):
            out.append(token.text)
    return "".join(out)


def _exponent(tokens: tuple[Token, ...], value: Decimal) -> str:
    at = next(i for i, t in enumerate(tokens) if t.kind == Kind.EXPONENT)
    mantissa = tokens[:at]
    point = next((i for i, t in enumerate(mantissa) if t.kind == Kind.POINT), len(mantissa))
    step = max(1, sum(t.kind == Kind.DIGIT for t in mantissa[:point]))
    places = sum(t.kind == Kind.DIGIT for t in mantissa[point:])
    exponent = value.adjusted() // step * step if value else 0
    scaled = value.scaleb(-exponent).quantize(Decimal(1).scaleb(-places), context=_WIDE)
    if scaled >= Decimal(10) ** step:
        exponent += step
        scaled = scaled.scaleb(-step)
    sign = "-" if exponent < 0 else "+" if tokens[at].text[1] == "+" else ""
    power = _places(tokens[at + 1 :], Decimal(abs(exponent)))
    return _places(mantissa, scaled) + "E" + sign + power


def _fraction(tokens: tuple[Token, ...], value: Decimal) -> str:
    """`# ?/?`: whole part, then the nearest fraction with that many digits below the line."""
    slash = next(i for i, t in enumerate(tokens) if t.kind == Kind.SLASH)
    below = "".join(
        t.text for t in tokens[slash + 1 :] if t.kind in (Kind.DIGIT, Kind.LITERAL)
    ).strip()
    places = [i for i, t in enumerate(tokens[:slash]) if t.kind == Kind.DIGIT]
    gap = any(t.kind == Kind.LITERAL for t in tokens[places[0] : slash]) if places else False
    whole = int(value) if gap else 0
    rest = Fraction(value) - whole
    if below.isascii() and below.isdecimal() and int(below):
        near = Fraction(round(rest * int(below)), int(below))
        top, bottom = int(near * int(below)), int(below)
    else:
        near = rest.limit_denominator(10 ** max(1, min(len(below), 7)) - 1)
        top, bottom = near.numerator, near.denominator
    if gap and top == bottom:
        whole, top = whole + 1, 0
    if gap and not top:
        return str(whole)
    return f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}"
