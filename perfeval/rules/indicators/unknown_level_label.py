"""查什么：一级或二级指标的名称认不得，或者二级指标放在了不属于它的一级指标之下。

不查：空着的名称；满意度、成本之下各地自拟的二级名称；决策、过程一类指标之下的名称。

怎样算：名称与词表（data/labels.toml）比较，同义的写法算认得；同一名称在一表内只提一次。
认不得的一级指标，如其下各行的二级指标都属于同一类，就建议改为那一类的名称。
"""

from __future__ import annotations

import pandas as pd

from perfeval.findings import Level, Safety
from perfeval.levels import LEVEL1, names_a_class, parents
from perfeval.policy import Policies
from perfeval.rules.among import worded
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
    rows = tables.indicators[counted(tables.indicators)]
    level1 = rows.assign(field="level1", text=rows.level1, under="", suggested=_agreed(rows))
    fault1 = pd.Series("", index=rows.index).mask(
        (rows.level1 != "") & ~names_a_class(rows.level1), "level1"
    )
    level2 = rows.assign(field="level2", text=rows.level2, under=rows.class1, suggested="")
    listed = rows.class1.isin(["output", "benefit"]) & (rows.level2 != "")
    fault2 = pd.Series("", index=rows.index).mask(listed & (rows.class2 == ""), "level2")
    fault2 = fault2.mask(_misplaced(rows), "parent")
    both = pd.concat([level1.assign(fault=fault1), level2.assign(fault=fault2)], ignore_index=True)
    again = both.duplicated(["form_id", "field", "text", "under"])
    hit = (both.fault != "") & ~again
    both = both.assign(**worded(both.fault.where(hit, "level1"), FAULTS, "detail"))
    return judge(both, hit.mask(both.text == ""), field="", found="text", expected="suggested")


def _misplaced(rows: pd.DataFrame) -> pd.Series[bool]:
    """Rows whose second-level class may not stand under their first-level class."""
    allowed = {(class1, class2) for class2, class1s in parents().items() for class1 in class1s}
    pairs = pd.MultiIndex.from_arrays([rows.class1, rows.class2])
    fits = pairs.isin(list(allowed))
    judged = rows.class1.isin(["output", "benefit", "satisfaction", "cost"]) & (rows.class2 != "")
    return judged & ~fits


def _agreed(rows: pd.DataFrame) -> pd.Series[str]:
    """The one class that all rows under the same first-level label are of, "" where they differ."""
    names = rows.class1.map({word: name.zh for word, name in LEVEL1.items()}).fillna("")
    groups = names.groupby([rows.form_id, rows.level1])
    return names.where(groups.transform("nunique") == 1, "")
