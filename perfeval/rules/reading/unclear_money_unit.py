"""查什么：没有写明金额是元还是万元，或者各行金额彼此相差一万倍，可见有的按元、有的按万元填。

不查：各格金额自带单位的；没有填金额的表。

怎样算：表头、标题和资金一栏都没有写单位，而有不带单位的金额的，即提出，此时暂按元计算。
写明了单位的，看年度资金总额与各组成部分之和：正好相差一万倍的，即提出，一表一条。
"""

from __future__ import annotations

from perfeval.exact import holds, sums
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.among import among_forms, first_of_each, remarked, worded
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
    unstated = first_of_each(remarked(tables, "unclear-money-unit"), "form_id")
    names = ("row_id", "form_id", "file_id", "field")
    mixed = Rows.stacked([_mixed(tables, name) for name in MONEY], *names)
    mixed = first_of_each(mixed, "form_id")
    hits = Rows.stacked(
        [unstated.assign(kind="unstated"), mixed.assign(kind="mixed")], *names, "kind"
    )
    return among_forms(tables, hits.assign(**worded(hits.kind, KINDS, "detail")))


def _mixed(tables: Tables, name: str) -> Rows:
    """Total rows whose amount is 10,000 times the sum of its parts, or the other way round."""
    funds = tables.rows("funds")
    parts, total = funds[funds.level == 1], funds[funds.level == 0]
    forms = len(tables.rows("forms"))
    parted = sums(parts.column(f"{name}_fen"), parts.form_id, forms)[total.form_id]
    whole = total.column(f"{name}_fen")
    # larger amounts than these are no slip, and their products would leave 64 bits
    small = (abs(whole) < 2**48) & (abs(parted) < 2**48) & (whole != 0)
    apart = small & ((whole == parted * FACTOR) | (whole * FACTOR == parted))
    return total[holds(apart)].assign(field=name, file_id=-1)
