"""Whole numbers or flags of which some are missing (NA), with their arithmetic.

What pandas has for this costs ten times as much an operation, and most of a second to import.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
Other: TypeAlias = Any  # Masked, an array or a number; mypy takes their comparisons for unsafe
_Operation = Callable[[Any, Any], Any]


class Masked:
    """A column of int64 or bool; where `missing` the value means nothing.

    What is computed from something missing is missing, but for flags: False & NA is False,
    True | NA is True. Never written to.
    """

    __slots__ = ("missing", "values")
    __array_ufunc__ = None  # an array of numpy leaves the operation to this class
    __hash__ = None  # type: ignore[assignment]  # == answers row by row

    def __init__(self, values: Array, missing: Array) -> None:
        self.values, self.missing = values, missing

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, which: Array) -> Masked:
        """Some of the rows, by flags or positions."""
        return Masked(self.values[which], self.missing[which])

    def __iter__(self) -> Iterator[Any]:
        """The values as Python's own, NA as None."""
        return iter(self.tolist())

    def known(self) -> Array:
        """The values, 0 or False where one is missing."""
        return np.where(self.missing, self.values.dtype.type(0), self.values)

    def tolist(self) -> list[Any]:
        """The values as Python's own, NA as None."""
        listed: list[Any] = self.values.tolist()
        for place in np.flatnonzero(self.missing).tolist():
            listed[place] = None
        return listed

    def array(self) -> pd.arrays.IntegerArray | pd.arrays.BooleanArray:
        """The same as pandas has it."""
        import pandas as pd

        is_flag = self.values.dtype == bool
        made = pd.arrays.BooleanArray if is_flag else pd.arrays.IntegerArray
        return made(self.values, self.missing)

    def _with(self, other: Other, operation: _Operation) -> Masked:
        if isinstance(other, Masked):
            return Masked(operation(self.values, other.values), self.missing | other.missing)
        return Masked(operation(self.values, other), self.missing)

    def __add__(self, other: Other) -> Masked:
        return self._with(other, operator.add)

    __radd__ = __add__

    def __sub__(self, other: Other) -> Masked:
        return self._with(other, operator.sub)

    def __rsub__(self, other: Other) -> Masked:
        return self._with(other, lambda own, given: given - own)

    def __mul__(self, other: Other) -> Masked:
        return self._with(other, operator.mul)

    __rmul__ = __mul__

    def __floordiv__(self, other: int) -> Masked:
        return self._with(other, operator.floordiv)

    def __neg__(self) -> Masked:
        return Masked(-self.values, self.missing)

    def __abs__(self) -> Masked:
        return Masked(abs(self.values), self.missing)

    def __lt__(self, other: Other) -> Masked:
        return self._with(other, operator.lt)

    def __le__(self, other: Other) -> Masked:
        return self._with(other, operator.le)

    def __gt__(self, other: Other) -> Masked:
        return self._with(other, operator.gt)

    def __ge__(self, other: Other) -> Masked:
        return self._with(other, operator.ge)

    def __eq__(self, other: Other) -> Masked:  # type: ignore[override]  # row by row
        return self._with(other, operator.eq)

    def __ne__(self, other: Other) -> Masked:  # type: ignore[override]
        return self._with(other, operator.ne)

    def __invert__(self) -> Masked:
        return Masked(~self.values, self.missing)

    def __and__(self, other: Masked | Array) -> Masked:
        return ~(~self | ~other)

    __rand__ = __and__

    def __or__(self, other: Masked | Array) -> Masked:
        mine, theirs = _true(self), _true(other)
        holds = mine | theirs
        missing = self.missing if isinstance(other, np.ndarray) else self.missing | other.missing
        return Masked(holds, missing & ~holds)

    __ror__ = __or__


def _true(flags: Masked | Array) -> Array:
    return flags if isinstance(flags, np.ndarray) else flags.values & ~flags.missing
