"""Workbooks laid out as the templates of the field really look, from figures of forms."""

from tests.building.page import Expected, Page
from tests.building.printed import lay_out
from tests.building.styles import STYLES, Style

__all__ = ["STYLES", "Expected", "Page", "Style", "lay_out"]
