"""The reference page is the program's own help, and current."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfeval.cli.main import COMMANDS
from perfeval.cli.reference import FILES, reference
from perfeval.cli.settings import SETTINGS
from perfeval.texts import Lang

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("lang", FILES)
def test_the_page_is_current(lang: Lang) -> None:
    """Else: python -m perfeval.cli.reference docs/reference."""
    assert (DOCS / FILES[lang]).read_text(encoding="utf-8") == reference(lang)


@pytest.mark.parametrize("lang", FILES)
def test_the_page_has_every_command_and_setting(lang: Lang) -> None:
    """Whatever the language of the machine."""
    page = reference(lang)
    assert all(f"\n### perfeval {name}" in page for name in COMMANDS)
    assert all(f"| `{name}` |" in page for name in SETTINGS)
