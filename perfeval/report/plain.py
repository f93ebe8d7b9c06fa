"""Texts of a file made fit for a medium: terminal, spreadsheet cell, XML."""

from __future__ import annotations

import re

# C0 and C1 controls (an escape sequence would drive the terminal), line separators, and the
# marks that turn the direction of reading round.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")


def one_line(text: str) -> str:
    """On one line, without anything that a terminal would obey."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text)).strip()


def for_xml(text: str) -> str:
    """Without the characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("\ufffd", text)


def no_formula(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would take a CSV field for a formula.

    A plain number stays as it is: -0.5 is no formula.
    """
    bare = text.lstrip(" \n\u3000")
    if _FORMULA.match(bare) and not _NUMBER.fullmatch(bare):
        return "'" + text
    return text
