"""Rows of a table as arrays: what scores and rules compute with.

An operation on two Series costs a hundred times as much as on arrays, whatever the number of rows,
and a chunk of forms is a thousand operations. Whole numbers and flags that may be missing are
Masked, all others arrays of numpy (texts as objects); they stand in the order of the table, without
an index. Frames are made of them, and they of frames, where somebody has or wants one: nobody does
in a check, so that it need not wait for pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias  # columns mix types by nature

import numpy as np

from perfeval.exact import Texts
from perfeval.masked import Masked

if TYPE_CHECKING:
    import pandas as pd

Column: TypeAlias = Any  # np.ndarray or Masked
Which: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"  # flags or positions of rows


class Rows:
    """Columns by name, each an array: rows.score_e4. Some of the rows: rows[rows.level == 0].

    A column is made when it is asked for: most rules look at few. Never written to.
    """

    __slots__ = ("_known", "_names", "_pull", "_size")

    def __init__(self, names: Sequence[str], size: int, pull: Callable[[str], Column]) -> None:
        self._names, self._size, self._pull = dict.fromkeys(names), size, pull
        self._known: dict[str, Column] = {}

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Rows:
        """The columns of a frame."""
        return cls(list(frame.columns), len(frame), lambda name: as_array(frame[name]))

    @classmethod
    def made(cls, size: int, **columns: Column) -> Rows:
        """Rows of these columns; one value stands for all rows."""
        return cls((), size, _none).assign(**columns)

    @classmethod
    def stacked(cls, parts: Sequence[Rows], *names: str) -> Rows:
        """The rows of all parts, one below the other, with the columns `names`."""
        size = sum(map(len, parts))
        return cls(names, size, lambda name: concatenated([part.column(name) for part in parts]))

    def __len__(self) -> int:
        return self._size

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """The names of the columns."""
        return iter(self._names)

    def __getattr__(self, name: str) -> Column:
        if name in self._names:
            return self.column(name)
        raise AttributeError(f"no column {name}")

    def column(self, name: str) -> Column:
        if name not in self._known:
            self._known[name] = self._pull(name)
        return self._known[name]

    def __getitem__(self, which: Which) -> Rows:
        """Some of the rows, by flags or positions."""
        at = np.flatnonzero(which) if which.dtype == bool else which
        return Rows(list(self._names), len(at), lambda name: self.column(name)[at])

    def assign(self, **columns: Column) -> Rows:
        """The same rows with more or other columns; one value stands for all rows."""
        made = Rows([*self._names, *columns], self._size, self.column)
        made._known = {name: _spread(value, self._size) for name, value in columns.items()}
        return made

    def values(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Row by row, the values of these columns as Python's own, NA as None."""
        return zip(*(plain(self.column(name)) for name in names), strict=True)

    def frame(self) -> pd.DataFrame:
        """The same as a frame."""
        import pandas as pd

        columns = {name: as_pandas(self.column(name)) for name in self._names}
        return pd.DataFrame(columns, copy=False)


def as_array(values: Column) -> Column:
    """The array of a column of a frame, or of what has none."""
    return values if isinstance(values, np.ndarray | Masked) else _of_pandas(values)


def _of_pandas(values: Column) -> Column:
    import pandas as pd

    array = values.array if isinstance(values, pd.Series) else values
    if isinstance(array, pd.arrays.IntegerArray):
        return Masked(array.to_numpy(dtype=np.int64, na_value=0), array.isna())
    if isinstance(array, pd.arrays.BooleanArray):
        return Masked(array.to_numpy(dtype=bool, na_value=False), array.isna())
    made = array.to_numpy(copy=True)  # of numpy in the wrapping of pandas, or texts
    if made.dtype == object:
        made[pd.isna(made)] = None
    return made


def as_pandas(column: Column) -> Column:
    """An array as a column of a frame."""
    return column.array() if isinstance(column, Masked) else column


def plain(column: Column) -> list[Any]:
    """The values as Python's own, NA as None."""
    values: list[Any] = column.tolist()
    return values


def texts(values: Iterable[str]) -> Texts:
    """A column of texts."""
    listed = list(values)
    return np.fromiter(listed, dtype=object, count=len(listed))


def concatenated(parts: Sequence[Column]) -> Column:
    """The parts as one column; numbers that are nowhere missing join those that may be."""
    if not any(isinstance(part, Masked) for part in parts):
        return np.concatenate(parts)
    masked = [p if isinstance(p, Masked) else Masked(p, np.zeros(len(p), bool)) for p in parts]
    return Masked(
        np.concatenate([part.values for part in masked]),
        np.concatenate([part.missing for part in masked]),
    )


def _spread(value: Column, size: int) -> Column:
    if value is None or isinstance(value, str | int):
        made = np.empty(size, dtype=type(value) if isinstance(value, int) else object)
        made[:] = value
        return made
    return as_array(value)


def _none(name: str) -> Column:
    raise KeyError(name)
