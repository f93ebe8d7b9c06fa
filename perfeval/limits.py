"""How much of a file is read at most: defaults far above any form. [limits] in perfeval.toml."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields

from perfeval.errors import UsageError

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Each limit with its unit. Those of a zip (size, ratio, members) are in ooxml/rawzip."""

    file_bytes: int = 256 * MIB
    in_process_bytes: int = 8 * MIB  # XML to parse; above, and for .xls and .xlsb, a worker reads
    cells: int = 300_000  # with something in them, in all sheets
    sheets: int = 1_000
    rows: int = 1_048_576
    columns: int = 16_384
    worker_bytes: int = 2_048 * MIB  # address space of the worker
    worker_seconds: int = 60


DEFAULT = Limits()
_NAMES = tuple(field.name for field in fields(Limits))


def limits_of(table: object, source: str) -> Limits:
    """Limits from the table [limits] of a file. Raises UsageError naming file and key."""
    if not isinstance(table, dict):
        raise UsageError(f"{source}：limits 应写作 [limits]（must be a table）")
    for key, value in table.items():
        if key not in _NAMES:
            near = difflib.get_close_matches(key, _NAMES, 1)
            hint = f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""
            raise UsageError(f"{source}：未知的限制 limits.{key}（unknown limit）{hint}")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise UsageError(f"{source}：limits.{key} 应为正整数（must be a positive number）")
    return Limits(**table)
