"""查什么：扣了分，偏差原因一栏却只写“无”“无偏差”“已完成”“同上”一类的话。

不查：没有扣分的行；偏差原因空着的（见 I105）；写得简略但说到了原因的。

怎样算：去掉空格和标点后，整句正好是词表（data/wording.toml）所列的话，或者只有标点、横线的，即提出。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import holds, known
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, lost_points
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import bare_texts, wording


@rule(
    "I106",
    "empty-talk-reason",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("扣分原因是空话", "Reason that says nothing"),
    message=Text(
        "指标“{label}”分值 {points_e4}、得分 {score_e4}，原因只写“{reason}”",
        'The indicator "{label}" scores {score_e4} of {points_e4}; its reason is only "{reason}"',
    ),
    advice=Text(
        "请写明未完成的具体原因和改进措施", "Give the actual cause and what will be done about it"
    ),
    basis=("mof-2020-10", "house"),
)
def empty_talk_reason(tables: Tables, policies: Policies) -> Judgement:
    """Rows that lost points for a reason out of the list of empty phrases."""
    rows = tables.rows("indicators")
    lost = lost_points(rows)
    given = (rows.reason_state != State.BLANK) & (rows.reason_state != State.ABSENT)
    empty = given & (holds(lost) | ~known(lost))
    said = bare_texts(rows.reason, empty)
    phrases = wording().empty_reasons
    empty &= np.array([not text or text in phrases for text in said], dtype=bool)
    return judge(
        rows, lost & empty, undecided=~asked(tables, "reason"), field="reason", found="reason"
    )
