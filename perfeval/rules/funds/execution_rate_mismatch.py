"""查什么：年度资金总额的执行率与全年执行数 ÷ 全年预算数不符。

不查：预算数、执行数或执行率空着的，预算数为 0 的（见 F101）；各组成部分的执行率（见 F108）；
年初预算数。

怎样算：执行率 = 全年执行数 ÷ 全年预算数（调整后）。按表上显示的位数，
四舍五入或截尾得到的都算相符；金额带小数的，最后一位允许舍入。99.96%、0.9996、99.96
是同一个执行率。更正值至少保留到 0.01%。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F102",
    "execution-rate-mismatch",
    level=Level.ERROR,
    fix=Safety.SAFE,
    title=Text("执行率计算有误", "Execution rate wrong"),
    message=Text(
        "执行率填 {rate_e6}，按执行数 {executed_fen} ÷ 预算数 {budget_fen} 应为 {due_rate_e6}",
        "The rate is given as {rate_e6}; {executed_fen} ÷ {budget_fen} is {due_rate_e6}",
    ),
    advice=Text("请按全年执行数 ÷ 全年预算数更正执行率", "Correct the rate to executed ÷ budget"),
    basis=("form-arithmetic", "mof-2020-10"),
    derivation=Text(
        "{executed_fen} ÷ {budget_fen} = {due_rate_e6}",
        "{executed_fen} ÷ {budget_fen} = {due_rate_e6}",
    ),
)
def execution_rate_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """Rates of the total rows; undecided where rate, budget or execution is missing."""
    scores = recompute(tables, policies).funds
    rows = tables.rows("funds").assign(due_rate_e6=scores.due_rate_e6, fits=scores.rate_fits)
    rows = rows[rows.level == 0]
    return judge(rows, ~rows.fits, field="rate", found="rate_e6", expected="due_rate_e6")
