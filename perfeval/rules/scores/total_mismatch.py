"""查什么：总分不等于各项得分与预算执行得分之和。

不查：总分空着的，没有列出任何指标得分的；有该填而未填的得分、因而合计不确定的（见 I104）；
整个资金部分缺失、差额可能就是预算执行得分的（见 R004）；
年度总体目标另有分值，总分因而不是各行合计的；分值合计不足，总分多出的在所缺的分值以内、
又不少于它的一半，看来漏报了指标行的（见 S102）。

怎样算：各指标得分与年度资金总额一行的得分各加一次；财政拨款等组成部分的得分、
“其中”各行不重复加。等于合计，或合计按总分显示的位数四舍五入，都算相符；
但四舍五入使等级改变的、小数直接舍去的，不算相符。
合计超过政策按执行率规定的上限（见 S114）、总分正是上限的，也算相符；两样都不是的，应为上限。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import (
    FlagArray,
    Flags,
    IntArray,
    Texts,
    among,
    as_int64,
    filled,
    holds,
    known,
    open_where,
    quotient,
    sums,
)
from perfeval.findings import Level, Safety
from perfeval.masked import Masked
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.listed import listed
from perfeval.rules.scores.score_out_of_range import out_of_range, with_points
from perfeval.scores import recompute
from perfeval.scores.grades import grades, up_to
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S101",
    "total-mismatch",
    level=Level.ERROR,
    fix=Safety.CONFIRM,
    title=Text("总分与各项得分之和不符", "Total is not the sum of the scores"),
    message=Text(
        "总分填 {total_score_e4}，各项得分合计为 {sum_e4}",
        "The total is {total_score_e4}; the listed scores add to {sum_e4}",
    ),
    advice=Text(
        "请核对各项得分后重新合计；按四舍五入保留整数的，不得改变等级",
        "Check the scores and add them up again; rounding must not change the grade",
    ),
    basis=("form-arithmetic", "mof-2020-10"),
    derivation=Text(
        "各项得分合计 {sum_e4} → 执行率对应的上限 {due_e4}",
        "sum of the scores {sum_e4} → cap of its execution rate {due_e4}",
    ),
    follows=("F103", "S104", "S102"),
)
def total_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """The total of each form; undecided where it, or a score that it needs, is missing."""
    forms = policies.onto(tables.rows("forms"), "total_digits")
    scores = recompute(tables, policies).forms
    listed_e4, cap = scores.listed_e4, scores.cap_e4
    step = _step(forms)
    total = filled(quotient([listed_e4], [step]) * step, listed_e4)
    hit = wrong_totals(tables, policies)
    return judge(
        forms,
        hit,
        field="total_score",
        found="total_score_e4",
        expected="due_e4",
        sum_e4=total,
        due_e4=up_to(cap, total),
        safety=np.where(_states_rounding(forms, policies), "safe", "confirm"),
        operands=lambda: listed(tables, policies, "score", holds(hit) & ~holds(total > cap)),
        roots=lambda: _roots(tables, policies, listed_e4),
    )


def _roots(tables: Tables, policies: Policies, listed_e4: IntArray) -> Texts:
    """Whether the total fits the due execution score, some possible score in the place of an
    impossible one, or rows that are missing altogether.
    """
    scores, forms, funds = recompute(tables, policies), tables.rows("forms"), tables.rows("funds")
    off = forms.total_score_e4 - listed_e4
    shown = np.maximum(forms.total_score_step_e4, 1)
    execution = scores.funds.counts & holds(~scores.funds.score_fits)
    change = (scores.funds.due_e4 - funds.score_e4)[execution]
    due = sums(change, funds.form_id[execution], len(forms))
    wrong = with_points(tables, policies)
    wrong = wrong[holds(out_of_range(wrong))]
    least = sums(-wrong.score_e4, wrong.form_id, len(forms))
    most = sums(wrong.points_e4 - wrong.score_e4, wrong.form_id, len(forms))
    points = policies.column(forms, "points_total_e4") - scores.forms.points_e4
    return roots(
        F103=abs(off - due) < shown,
        S104=(off >= least) & (off <= most),
        S102=(off > 0) & (off <= points),
    )


def wrong_totals(tables: Tables, policies: Policies) -> FlagArray:
    """Whether each total is not the sum of the scores, as `forms`: NA where undecided."""
    scores = recompute(tables, policies).forms
    forms = policies.onto(tables.rows("forms"), "total_digits")
    capped = (forms.total_score_e4 == scores.cap_e4) & (scores.listed_e4 > scores.cap_e4)
    differs = (forms.total_score_e4 != scores.listed_e4) & ~_rounded(forms, scores, policies)
    differs &= ~holds(capped)
    lacking = ~holds(~differs) & ((scores.missing_scores > 0) | scores.lacks_money)
    remarks = tables.rows("remarks")
    beside = among(forms.form_id, remarks.form_id[remarks.kind == "goal-points"])
    unknown = (forms.total_score_state != State.NUMBER) | lacking | beside
    return open_where(differs, unknown | _cut_off(forms, scores, policies))


def _cut_off(forms: Rows, scores: Rows, policies: Policies) -> Flags:
    """Rows are evidently missing: the total has what they scored, half of their points or more."""
    off = forms.total_score_e4 - scores.listed_e4
    points = policies.column(forms, "points_total_e4") - scores.points_e4
    return holds((off > 0) & (off <= points) & (2 * off >= points))


def _rounded(forms: Rows, scores: Rows, policies: Policies) -> FlagArray:
    """The total is the sum rounded half up, to the digits shown and without another grade.

    Where a text states how many digits are kept, these are the digits, whatever the grade.
    """
    total, shown = forms.total_score_e4, np.maximum(forms.total_score_step_e4, 1)
    same_grade = grades(policies, total, forms.form_id) == grades(
        policies, scores.listed_e4, forms.form_id
    )
    allowed = policies.allows(forms, "total_conventions", "round") & same_grade
    step = _step(forms)
    kept = holds(total == quotient([scores.listed_e4], [step]) * step)
    kept &= _states_rounding(forms, policies)
    return ((total == quotient([scores.listed_e4], [shown]) * shown) & allowed) | kept


def _step(forms: Rows) -> IntArray:
    """The place of the last digit that a total keeps, NA where the policy leaves it open."""
    digits, missing = as_int64(forms.total_digits)
    return Masked(10 ** np.maximum(4 - digits, 0), missing)


def _states_rounding(forms: Rows, policies: Policies) -> Flags:
    """Whether a text, and not merely practice, says how many digits a total keeps."""
    return policies.is_stated(forms, "total_digits") & known(forms.total_digits)
