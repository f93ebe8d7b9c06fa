"""查什么：财政拨款、上年结转资金、其他资金之和不等于年度资金总额，年初预算数、全年预算数、
全年执行数三列分别看。

不查：各组成部分全部空着的列；总额空着的列（见 F101）；“其中”再细分的行（已包含在上一级里）。

怎样算：各部分相加，空格按 0 计（至少有一项填了数）。不带小数的金额必须完全相等；带小数的，
每个数的最后一位允许四舍五入的误差。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import among, holds, known, sums
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.addends import operands
from perfeval.rules.among import first_of_each, worded_if_hit
from perfeval.rules.funds.columns import COLUMNS, amounts
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F104",
    "fund-parts-mismatch",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("资金各部分之和不等于总额", "Parts of the money do not add up"),
    message=Text(
        "{column_zh}：年度资金总额为 {amount_fen}，各组成部分合计 {sum_fen}，相差 {difference_fen}",
        "{column_en}: the total is {amount_fen}, its parts add to {sum_fen},"
        " a difference of {difference_fen}",
    ),
    advice=Text(
        "请核对总额与财政拨款、上年结转资金、其他资金，改正填错的一处",
        "Compare the total with its parts and correct the one that is wrong",
    ),
    basis=("form-arithmetic",),
    follows=("F101",),
)
def fund_parts_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """Columns of total rows; undecided where the total or all parts are missing."""
    rows = amounts(tables, policies)
    # forms and fields as one number
    rows = rows.assign(
        key=rows.form_id * len(COLUMNS) + np.repeat(range(len(COLUMNS)), len(tables.rows("funds")))
    )
    parts, totals = rows[rows.level == 1], first_of_each(rows[rows.level == 0], "key")
    size = len(tables.rows("forms")) * len(COLUMNS)
    totals = totals.assign(sum_fen=sums(parts.amount_fen, parts.key, size)[totals.key])
    width = sums(parts.width_fen, parts.key, size)[totals.key] + totals.width_fen
    difference = totals.amount_fen - totals.sum_fen
    hit = 2 * abs(difference) > width
    filled = parts[known(parts.amount_fen)]
    addends = filled.assign(value=filled.amount_fen, points=None, role="fund")
    unreadable = among(totals.key, parts.key[parts.state == State.TEXT])
    return judge(
        totals,
        hit,
        undecided=unreadable,
        field="",
        found="amount_fen",
        expected="sum_fen",
        difference_fen=difference,
        operands=lambda: operands(addends, totals.key, holds(hit)),
        roots=lambda: roots(F101=(totals.field == "budget") & (totals.amount_fen == 0)),
        **worded_if_hit(totals.field, COLUMNS, "column"),
    )
