"""查什么：政策要求设置的一级指标（产出、效益、满意度；实行一级成本指标的年度还有成本）没有指标。

不查：表样没有一级指标一列的；有认不出的一级指标的（先看 I108）；部门整体支出自评表；
不设满意度指标而把它的分值加给效益指标的，那是规定允许的做法。

怎样算：逐表列出实际填了指标的一级指标，与政策要求的比较；一表一条，写明缺哪几类。
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.findings import Level, Safety
from perfeval.levels import LEVEL1
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import counted
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I107",
    "missing-indicator-class",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("缺少必设的指标类别", "Required class missing"),
    message=Text("没有设置{lacking_zh}", "There is no indicator of the class: {lacking_en}"),
    advice=Text(
        "请补设该类指标；确不适用的，说明理由并调整分值",
        "Add such an indicator; if it does not apply, say why and move its points",
    ),
    basis=("mof-2020-10", "mof-2021-101"),
)
def missing_indicator_class(tables: Tables, policies: Policies) -> Judgement:
    """Forms without an indicator of a required class; undecided where a class is unknown."""
    forms = policies.onto(tables.forms, "benefit_points_e4", "satisfaction_points_e4")
    rows = tables.indicators[counted(tables.indicators)]
    known = rows.form_id.unique()
    unknown = rows.form_id[rows.class1 == ""].unique()
    forms = forms.assign(lacking_zh="", lacking_en="")
    for word, name in LEVEL1.items():
        lacks = policies.allows(forms, "required_classes", word)
        lacks &= ~forms.form_id.isin(rows.form_id[rows.class1 == word])
        if word == "satisfaction":
            lacks &= ~_points_in_benefit(forms, rows)
        forms = forms.assign(
            lacking_zh=forms.lacking_zh + np.where(lacks, f"、{name.zh}", ""),
            lacking_en=forms.lacking_en + np.where(lacks, f", {name.en}", ""),
        )
    forms = forms.assign(
        lacking_zh=forms.lacking_zh.str.lstrip("、"), lacking_en=forms.lacking_en.str.lstrip(", ")
    )
    hit = (forms.lacking_zh != "").astype("boolean")
    undecided = ~forms.form_id.isin(known) | forms.form_id.isin(unknown)
    undecided |= forms.kind == "department"
    return judge(forms, hit.mask(undecided), field="indicators", found="lacking_zh")


def _points_in_benefit(forms: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether a form's benefit indicators hold the points of the satisfaction ones as well."""
    points = rows[rows.class1 == "benefit"].groupby("form_id").points_e4.sum()
    held = forms.form_id.map(points).astype("Int64")
    wanted = forms.benefit_points_e4 + forms.satisfaction_points_e4
    return (held == wanted).fillna(False).astype(bool)
