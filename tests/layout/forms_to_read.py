"""The forms that the tests lay out, each once as a workbook that was read back."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from perfeval.extract import Collector
from perfeval.model import Workbook
from perfeval.read import read_bytes
from perfeval.tables import Tables
from tests.building import STYLES, Expected, Page, Style, lay_out
from tests.building.changes import Printed, misread

_FOLDER = Path(__file__).parents[1] / "forms"


def _figures() -> dict[str, dict[str, Any]]:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(_FOLDER.glob("*.json"))
    }


def _cases() -> dict[str, tuple[dict[str, Any], Style]]:
    """Published forms in their own template; invented ones in every template that fits."""
    cases = {}
    for name, form in _figures().items():
        if form["template"]:
            cases[name] = (form, STYLES[form["template"]])
        else:
            styles = {slug: style for slug, style in STYLES.items() if style.money != "split"}
            cases |= {f"{name} {slug}": (form, style) for slug, style in styles.items()}
    return cases


CASES = _cases()


@cache
def printed(name: str, *, typed: bool = True, merged: bool = True) -> Printed:
    """A form as a workbook, and its printed figures. Never change what is answered."""
    form, style = CASES[name]
    page = lay_out(form, style, Page(typed=typed, merged=merged))
    return read_bytes(page.data(), "a.xlsx"), page.expected


def read(workbook: Workbook) -> Tables:
    """The tables of one workbook."""
    collector = Collector()
    collector.add_workbook(collector.add_file("a.xlsx"), workbook)
    return collector.tables()


def missed(tables: Tables, expected: list[Expected]) -> list[Expected]:
    """Printed figures that were not read at their own cell under their own field."""
    cells = tables.cells[["table", "field", "ref", "raw"]].itertuples(index=False, name=None)
    return misread(list(cells), expected)
