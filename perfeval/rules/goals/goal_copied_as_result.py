"""查什么：实际完成情况照抄预期目标，只字未改或几乎未改。

不查：目标或完成情况空着的（见 G101、G102）；完成情况另有数字和事实的。

怎样算：去掉空格和标点后比较两段文字的相似度（Indel：相同的字数 × 2 ÷ 两段字数之和），
达到政策规定的比例（全国暂按 90%）即提出。数字改动过的不算照抄。
"""

from __future__ import annotations

import re
from math import floor

import numpy as np

from perfeval.exact import Flags, Ints, Texts
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import texts as column
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import bare_texts

_NO_DIGITS = re.compile(r"\D+")
_PERCENT = 10_000  # one percent in e6: likeness is written in whole ones


@rule(
    "G103",
    "goal-copied-as-result",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("完成情况照抄目标", "Goal copied as result"),
    message=Text(
        "实际完成情况与预期目标的文字有 {alike_e6} 相同",
        "The result repeats {alike_e6} of the text of the goal",
    ),
    advice=Text(
        "请写实际做了什么、达到什么数，不要照抄目标",
        "Say what was done and which figures were reached instead of repeating the goal",
    ),
    basis=("house",),
)
def goal_copied_as_result(tables: Tables, policies: Policies) -> Judgement:
    """Goals whose result is the same text or nearly; undecided where either is blank."""
    goals = policies.onto(tables.rows("goals"), "near_copy_e6")
    expected, actual = bare_texts(goals.expected), bare_texts(goals.actual)
    told = (expected != "") & (actual != "")
    same_figures = digits(expected) == digits(actual)
    alike = similarity_e6(expected, actual, told & same_figures)
    copied = (alike >= goals.near_copy_e6) & same_figures
    shown = alike // _PERCENT * _PERCENT
    return judge(goals, copied, undecided=~told, field="actual", alike_e6=shown)


def similarity_e6(left: Texts, right: Texts, asked: Flags) -> Ints:
    """How alike two texts are, row by row: 0 to 1,000,000, cut off; 0 where it is not asked."""
    alike = np.zeros(len(left), dtype=np.int64)
    if asked.any():
        # most of a second's work in a whole process is to import it
        from rapidfuzz import fuzz

        for place in np.flatnonzero(asked).tolist():
            alike[place] = floor(fuzz.ratio(left[place], right[place]) * 10_000)
    return alike


def digits(texts: Texts) -> Texts:
    """The figures of a text: a result with other figures than the goal is a report, not a copy."""
    return column(_NO_DIGITS.sub(" ", text) for text in texts)
