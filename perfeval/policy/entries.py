"""Checks of what stands in a policy file: each refusal names file and key."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, NoReturn  # TOML, checked here

from perfeval.errors import PolicyError


def table(
    entry: object, known: set[str], needed: set[str], file: str, place: str
) -> dict[str, Any]:
    """The entry, a table that has no key but `known` and all of `needed`."""
    if not isinstance(entry, dict):
        refuse(file, place, "应为表（must be a table）")
    for key in entry:
        if key not in known:
            refuse(file, f"{place}.{key}", f"未知的键（unknown key）{hint(key, known)}")
    for key in sorted(needed - entry.keys()):
        refuse(file, f"{place}.{key}", "缺少（missing）")
    return entry


def year(value: object, file: str, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(file, f"{place}.from", "应为年份（must be a year）")
    return value


def hint(key: str, known: Iterable[str]) -> str:
    """The nearest known word, "" where none is near."""
    near = difflib.get_close_matches(key, list(known), 1)
    return f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""


def refuse(file: str, key: str, why: str) -> NoReturn:
    raise PolicyError(f"{file}：{key}：{why}")
