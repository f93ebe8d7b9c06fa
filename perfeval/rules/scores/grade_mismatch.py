"""查什么：填写的等级不是总分对应的等级。

不查：没有等级栏或等级空着的；填的不是等级用语的；总分空着的；
总分落在等级之间空档的（如整数分档的 89.5）。

怎样算：按政策的分档（全国：90 以上优、80–90 良、60–80 中、60 以下差，下限含本数）。优秀、
良好等写法视同。总分本身与各项得分之和不符的（见 S101），按各项得分之和定等级，请先改总分。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import holds, where
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.total_mismatch import wrong_totals
from perfeval.scores import recompute
from perfeval.scores.grades import grades, up_to
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S109",
    "grade-mismatch",
    level=Level.ERROR,
    fix=Safety.SAFE,
    title=Text("等级与总分不符", "Grade does not fit the total"),
    message=Text(
        "等级填“{grade}”，总分 {basis_e4} 应为“{due_grade}”",
        "The grade is “{grade}”; a total of {basis_e4} is “{due_grade}”",
    ),
    advice=Text("请按总分更正等级", "Correct the grade to that of the total"),
    basis=("mof-2020-10",),
    derivation=Text("总分 {basis_e4} → {due_grade}", "total {basis_e4} → {due_grade}"),
    follows=("S101",),
)
def grade_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """The grade of each form; undecided without a total or a known grade."""
    scores = recompute(tables, policies).forms
    forms = tables.rows("forms")
    wrong = holds(wrong_totals(tables, policies))
    basis = where(forms.total_score_e4, ~wrong, up_to(scores.cap_e4, scores.listed_e4))
    due = grades(policies, basis, forms.form_id)
    stated = scores.grade_stated
    return judge(
        forms,
        stated != due,
        undecided=(stated == "") | (due == ""),
        field="grade",
        found="grade",
        expected="due_grade",
        basis_e4=basis,
        due_grade=due,
        safety=np.where(wrong, "confirm", "safe"),
        roots=lambda: roots(S101=grades(policies, forms.total_score_e4, forms.form_id) == stated),
    )
