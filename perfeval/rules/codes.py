"""Codes of rules: those that perfeval publishes, and those that others may give."""

from __future__ import annotations

import re

PUBLISHED = "RHFGISY"  # families in the order of the catalogue


def is_own(code: str) -> bool:
    """Whether others may give the code: X001, but no letter of a published family."""
    return bool(re.fullmatch(r"[A-Z]\d{3}", code, re.ASCII)) and code[0] not in PUBLISHED


def order(code: str) -> tuple[int, str]:
    """Published families in their order, then all others."""
    place = PUBLISHED.find(code[0])
    return (len(PUBLISHED) if place < 0 else place, code)
