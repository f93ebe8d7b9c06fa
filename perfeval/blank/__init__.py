"""Empty forms to hand out: a region's layout with live formulas, drop-downs and notes."""

from perfeval.blank.book import ROWS, Asked, Blank, blank_form, has_cost
from perfeval.blank.carried import LastYear, last_year
from perfeval.blank.printed import has_own_policy

__all__ = [
    "ROWS",
    "Asked",
    "Blank",
    "LastYear",
    "blank_form",
    "has_cost",
    "has_own_policy",
    "last_year",
]
