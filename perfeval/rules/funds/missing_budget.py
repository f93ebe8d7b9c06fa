"""查什么：年度资金总额的全年预算数或全年执行数没有填写（或不是数字），或者全年预算数为 0
却有支出。

不查：填了横线、斜线或“无”的（没有这项资金）；各组成部分（财政拨款、上年结转等）的空格；
表样没有这一列的。

怎样算：只看年度资金总额一行。预算数为 0 而本行或其下任何一项有执行数的，按未填预算提出。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import Ints, among, holds
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.among import worded_if_hit
from perfeval.rules.funds.columns import COLUMNS, amounts
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F101",
    "missing-budget",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填预算数或执行数", "Budget or execution missing"),
    message=Text(
        "年度资金总额的{column_zh}{what_zh}",
        "The {column_en} of the total {what_en}",
    ),
    advice=Text(
        "请按决算数据填写年度资金总额一行的全年预算数和全年执行数",
        "Enter budget and execution of the total from the accounts",
    ),
    basis=("form-layout", "mof-2020-10"),
)
def missing_budget(tables: Tables, policies: Policies) -> Judgement:
    """Budget and execution of the total rows; undecided where a dash says there is no money."""
    rows = amounts(tables, policies, ("budget", "executed"))
    rows = rows[(rows.level == 0) & (rows.state != State.ABSENT)]
    blank = (rows.state == State.BLANK) | (rows.state == State.TEXT)
    unbudgeted = (rows.field == "budget") & holds(rows.amount_fen == 0)
    unbudgeted &= among(rows.form_id, _spending(tables))
    return judge(
        rows,
        blank | unbudgeted,
        undecided=rows.state == State.NONE,
        field="",
        found="amount_fen",
        expected="",
        **worded_if_hit(rows.field, COLUMNS, "column"),
        **worded_if_hit(np.where(unbudgeted, "zero", "blank"), _WHAT, "what"),
    )


_WHAT = {
    "blank": Text("没有填写，或不是数字", "is blank or is no number"),
    "zero": Text("为 0，却有支出", "is 0, yet money was spent"),
}


def _spending(tables: Tables) -> Ints:
    """Forms that report money spent."""
    funds = tables.rows("funds")
    found: Ints = funds.form_id[holds(funds.executed_fen > 0)]
    return found
