"""查什么：批复的项目清单（--register）里有，而本次没有报送自评表的项目。

不查：没有给出项目清单的；其他年度的项目。

怎样算：清单里的项目按名称、单位与报送的表逐一对应，对不上的逐个列出，可作催报名单。
清单写有年度、而本次指定了年度的，只看本年度的项目。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.across.matching import registered
from perfeval.rules.among import among_forms
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "Y104",
    "not-submitted",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("清单中的项目没有报送", "Not submitted"),
    message=Text(
        "批复清单中的项目“{project}”（{unit}）没有报送自评表",
        'The project "{project}" ({unit}) of the register was not submitted',
    ),
    advice=Text(
        "请催报；已撤销或并入其他项目的，请从清单中去掉",
        "Remind the unit; take projects that were cancelled or merged off the list",
    ),
    basis=("register",),
    needs=("register",),
)
def not_submitted(tables: Tables, policies: Policies) -> Judgement:
    """Projects of the register that no form answers to: of no form and no file (-1)."""
    asked = tables.forms.run_year.dropna().unique()
    listed = tables.register.assign(form_id=-1)
    if len(asked):
        listed = listed[listed.year.isna() | listed.year.isin(asked)]
    missing = listed[~listed.row_id.isin(registered(tables).dropna()) & (listed.project != "")]
    return among_forms(tables, missing.assign(field="project"), found="project")
