"""查什么：没有写明金额是元还是万元，或者各行金额彼此相差一万倍，可见有的按元、有的按万元填。

不查：各格金额自带单位的；没有填金额的表。

怎样算：表头、标题和资金一栏都没有写单位，而有不带单位的金额的，即提出，此时暂按元计算。
写明了单位的，看年度资金总额与各组成部分之和：正好相差一万倍的，即提出，一表一条。
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms, remarked, worded
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

MONEY = ("initial_budget", "budget", "executed")
FACTOR = 10_000  # 万元 in 元
KINDS = {
    "unstated": Text(
        "没有写明金额单位是元还是万元", "The form does not say whether money is in 元 or 万元"
    ),
    "mixed": Text(
        "年度资金总额与各组成部分之和相差一万倍，元与万元混用",
        "The total and the sum of its parts differ by a factor of 10,000: 元 and 万元 are mixed",
    ),
}


@rule(
    "R013",
    "unclear-money-unit",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("金额单位不明", "Unclear money unit"),
    message=Text("{detail_zh}", "{detail_en}"),
    advice=Text(
        "请在表头写明金额单位，各格只填数字，全表一个单位",
        "State one unit in the heading for the whole form and type plain numbers",
    ),
    basis=("form-layout",),
)
def unclear_money_unit(tables: Tables, policies: Policies) -> Judgement:
    """Forms whose amounts have no unit, and those that mix two."""
    unstated = remarked(tables, "unclear-money-unit").drop_duplicates("form_id")
    mixed = pd.concat([_mixed(tables.funds, name) for name in MONEY], ignore_index=True)
    hits = pd.concat(
        [unstated.assign(kind="unstated"), mixed.drop_duplicates("form_id").assign(kind="mixed")],
        ignore_index=True,
    )
    return among_forms(tables, hits.assign(**worded(hits.kind, KINDS, "detail")))


def _mixed(funds: pd.DataFrame, name: str) -> pd.DataFrame:
    """Total rows whose amount is 10,000 times the sum of its parts, or the other way round."""
    amounts = funds[f"{name}_fen"]
    sums = amounts[funds.level == 1].groupby(funds.form_id).sum(min_count=1)
    total = funds[funds.level == 0]
    parts = total.form_id.map(sums).astype("Int64")
    whole = amounts[total.index]
    # larger amounts than these are no slip, and their products would leave 64 bits
    small = (whole.abs() < np.int64(2**48)) & (parts.abs() < np.int64(2**48)) & (whole != 0)
    apart = small & ((whole == parts * FACTOR) | (whole * FACTOR == parts))
    return total[apart.fillna(False).to_numpy(dtype=bool)].assign(field=name)
