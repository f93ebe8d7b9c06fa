"""查什么：公式没有保存计算结果，或结果是错误值，或结果与它引用的数对不上。

不查：没有公式的格子；结果与所引用的数相符的公式。

怎样算：求和一类简单公式，用所引用各格的数重算一遍，与保存的结果比较。同一格只提一次。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import Texts, among
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.among import among_forms, carrying, marked, remarked, repeated, worded
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

KINDS = {
    "no-cache": Text("公式没有保存计算结果", "The formula has no stored result"),
    "error": Text("格子里是错误值", "The cell holds an error value"),
    "error-value": Text("格子里是错误值", "The cell holds an error value"),
    "stale-formula": Text(
        "公式保存的结果与它引用的数不符",
        "The stored result of the formula contradicts the numbers that it refers to",
    ),
}


@rule(
    "R010",
    "stale-formula",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("公式结果不可信", "Stale formula"),
    message=Text("{detail_zh}：{shown}", "{detail_en}: {shown}"),
    advice=Text(
        "请用 Excel 或 WPS 打开，重新计算并保存后报送",
        "Open it in Excel or WPS, recalculate, save and submit again",
    ),
    basis=("house",),
)
def stale_formula(tables: Tables, policies: Policies) -> Judgement:
    """Formulas without a result that can be trusted, each cell once."""
    cells = marked(tables, "no-cache", "error")
    unsaved = carrying(cells, "no-cache")
    cells = cells.assign(
        kind=np.where(unsaved, "no-cache", "error").astype(object),
        text=np.where(unsaved, "", cells.raw),
        shown=np.where(unsaved, "=" + cells.formula, cells.raw),
    )
    remarks = remarked(tables, "stale-formula", "error-value")
    remarks = remarks.assign(shown=remarks.text, **_places(tables, remarks))
    names = ("row_id", "form_id", "file_id", "field", "kind", "text", "shown", "sheet", "ref")
    hits = Rows.stacked([cells.assign(file_id=-1), remarks], *names)
    # the same error value may be a field's cell and the reader's remark
    hits = hits[~(repeated(hits, "form_id", "sheet", "ref") & (hits.ref != ""))]
    return among_forms(tables, hits.assign(**worded(hits.kind, KINDS, "detail")), found="text")


def _places(tables: Tables, remarks: Rows) -> dict[str, Texts]:
    """Sheet and cell of each remark, "" where it has none."""
    cells = tables.rows("cells")
    cells = cells[among(cells.row_id, remarks.row_id)]
    places = {row_id: place for row_id, *place in cells.values("row_id", "sheet", "ref")}
    found = np.array([places.get(row_id, ["", ""]) for row_id in remarks.row_id.tolist()])
    sheet, ref = found.reshape(-1, 2).T.astype(object)
    return {"sheet": sheet, "ref": ref}
