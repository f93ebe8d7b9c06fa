"""查什么：同一列（或同一表）其他各格都是公式，唯独这一格是直接填的数。

不查：整列都是直接填数的表。

怎样算：一列中公式占多数，夹着的直接填数逐格提出；数对不对另由勾稽规则判断。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms, remarked
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "R011",
    "formula-overwritten",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("公式被数字覆盖", "Formula overwritten"),
    message=Text(
        "同列其他各格是公式，这一格直接填了 {found}",
        "The other cells are formulas; here {found} was typed",
    ),
    advice=Text("请恢复公式，或说明为何直接填数", "Restore the formula, or say why it was typed"),
    basis=("house",),
)
def formula_overwritten(tables: Tables, policies: Policies) -> Judgement:
    """Typed numbers among formulas."""
    return among_forms(tables, remarked(tables, "overwritten-formula"), found="text")
