"""查什么：自评表没有写明年度，或写的不是本次审核的年度。

不查：没有指定本次年度时，只看是否写明。

怎样算：从标题和表头读年度，与本次审核指定的年度（--year）比较。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import holds, known
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import worded
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

FAULTS = {
    "missing": Text("没有写明年度", "The form does not state its year"),
    "other": Text("年度与本次审核的年度不符", "The form is not for the year of this run"),
}


@rule(
    "H103",
    "year-mismatch",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("年度缺失或不符", "Year missing or wrong"),
    message=Text("{detail_zh}", "{detail_en}"),
    advice=Text(
        "请核对年度；报错年度的，请换成本年度的自评表",
        "Check the year; if the wrong form was sent, send this year's",
    ),
    basis=("form-layout",),
)
def year_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """Forms without a year, or of another year than the run's."""
    forms = tables.rows("forms")
    missing = ~known(forms.year)
    other = holds(forms.year != forms.run_year)
    faults = np.where(missing, "missing", "other")
    rows = forms.assign(**worded(faults, FAULTS, "detail"))
    return judge(rows, missing | other, field="year", found="year", expected="run_year")
