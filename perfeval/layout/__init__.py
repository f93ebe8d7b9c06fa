"""Find forms by their labels and by how these stand: Workbook → Layouts, or Unrecognised."""

from perfeval.layout.lexicon import Lexicon, build, extended, lexicon
from perfeval.layout.parts import (
    Column,
    FundRow,
    Goal,
    IndicatorBlock,
    Layout,
    MoneyBlock,
    Place,
    TotalPlaces,
    Unrecognised,
)
from perfeval.layout.recognise import nearest, recognise

__all__ = [
    "Column",
    "FundRow",
    "Goal",
    "IndicatorBlock",
    "Layout",
    "Lexicon",
    "MoneyBlock",
    "Place",
    "TotalPlaces",
    "Unrecognised",
    "build",
    "extended",
    "lexicon",
    "nearest",
    "recognise",
]
