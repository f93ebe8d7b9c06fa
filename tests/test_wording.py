"""Texts as they are compared: without blanks and signs, whatever the width of their letters."""

from __future__ import annotations

import re
import sys
import unicodedata

from perfeval.wording import bare_text


def by_definition(text: str) -> str:
    return re.sub(r"[^\w%]|_", "", unicodedata.normalize("NFKC", text))


def test_every_sign_is_taken_as_defined() -> None:
    """Every character alone, and each between letters and signs of usual texts, is as NFKC says."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [c for c in every if bare_text(c) != by_definition(c)] == []
    beside = [f"完（成a，{c}e、{c}9%_…" for c in every[:0x10000]]
    assert [text for text in beside if bare_text(text) != by_definition(text)] == []


def test_blanks_and_signs_do_not_count() -> None:
    """Full-width letters and figures are half-width ones, and only % is left of the signs."""
    assert bare_text(" 满意度（群众）：≥９５％，_Ａ级 ") == "满意度群众95%A级"
