"""How much of a file is read at most: defaults far above any form."""

from __future__ import annotations

from dataclasses import dataclass

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
