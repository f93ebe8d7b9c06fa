"""What the total of a form is made of: its scores, or its points, each once."""

from __future__ import annotations

import pandas as pd

from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.addends import OperandColumn, operands
from perfeval.scores import recompute
from perfeval.tables import Tables


def unfinished(tables: Tables) -> pd.Series[int]:
    """form_id of forms that ask for a total and have none (R004): rows may be missing, too."""
    forms = tables.forms
    blank = forms.has_total & forms.total_score_state.isin([State.BLANK, State.TEXT])
    found: pd.Series[int] = forms.form_id[blank | forms.missing_blocks.str.contains("总分")]
    return found


def listed(
    tables: Tables, policies: Policies, field: str, form_ids: pd.Series[int]
) -> OperandColumn:
    """Operands of the sum of "score" or "points" for some forms, on the index of `form_ids`."""
    scores = recompute(tables, policies)
    rows = tables.indicators
    parts = (
        (tables.funds[scores.funds.counts], "label", "execution"),
        (rows[scores.indicators.counts], "level3", "indicator"),
    )
    addends = pd.concat(
        [
            pd.DataFrame(
                {
                    "key": part.form_id,
                    "row_id": part.row_id,
                    "field": field,
                    "label": part[label],
                    "value": part[f"{field}_e4"],
                    "points": part.points_e4,
                    "role": role,
                }
            )[(part[f"{field}_state"] == State.NUMBER) & part.form_id.isin(form_ids)]
            for part, label, role in parts
        ]
    )
    return operands(addends, form_ids)
