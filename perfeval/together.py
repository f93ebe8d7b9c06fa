"""The tables of a whole run as one, for rules that compare forms across files and chunks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields, replace

import pandas as pd

from perfeval.tables import Tables
from perfeval.wording import wording


def brief(tables: Tables, whole: Collection[int] = ()) -> Tables:
    """What rules across forms look at in a chunk's tables: small enough to keep for a whole run.

    Forms of the files `whole` are kept whole: they are compared with their last round.
    """
    long = tables.indicators.reason.str.len() >= wording().shortest_shared
    forms = tables.forms.form_id[tables.forms.file_id.isin(whole)]
    kept = replace(
        tables,
        funds=tables.funds[(tables.funds.level == 0) | tables.funds.form_id.isin(forms)],
        indicators=tables.indicators[long | tables.indicators.form_id.isin(forms)],
        remarks=tables.remarks[:0],
        earlier=tables.earlier[:0],
    )
    named = [frame.row_id for frame in (kept.forms, kept.funds, kept.goals, kept.indicators)]
    places = kept.cells.row_id.isin(pd.concat(named))
    return replace(kept, cells=kept.cells[places])


def joined(parts: Sequence[Tables], register: pd.DataFrame | None = None) -> Tables:
    """The tables of several chunks as one, in their order, ids made unique again.

    form_id stays the position of a form among all forms, file_id that of a file among all files.
    """
    moved = []
    rows = forms = files = 0
    for part in parts:
        moved.append({name: _moved(frame, rows, forms, files) for name, frame in _frames(part)})
        rows += 1 + max(
            (int(frame.row_id.max()) for _, frame in _frames(part) if len(frame)), default=0
        )
        forms, files = forms + len(part.forms), files + len(part.files)
    whole = {name: _together([part[name] for part in moved], name) for name in _NAMES}
    if register is not None:
        whole["register"] = register.assign(row_id=register.row_id + rows)
    return Tables(**whole)


_NAMES = tuple(field.name for field in fields(Tables))


def _frames(tables: Tables) -> list[tuple[str, pd.DataFrame]]:
    return [(name, getattr(tables, name)) for name in _NAMES]


def _moved(frame: pd.DataFrame, rows: int, forms: int, files: int) -> pd.DataFrame:
    """The frame with its ids moved on; -1 (no form, no file) stays."""
    by = {"row_id": rows, "form_id": forms, "file_id": files}
    ids = {
        name: frame[name] + (frame[name] >= 0) * offset
        for name, offset in by.items()
        if name in frame
    }
    return frame.assign(**ids)


def _together(frames: list[pd.DataFrame], name: str) -> pd.DataFrame:
    if not frames:
        return getattr(Tables.build({}), name)  # type: ignore[no-any-return]  # a frame by name
    return pd.concat(frames, ignore_index=True)
