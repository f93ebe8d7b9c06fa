"""Forms by department; they wait on disk, since there may be nearly as many departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import TypeVar

from perfeval.findings import Level
from perfeval.spool import Table

_STATUSES = ("error", "warning", "info", "clean")
_SUMS = ", ".join([f"sum(status = '{name}')" for name in _STATUSES] + [f"sum({n})" for n in Level])
_EXACT = Context(prec=80)  # no order of adding changes a sum
Key = TypeVar("Key", bound=str)


@dataclass(frozen=True, slots=True)
class DepartmentCount:
    """The forms of one department."""

    department: str
    forms: int
    by_status: Mapping[str, int]
    findings: Mapping[Level, int]
    reported: Decimal | None  # means, over the forms that have a figure
    recomputed: Decimal | None


class Departments:
    """The departments of all forms, and of files without one (""), which count for their name."""

    def __init__(self) -> None:
        self._rows = Table("name blob", "is_form", "status", *Level, "reported", "recomputed")
        self._rows.can("mean", _Mean)

    def add(
        self,
        name: str,
        status: str,
        counts: Mapping[Level, int],
        totals: tuple[Decimal | None, Decimal | None],
        *,
        is_form: bool,
    ) -> None:
        """Count a form with its findings by level and its totals, reported and recomputed."""
        levels = (counts.get(level, 0) for level in Level)
        told = (None if total is None else str(total) for total in totals)
        self._rows.add(name.encode("utf-8", "surrogatepass"), is_form, status, *levels, *told)

    def names(self) -> list[str]:
        """Sorted."""
        return [_text(n) for (n,) in self._rows.ask("select distinct name from rows order by name")]

    def places(self) -> Iterator[int]:
        """Where in `names` each form's is, in the order in which they were added."""
        ranks = "select rowid as n, dense_rank() over (order by name) - 1 as place from rows"
        return (place for (place,) in self._rows.ask(f"select place from ({ranks}) order by n"))

    def counted(self) -> list[DepartmentCount]:
        """Those with most to correct first; forms without a department under ""."""
        found = self._rows.ask(
            f"select name, count(*), {_SUMS}, mean(reported), mean(recomputed) from rows "
            "where is_form group by name order by sum(status = 'error') desc, count(*) desc, name"
        )
        return [
            DepartmentCount(
                _text(name),
                forms,
                _counts(_STATUSES, *sums[: len(_STATUSES)]),
                _counts(tuple(Level), *sums[len(_STATUSES) :]),
                _decimal(reported),
                _decimal(recomputed),
            )
            for name, forms, *sums, reported, recomputed in found
        ]


class _Mean:
    """Of decimals as texts, in hundredths; of nothing there is none."""

    def __init__(self) -> None:
        self._sum, self._count = Decimal(0), 0

    def step(self, text: str | None) -> None:
        if text is not None:
            self._sum, self._count = _EXACT.add(self._sum, Decimal(text)), self._count + 1

    def finalize(self) -> str | None:
        return str(round(self._sum / self._count, 2)) if self._count else None


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")


@lru_cache(1024)  # most departments have a form or two
def _counts(keys: tuple[Key, ...], *counts: int) -> Mapping[Key, int]:
    return Counter({key: count for key, count in zip(keys, counts, strict=True) if count})


@lru_cache(1024)
def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
