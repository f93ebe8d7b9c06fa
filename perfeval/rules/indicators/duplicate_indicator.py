"""查什么：同一张表里把同一个指标列了两次。

不查：名称相同而指标值不同的（如分年度、分片区的指标）；三级指标空着的。

怎样算：二级指标、三级指标、年度指标值三项的文字都相同（不计空格、标点和全角半角），后面的一行提出。
"""

from __future__ import annotations

import unicodedata

import numpy as np

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.among import repeated
from perfeval.rules.indicators.asked import counted
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import bare_texts


@rule(
    "I109",
    "duplicate-indicator",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("指标重复", "Duplicate indicator"),
    message=Text(
        "指标“{label}”（{target}）在本表中已列过一次",
        'The indicator "{label}" ({target}) stands in this form already',
    ),
    advice=Text(
        "请删去重复的一行，并重新分配分值", "Delete one of the two and share out its points"
    ),
    basis=("house",),
)
def duplicate_indicator(tables: Tables, policies: Policies) -> Judgement:
    """Rows with the same level 2, level 3 and target as an earlier row of their form."""
    rows = tables.rows("indicators")
    keys = rows.assign(level3=bare_texts(rows.level3))
    judged = counted(rows) & (keys.level3 != "")
    again = np.zeros(len(rows), dtype=bool)
    again[judged] = repeated(keys[judged], "form_id", "level3")
    if again.any():
        keys = keys.assign(
            level2=bare_texts(rows.level2),
            target=texts(unicodedata.normalize("NFKC", target) for target in rows.target),
        )
        again[judged] = repeated(keys[judged], "form_id", "level2", "level3", "target")
    return judge(rows, again, undecided=~judged, field="level3", found="level3")
