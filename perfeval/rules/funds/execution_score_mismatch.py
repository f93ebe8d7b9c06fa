"""查什么：预算执行的得分不是由执行率 × 分值得来的。

不查：得分、分值空着的；执行率和金额都没有的；预算数为 0 的（见 F101）；
分值本身不合规定的（见 F106，此时按规定的分值计算得分也算相符）。

怎样算：得分 = 执行率 × 分值，最高为分值。由金额算出的执行率和表上印的执行率都可以用；
按得分显示的位数，四舍五入或截尾得到的都算相符（8.62 写 9 或 8.6 都可以，执行率 100% 写 8.5
不可以）。只与印着的执行率相符、而执行率本身有误的，随 F102 一起提出。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F103",
    "execution-score-mismatch",
    level=Level.ERROR,
    fix=Safety.SAFE,
    title=Text("预算执行得分有误", "Execution score wrong"),
    message=Text(
        "预算执行得分填 {score_e4}，应为 {due_e4}（执行率 {used_rate_e6} × {points_e4} 分）",
        "The execution score is {score_e4} and should be {due_e4}"
        " (rate {used_rate_e6} × {points_e4} points)",
    ),
    advice=Text("请按执行率 × 分值更正得分", "Correct the score to rate × points"),
    basis=("mof-2020-10", "form-arithmetic"),
    derivation=Text(
        "{used_rate_e6} × {points_e4} = {due_e4}", "{used_rate_e6} × {points_e4} = {due_e4}"
    ),
    follows=("F102",),
)
def execution_score_mismatch(tables: Tables, policies: Policies) -> Judgement:
    """Scores of the row of budget execution; undecided where nothing can be computed."""
    scores = recompute(tables, policies).funds
    rows = tables.rows("funds").assign(
        **{
            name: scores.column(name)
            for name in ("due_e4", "used_rate_e6", "score_fits", "rate_fits", "fits_printed")
        }
    )[scores.is_execution]
    return judge(
        rows,
        ~rows.score_fits,
        field="score",
        found="score_e4",
        expected="due_e4",
        roots=lambda: roots(F102=~rows.rate_fits & rows.fits_printed),
    )
