"""查什么：一行的数值没有写在本列之下，而是移到了旁边的格子里，如分值和得分都向右移了一格。

不查：写在表格以外、与各列都对不上的文字（见 R009）。

怎样算：一行的内容比表头移开一格或数格，移回后各列正好对上的，按移回后的内容审核，并提出本条；一行只提一次。
"""

from __future__ import annotations

from perfeval.fields import FIELDS
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.among import among_forms, first_of_each, marked, worded
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

PLACES = {
    "forms": Text("表头或总分行", "Heading or total row"),
    "funds": Text("资金", "Money"),
    "goals": Text("年度目标", "Goals"),
    "indicators": Text("指标", "Indicator"),
}
LABELS = {
    f"{table}.{field}": text.zh
    for table, fields in FIELDS.items()
    for field, text in fields.items()
}


@rule(
    "R005",
    "displaced-value",
    level=Level.WARNING,
    fix=Safety.CONFIRM,
    title=Text("数值错格", "Displaced value"),
    message=Text(
        "{place_zh} {label}：{moved} 没有写在本列之下，移到了旁边的格子",
        "{place_en} {label}: {moved} stand beside their columns",
    ),
    advice=Text(
        "请把数值移回本列；本次按移回后的数值审核",
        "Move the values back under their columns; they were checked as if they stood there",
    ),
    basis=("form-layout",),
)
def displaced_value(tables: Tables, policies: Policies) -> Judgement:
    """Rows with a value beside its column, one finding a row at its first such cell."""
    cells = marked(tables, "displaced")
    moved: dict[int, list[str]] = {}
    for row_id, table, field, raw in cells.values("row_id", "table", "field", "raw"):
        moved.setdefault(row_id, []).append(f"{LABELS.get(f'{table}.{field}', field)} {raw}")
    first = first_of_each(cells, "row_id")
    named = texts("、".join(moved[row_id]) for row_id in first.row_id.tolist())
    hits = first.assign(moved=named, **worded(first.table, PLACES, "place"))
    return among_forms(tables, hits, found="raw")
