"""查什么：全年预算数比年初预算数增减超过政策的界限（全国暂按 20%）。

不查：年初预算数或全年预算数空着的；各组成部分；没有年初预算数一栏的表样。

怎样算：｜全年预算数 − 年初预算数｜÷ 年初预算数，大于界限即提示；年初预算数为 0 而年中追加的，
也提示。
"""

from __future__ import annotations

from perfeval.exact import Rounding, quotient
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F107",
    "budget-changed-much",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("预算调整幅度大", "Budget changed much"),
    message=Text(
        "全年预算数 {budget_fen}，年初预算数 {initial_budget_fen}，调整幅度超过 {budget_change_e6}",
        "The full-year budget is {budget_fen} and the initial one {initial_budget_fen}:"
        " a change of more than {budget_change_e6}",
    ),
    advice=Text("请说明年中调整预算的原因", "Say why the budget was adjusted during the year"),
    basis=("house",),
)
def budget_changed_much(tables: Tables, policies: Policies) -> Judgement:
    """Total rows; undecided where one of the two budgets is missing."""
    funds = tables.rows("funds")
    rows = policies.onto(funds[funds.level == 0], "budget_change_e6")
    change = abs(rows.budget_fen - rows.initial_budget_fen)
    # the allowed change, cut off to whole 分: what is more than the exact one is more than this,
    # too
    allowed = quotient(
        [rows.initial_budget_fen, rows.budget_change_e6], [1_000_000], Rounding.FLOOR
    )
    return judge(rows, change > allowed, field="budget", found="budget_fen")
