"""查什么：财政拨款、上年结转、其他资金等组成部分的执行率与本行的执行数 ÷ 预算数不符。

不查：年度资金总额一行（见 F102）；执行率空着的；本行预算数为 0 或空着的。

怎样算：与 F102 相同，按表上显示的位数，四舍五入或截尾得到的都算相符。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F108",
    "fund-row-rate-mismatch",
    level=Level.WARNING,
    fix=Safety.SAFE,
    title=Text("组成部分的执行率计算有误", "Execution rate of a part wrong"),
    message=Text(
        "{label}：执行率填 {rate_e6}，按 {executed_fen} ÷ {budget_fen} 应为 {due_rate_e6}",
        "{label}: the rate is given as {rate_e6}; {executed_fen} ÷ {budget_fen} is {due_rate_e6}",
    ),
    advice=Text(
        "请按本行的执行数 ÷ 预算数更正执行率", "Correct the rate to executed ÷ budget of its row"
    ),
    basis=("form-arithmetic",),
    derivation=Text(
        "{executed_fen} ÷ {budget_fen} = {due_rate_e6}",
        "{executed_fen} ÷ {budget_fen} = {due_rate_e6}",
    ),
)
def fund_row_rate_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """Rates of the parts; undecided where rate, budget or execution is missing."""
    scores = recompute(tables, policies).funds
    rows = tables.rows("funds").assign(due_rate_e6=scores.due_rate_e6, fits=scores.rate_fits)
    rows = rows[rows.level > 0]
    return judge(rows, ~rows.fits, field="rate", found="rate_e6", expected="due_rate_e6")
