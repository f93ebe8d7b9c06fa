"""查什么：一级或二级指标的名称认不得，或者二级指标放在了不属于它的一级指标之下。

不查：空着的名称；满意度、成本之下各地自拟的二级名称；决策、过程一类指标之下的名称。

怎样算：名称与词表（data/labels.toml）比较，同义的写法算认得；同一名称在一表内只提一次。
认不得的一级指标，如其下各行的二级指标都属于同一类，就建议改为那一类的名称。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import Flags, Texts
from perfeval.findings import Level, Safety
from perfeval.levels import LEVEL1, names_a_class, parents
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.among import repeated, worded_if_hit
from perfeval.rules.indicators.asked import counted
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

FAULTS = {
    "level1": Text("一级指标名称认不得", "Unknown first-level label"),
    "level2": Text("二级指标名称认不得", "Unknown second-level label"),
    "parent": Text("二级指标放错了一级指标", "Second level under the wrong first level"),
}


@rule(
    "I108",
    "unknown-level-label",
    level=Level.WARNING,
    fix=Safety.CONFIRM,
    title=Text("指标层级名称有误", "Level label wrong"),
    message=Text("{detail_zh}：“{found}”", '{detail_en}: "{found}"'),
    advice=Text("请按表样改用规定的名称，并放在相应的一级指标之下", "Use the labels of the layout"),
    basis=("form-layout", "mof-2021-101"),
)
def unknown_level_label(tables: Tables, policies: Policies) -> Judgement:
    """Labels without a class, and pairs that do not belong together, each once a form."""
    rows = tables.rows("indicators")
    rows = rows[counted(rows)]
    unknown = (rows.level1 != "") & ~np.array([names_a_class(x) for x in rows.level1], dtype=bool)
    level1 = rows.assign(
        field="level1", text=rows.level1, under="", fault=np.where(unknown, "level1", "")
    )
    listed = (rows.class1 == "output") | (rows.class1 == "benefit")
    unlisted = listed & (rows.level2 != "") & (rows.class2 == "")
    fault = np.where(_misplaced(rows), "parent", np.where(unlisted, "level2", ""))
    level2 = rows.assign(field="level2", text=rows.level2, under=rows.class1, fault=fault)
    both = Rows.stacked([level1, level2], *rows, "field", "text", "under", "fault")
    faulty = both.fault != ""
    again = repeated(both, "form_id", "field", "text", "under") if faulty.any() else faulty
    hit = faulty & ~again
    return judge(
        both,
        hit,
        undecided=both.text == "",
        field="",
        found="text",
        expected="suggested",
        suggested=lambda: np.concatenate([_agreed(rows), np.full(len(rows), "", dtype=object)]),
        **worded_if_hit(np.where(hit, both.fault, "level1"), FAULTS, "detail"),
    )


_JUDGED = frozenset({"output", "benefit", "satisfaction", "cost"})


def _misplaced(rows: Rows) -> Flags:
    """Rows whose second-level class may not stand under their first-level class."""
    allowed = {(class1, class2) for class2, class1s in parents().items() for class1 in class1s}
    return np.array(
        [
            class1 in _JUDGED and class2 != "" and (class1, class2) not in allowed
            for class1, class2 in rows.values("class1", "class2")
        ],
        dtype=bool,
    )


def _agreed(rows: Rows) -> Texts:
    """The one class that all rows under the same first-level label are of, "" where they differ."""
    classes: dict[tuple[int, str], set[str]] = {}
    for form_id, level1, class1 in rows.values("form_id", "level1", "class1"):
        classes.setdefault((form_id, level1), set()).add(class1 if class1 in LEVEL1 else "")
    made = np.full(len(rows), "", dtype=object)
    for place, key in enumerate(rows.values("form_id", "level1")):
        (first, *others) = classes[key]
        if first and not others:
            made[place] = LEVEL1[first].zh
    return made
