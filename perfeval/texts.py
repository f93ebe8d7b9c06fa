"""Text in two languages, and numbers as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Chinese and in English. Placeholders are the same in both."""

    zh: str
    en: str

    def __call__(self, lang: Lang, /, **values: object) -> str:
        template = self.zh if lang == "zh" else self.en
        return template.format(**values) if values else template


@lru_cache(4096)  # points and rates are few
def decimal_text(scaled: int, digits: int, *, keep: int = 0) -> str:
    """`scaled` / 10**`digits` in plain decimal notation, trailing zeros cut down to `keep` places.

    >>> decimal_text(929960, 4), decimal_text(1000000, 4), decimal_text(18000000, 2, keep=2)
    ('92.996', '100', '180000.00')
    """
    sign, text = ("-", str(-scaled)) if scaled < 0 else ("", str(scaled))
    text = text.rjust(digits + 1, "0")
    whole, places = text[: len(text) - digits], text[len(text) - digits :]
    places = places[:keep] + places[keep:].rstrip("0")
    return f"{sign}{whole}.{places}" if places else f"{sign}{whole}"


def points_text(e4: int) -> str:
    """Points in 1/10,000 as text: 929960 → 92.996."""
    return decimal_text(e4, 4)


def money_text(fen: int) -> str:
    """Money in 分 as 元 with two places: 18000000 → 180000.00."""
    return decimal_text(fen, 2, keep=2)


def rate_text(e6: int) -> str:
    """A rate in 1/1,000,000 as a fraction: 999600 → 0.9996."""
    return decimal_text(e6, 6)


def percent_text(e6: int) -> str:
    """A rate in 1/1,000,000 as a percentage: 999600 → 99.96%."""
    return decimal_text(e6, 4) + "%"


def plain(number: Decimal) -> str:
    """A Decimal without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
