"""Rows of a table as arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from perfeval.rows import Rows, texts


def _frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row_id": [1, 2, 3],
            "score_e4": pd.array([50000, None, 70000], dtype="Int64"),
            "label": pd.array(["甲", "", "丙"], dtype="str"),
        }
    )


def test_some_of_the_rows() -> None:
    """Flags and positions choose rows in every column; what is missing stays missing."""
    rows = Rows.of(_frame())[np.array([False, True, True])]
    assert list(rows.values("row_id", "score_e4", "label")) == [(2, None, ""), (3, 70000, "丙")]
    assert rows[np.array([1])].row_id.tolist() == [3]


def test_one_value_stands_for_all_rows() -> None:
    """A column may be given as one value; the rows that it is given to stay as they were."""
    rows = Rows.of(_frame())
    more = rows.assign(field="score", points=None)
    assert more.field.tolist() == ["score"] * 3
    assert more.points.tolist() == [None] * 3
    assert "field" not in rows


def test_rows_are_stacked() -> None:
    """Numbers that are never missing join those that may be."""
    rows = Rows.of(_frame())
    both = Rows.stacked([rows, rows.assign(score_e4=np.array([1, 2, 3]))], "score_e4")
    assert both.score_e4.tolist() == [50000, None, 70000, 1, 2, 3]


def test_a_frame_and_back() -> None:
    """A frame of the rows has the same columns and types."""
    rows = Rows.of(_frame()).assign(note=texts(["a", "b", "c"]))
    assert rows.frame().dtypes.astype(str).tolist() == ["int64", "Int64", "str", "str"]


def test_an_unknown_column() -> None:
    """A column that is not there is an AttributeError that names it."""
    with pytest.raises(AttributeError, match="no column points"):
        _ = Rows.of(_frame()).points
