"""查什么：政策要求设置的一级指标（产出、效益、满意度；实行一级成本指标的年度还有成本）没有指标。

不查：表样没有一级指标一列的；有认不出的一级指标的（先看 I108）；部门整体支出自评表；
不设满意度指标而把它的分值加给效益指标的，那是规定允许的做法。

怎样算：逐表列出实际填了指标的一级指标，与政策要求的比较；一表一条，写明缺哪几类。
"""

from __future__ import annotations

from collections.abc import Mapping

from perfeval.exact import Flags, Texts, among, filled, holds, sums
from perfeval.findings import Level, Safety
from perfeval.levels import LEVEL1
from perfeval.policy import Policies
from perfeval.rows import Rows, texts
from perfeval.rules.indicators.asked import counted
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Lang, Text


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
    forms = policies.onto(tables.rows("forms"), "benefit_points_e4", "satisfaction_points_e4")
    rows = tables.rows("indicators")
    rows = rows[counted(rows)]
    lacking: dict[str, Flags] = {}
    for word in LEVEL1:
        lacks = policies.allows(forms, "required_classes", word)
        lacks &= ~among(forms.form_id, rows.form_id[rows.class1 == word])
        if word == "satisfaction":
            lacks &= ~_points_in_benefit(forms, rows)
        lacking[word] = lacks
    undecided = ~among(forms.form_id, rows.form_id) | (forms.kind == "department")
    undecided |= among(forms.form_id, rows.form_id[rows.class1 == ""])
    forms = forms.assign(
        lacking_zh=_named(lacking, "zh", "、"), lacking_en=_named(lacking, "en", ", ")
    )
    return judge(
        forms,
        forms.lacking_zh != "",
        undecided=undecided,
        field="indicators",
        found="lacking_zh",
    )


def _named(lacking: Mapping[str, Flags], lang: Lang, between: str) -> Texts:
    """The names of the classes that each form lacks."""
    names = [LEVEL1[word](lang) for word in lacking]
    each = zip(*(flags.tolist() for flags in lacking.values()), strict=True)
    return texts(
        between.join(n for n, lacks in zip(names, row, strict=True) if lacks) for row in each
    )


def _points_in_benefit(forms: Rows, rows: Rows) -> Flags:
    """Whether a form's benefit indicators hold the points of the satisfaction ones as well."""
    benefit = rows[rows.class1 == "benefit"]
    held = filled(sums(benefit.points_e4, benefit.form_id, len(forms)), 0)
    wanted = forms.benefit_points_e4 + forms.satisfaction_points_e4
    return holds(held == wanted) & among(forms.form_id, benefit.form_id)
