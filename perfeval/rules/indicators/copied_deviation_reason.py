"""查什么：同一张表里，几项扣了分的指标的偏差原因一字不差。

不查：没有扣分的行；空着的（见 I105）、空话（见 I106）；与别的项目相同的（见 Y102）；
几项指标共用一个格子的偏差原因（合并的格子，或总分下面的一行）。

怎样算：去掉空格和标点后文字完全相同的，从第二项起各提一条，并写明与哪一项相同。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import Flags, Texts, holds, known
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows, texts
from perfeval.rules.among import repeated
from perfeval.rules.indicators.asked import asked, lost_points
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import bare_texts, wording


@rule(
    "I117",
    "copied-deviation-reason",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("几项指标的扣分原因相同", "Reason copied between indicators"),
    message=Text(
        "指标“{label}”的扣分原因与“{first}”的一字不差：“{reason}”",
        'The reason of the indicator "{label}" is that of "{first}", word for word: "{reason}"',
    ),
    advice=Text(
        "请按各项指标的实际情况分别写明原因；确属同一原因的，可不改",
        "Say of each indicator what kept it back; if it was the same, leave it",
    ),
    basis=("house",),
)
def copied_deviation_reason(tables: Tables, policies: Policies) -> Judgement:
    """Rows that lost points for a reason that an earlier such row of the form gives in its cell."""
    rows = tables.rows("indicators")
    lost = lost_points(rows)
    judged = asked(tables, "reason") & known(lost)
    said = bare_texts(rows.reason, judged & holds(lost))
    nothing = {"", *wording().empty_reasons}
    telling = np.array([text not in nothing for text in said], dtype=bool)
    keys = rows.assign(reason=said)
    copied = telling.copy()
    copied[telling] = repeated(keys[telling], "form_id", "reason")
    if copied.any():
        copied &= ~_in_one_cell(tables, keys, telling)
    return judge(
        rows, copied, undecided=~judged, field="reason", found="reason",
        first=lambda: _firsts(keys, telling),
    )  # fmt: skip


def _in_one_cell(tables: Tables, rows: Rows, telling: Flags) -> Flags:
    """Rows whose reason stands in the cell of an earlier one."""
    cells = tables.rows("cells")
    cells = cells[(cells.table == "indicators") & (cells.field == "reason")]
    places = {row_id: place for row_id, *place in cells.values("row_id", "sheet", "ref")}
    at = texts("!".join(places.get(row_id, [str(row_id)])) for row_id in rows.row_id.tolist())
    same = np.zeros(len(rows), dtype=bool)
    same[telling] = repeated(rows.assign(place=at)[telling], "form_id", "place")
    return same


def _firsts(rows: Rows, telling: Flags) -> Texts:
    """The indicator that gives the reason of each row first."""
    first: dict[tuple[int, str], str] = {}
    for form_id, reason, name in rows[telling].values("form_id", "reason", "level3"):
        first.setdefault((form_id, reason), name)
    return texts(first.get(key, "") for key in rows.values("form_id", "reason"))
