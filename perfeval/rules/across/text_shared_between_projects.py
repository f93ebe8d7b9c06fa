"""查什么：目标、完成情况或偏差原因的长段文字，与另一项目的表里一字不差。

不查：同一项目的几份表（见 Y101）；短句和套话；同一张表内的重复。

怎样算：去掉空格和标点后不短于规定字数（data/wording.toml，现为 30 字）的文字完全相同，
而项目或单位不同的，各提一条。
"""

from __future__ import annotations

import pandas as pd

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.across.matching import identities
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import bare, wording


@rule(
    "Y102",
    "text-shared-between-projects",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("与其他项目的文字相同", "Text shared with another project"),
    message=Text(
        "这段文字与项目“{other}”的相同",
        'The same text stands in the form of the project "{other}"',
    ),
    advice=Text("请按本项目的情况填写", "Write what holds for this project"),
    basis=("house",),
)
def text_shared_between_projects(tables: Tables, policies: Policies) -> Judgement:
    """Long texts of different projects that are the same; undecided where a form has none."""
    texts = pd.concat(
        [
            _texts(tables, tables.goals, "expected"),
            _texts(tables, tables.goals, "actual"),
            _texts(tables, tables.indicators, "reason"),
        ],
        ignore_index=True,
    )
    texts = texts[texts.text.str.len() >= wording().shortest_shared]
    groups = texts.groupby("text").project
    first, last = texts.text.map(groups.min()), texts.text.map(groups.max())
    other = last.where(texts.project != last, first)
    return judge(texts, first != last, field="", other=other.str.replace(r"\n.*", "", regex=True))


def _texts(tables: Tables, rows: pd.DataFrame, field: str) -> pd.DataFrame:
    """The texts of one field with the project that they belong to (its name first)."""
    known = identities(tables.forms)
    named = tables.forms.project + "\n" + known.project + known.unit
    project = named.array.take(rows.form_id.to_numpy())
    return rows[["row_id", "form_id"]].assign(
        field=field, text=bare(rows[field]), project=pd.Series(project, index=rows.index)
    )
