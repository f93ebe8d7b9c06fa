"""查什么：完成情况、偏差原因的长段文字，与同一项目上年的自评表一字不差。

不查：没有上年自评表的（上年的表取自台账，或用 --previous 给出）；年度目标（可以延续）；短句和套话。

怎样算：项目名称、实施单位相同而年度早一年的表，取最后一轮；去掉空格和标点后不短于规定字数
（data/wording.toml，现为 30 字）的文字，与上年同一栏的任何一段完全相同的，各提一条。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text
from perfeval.wording import bare, wording

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ["form_id", "table", "field", "bare"]
_RESULTS = (("goals", "actual"), ("indicators", "actual"), ("indicators", "reason"))


@rule(
    "Y106",
    "text-copied-from-last-year",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("照抄上年的文字", "Text copied from last year"),
    message=Text(
        "这段文字与本项目 {year} 年自评表的相同",
        "The same text stands in the project's form of {year}",
    ),
    advice=Text("请按本年的实际情况填写", "Write what holds for this year"),
    basis=("house",),
    needs=("earlier",),
)
def text_copied_from_last_year(tables: Tables, policies: Policies) -> Judgement:
    """Long texts that last year's form had too; undecided where there is none to compare."""
    import pandas as pd

    texts = pd.concat(
        [_texts(getattr(tables, table), table, field) for table, field in _RESULTS],
        ignore_index=True,
    )
    earlier = tables.earlier.assign(bare=bare(tables.earlier.text)).drop_duplicates(_KEYS)
    years = tables.earlier.drop_duplicates("form_id").set_index("form_id").year
    known = texts.form_id.isin(years.index) & (texts.bare.str.len() >= wording().shortest_shared)
    same = texts[_KEYS].merge(earlier[[*_KEYS, "year"]], on=_KEYS, how="left").year.notna()
    hit = same.astype("boolean").mask(~known)
    year = texts.form_id.map(years).astype("Int64")
    return judge(texts, hit, field="", year=year)


def _texts(rows: pd.DataFrame, table: str, field: str) -> pd.DataFrame:
    return rows[["row_id", "form_id"]].assign(table=table, field=field, bare=bare(rows[field]))
