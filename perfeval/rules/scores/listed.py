"""What the total of a form is made of: its scores, or its points, each once."""

from __future__ import annotations

import numpy as np

from perfeval.exact import Flags, Ints, Texts, among, one_of
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.addends import operands
from perfeval.scores import recompute
from perfeval.tables import Tables


def unfinished(tables: Tables) -> Ints:
    """form_id of forms that ask for a total and have none (R004): rows may be missing, too."""
    forms = tables.rows("forms")
    blank = forms.has_total & one_of(forms.total_score_state, State.BLANK, State.TEXT)
    blank |= np.array(["总分" in blocks for blocks in forms.missing_blocks], dtype=bool)
    found: Ints = forms.form_id[blank]
    return found


def listed(tables: Tables, policies: Policies, field: str, asked: Flags) -> Texts:
    """Operands of the sum of "score" or "points" for the forms that are `asked` for."""
    scores = recompute(tables, policies)
    form_ids = tables.rows("forms").form_id
    parts = []
    for table, made, label, role in (
        ("funds", scores.funds, "label", "execution"),
        ("indicators", scores.indicators, "level3", "indicator"),
    ):
        rows = tables.rows(table)[made.counts]
        rows = rows[among(rows.form_id, form_ids[asked])]
        rows = rows[rows.column(f"{field}_state") == State.NUMBER]
        value = rows.column(f"{field}_e4")
        parts.append(
            rows.assign(
                key=rows.form_id, field=field, label=rows.column(label), value=value, role=role
            )
        )
    names = ("key", "row_id", "field", "label", "value", "points_e4", "role")
    addends = Rows.stacked(parts, *names)
    return operands(addends.assign(points=addends.points_e4), form_ids, asked)
