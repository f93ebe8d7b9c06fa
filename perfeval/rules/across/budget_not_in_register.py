"""查什么：自评表的预算数与批复的项目清单（--register）不符。

不查：没有给出项目清单的；清单里没有这个项目的；清单没有写预算数的。

怎样算：按项目名称和单位在清单里找；年初预算数和全年预算数都与清单不符的，提出。
清单与表的金额单位不同时，末位以内的差不算。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.across.matching import registered
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

if TYPE_CHECKING:
    import pandas as pd


@rule(
    "Y103",
    "budget-not-in-register",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("预算与批复清单不符", "Budget differs from the register"),
    message=Text(
        "年度资金总额的预算数 {budget_fen}与批复清单的 {approved_fen}不符",
        "The budget of {budget_fen} differs from the {approved_fen} of the register",
    ),
    advice=Text(
        "请按批复文件核对预算数；调整过的，附调整批复",
        "Check the budget against its approval; attach the approval of any change",
    ),
    basis=("register",),
    needs=("register",),
)
def budget_not_in_register(tables: Tables, policies: Policies) -> Judgement:
    """Total rows whose budgets both differ from the approved one; undecided where none is known."""
    total = tables.funds[tables.funds.level == 0]
    row_ids = registered(tables).take(total.form_id.to_numpy()).set_axis(total.index)
    listed = tables.register.set_index("row_id")
    approved, step = (
        row_ids.map(listed[name]).astype("Int64") for name in ("budget_fen", "budget_step_fen")
    )
    budget = total.budget_fen.fillna(total.initial_budget_fen)
    differs = _differs(total, "budget", approved, step).fillna(True) & _differs(
        total, "initial_budget", approved, step
    ).fillna(True)
    hit = differs.mask(approved.isna() | budget.isna())
    field = total.budget_fen.isna().map({False: "budget", True: "initial_budget"})
    return judge(
        total.assign(budget_fen=budget, approved_fen=approved, field=field), hit,
        field="", found="budget_fen", expected="approved_fen",
    )  # fmt: skip


def _differs(
    total: pd.DataFrame, name: str, approved: pd.Series[int], step: pd.Series[int]
) -> pd.Series[bool]:
    """Whether an amount is another than the approved one, the last digits shown apart."""
    shown = total[f"{name}_step_fen"].astype("Int64")
    apart = (total[f"{name}_fen"] - approved).abs()
    return apart >= shown.where(shown > step, step)
