"""One wrong figure or text at a time: what is changed, which rule must find it, and where.

A place is named as in the figures: "indicators 3 score" is the 得分 of the third 三级指标, "funds 1 rate"
the 执行率 of 年度资金总额. The finding is at the first place that is changed, unless `at` names another.
"""

# ruff: noqa: E501  # a fault a line
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.building import STYLES, lay_out
from tests.mutation.clean import changed
from tests.mutation.clean import form as clean
from tests.mutation.drawn import Drawn

MOF = (
    "mof10-shanghai", "mof10-standard", "anhui-ab", "xianjie-weight-first", "sichuan-dept-project",
    "yunnan-gk14", "neimenggu-direction", "dept-overall-mof10like", "xinjiang-wide",
)  # fmt: skip
PROJECT = tuple(slug for slug in MOF if slug != "dept-overall-mof10like")  # 部门整体没有项目名称


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with the code that must find it.

    `at`: where the finding is; a place, a cell, or "-" for none. `follow`: codes that come of it
    and must name it as their root. `beside`: codes that it gives by its nature, too. `tamper`: what
    is done to the sheet.
    """

    what: str
    code: str
    changes: Mapping[str, str]
    at: str = ""
    follow: str = ""
    beside: str = ""
    styles: tuple[str, ...] = MOF
    policy: str | None = None
    tamper: Callable[[Drawn], None] | None = None

    @property
    def place(self) -> str:
        return self.at or next(iter(self.changes))


# 执行率和得分都随新的金额改好，只留一处异常
OVERSPENT = {
    "funds 1 executed": "210", "funds 2 executed": "160", "funds 1 rate": "105%",
    "funds 2 rate": "106.67%", "funds 1 score": "10", "total score": "97",
}  # fmt: skip
HALF_SPENT = {
    "funds 1 executed": "100", "funds 2 executed": "50", "funds 1 rate": "50%",
    "funds 2 rate": "33.33%", "funds 1 score": "5",
}  # fmt: skip
FULL_MARKS = {
    "indicators 5 actual": "5%", "indicators 5 score": "10", "indicators 5 reason": "",
    "indicators 6 score": "10", "indicators 6 reason": "",
}  # fmt: skip
NO_BENEFIT = {
    "indicators 5 l1": "产出指标", "indicators 6 l1": "产出指标", "indicators 7 l1": "产出指标",
    "indicators 5 l2": "质量指标", "indicators 6 l2": "质量指标", "indicators 7 l2": "成本指标",
    "indicators 7 target": "≤60万元", "indicators 7 actual": "58万元",
}  # fmt: skip
PLACEHOLDER = {
    "indicators 2 l3": "指标2：", "indicators 2 target": "", "indicators 2 actual": "",
    "indicators 2 weight": "", "indicators 2 score": "", "indicators 1 weight": "20",
    "indicators 1 score": "20",
}  # fmt: skip
PRINTED_POINTS = {f"indicators {row} l1": "产出指标（40分）" for row in range(1, 5)}

HEADING = [
    Fault("项目名称没填", "H101", {"project_name": ""}, styles=PROJECT),
    Fault("主管部门没填", "H102", {"department": ""}),
    Fault("实施单位没填", "H102", {"implementing_unit": ""}, styles=PROJECT),
    Fault("年度写成上一年", "H103", {"year": "2021"}),
]
FUNDS = [
    Fault("预算数没填", "F101", {"funds 1 full": ""}),
    Fault("执行数没填", "F101", {"funds 1 executed": ""}),
    Fault("预算数为 0 却有支出", "F101", {"funds 1 full": "0"}, follow="F104", beside="F107"),
    Fault("执行率抄错一位", "F102", {"funds 1 rate": "96%"}),
    Fault("执行率两位数字颠倒", "F102", {"funds 1 rate": "59%"}),
    Fault("执行率舍入到错误的一边", "F102", {"funds 1 rate": "94.99%"}),
    Fault("执行率按 100% 填", "F102", {"funds 1 rate": "100%", "funds 1 score": "10.0", "total score": "97"}, follow="F103"),
    Fault("执行率写成比例却移了一位", "F102", {"funds 1 rate": "0.095"}),
    Fault("执行得分少半分", "F103", {"funds 1 score": "8.5"}, follow="S101"),
    Fault("执行率不足而得满分", "F103", {"funds 1 score": "10.0"}, follow="S101"),
    Fault("执行得分按别的分值算", "F103", {"funds 1 score": "4.75", "total score": "91.75"}),
    Fault("年初预算数的组成少十万", "F104", {"funds 2 initial": "140"}, at="funds 1 initial"),
    Fault("预算数的组成多一万", "F104", {"funds 2 full": "151"}, at="funds 1 full", beside="F108"),
    Fault("执行数的其他资金多填", "F104", {"funds 4 executed": "5"}, at="funds 1 executed"),
    Fault("总额执行数两位颠倒", "F104", {"funds 1 executed": "109"}, beside="F102 F103 S113"),
    Fault("上年结转漏填", "F104", {"funds 3 initial": "", "funds 3 full": "", "funds 3 executed": "", "funds 3 rate": ""}, at="funds 1 executed", beside="F104"),
    Fault("执行数大于预算数", "F105", OVERSPENT),
    Fault("执行分值写成 9", "F106", {"funds 1 weight": "9"}, follow="S102 S104"),
    Fault("执行分值写成 100", "F106", {"funds 1 weight": "100"}, follow="S102"),
    Fault("预算比年初减半", "F107", {"funds 1 initial": "400", "funds 2 initial": "350"}, at="funds 1 full"),
    Fault("财政拨款的执行率不对", "F108", {"funds 2 rate": "99%"}),
]  # fmt: skip
GOALS = [
    Fault("没有预期目标", "G101", {"goal_expected": ""}),
    Fault("没有完成情况", "G102", {"goal_actual": ""}),
    Fault("完成情况照抄目标", "G103", {"goal_actual": "养护县道 120 公里，路况保持良好。"}),
]
INDICATORS = [
    Fault("指标值没填", "I101", {"indicators 3 target": ""}),
    Fault("完成值没填", "I102", {"indicators 3 actual": ""}),
    Fault("分值没填", "I103", {"indicators 3 weight": ""}),
    Fault("得分没填", "I104", {"indicators 3 score": ""}),
    Fault("扣分没有原因", "I105", {"indicators 5 reason": ""}),
    Fault("原因是空话", "I106", {"indicators 5 reason": "无"}),
    Fault("没有效益指标", "I107", NO_BENEFIT, at="-", beside="S103", styles=PROJECT),
    Fault("一级指标写错", "I108", {"indicators 8 l1": "滿度指示"}, beside="I107"),
    Fault("二级指标放错一级指标", "I108", {"indicators 7 l2": "时效指标"}),
    Fault("同一指标列了两次", "I109", {"indicators 2 l3": "养护里程", "indicators 2 target": "≥120公里", "indicators 2 actual": "120公里"}),
    Fault("指标值无法衡量", "I110", {"indicators 6 target": "有效提升"}),
    Fault("数量指标写成百分比", "I111", {"indicators 2 target": "100%", "indicators 2 actual": "100%"}),
    Fault("完成值换了单位", "I112", {"indicators 2 actual": "42公里"}),
    Fault("模板行没有删", "I113", PLACEHOLDER),
    Fault("超额一半没有说明", "I114", {"indicators 2 actual": "60块"}),
    Fault("满意度没有数", "I115", {"indicators 8 target": "满意", "indicators 8 actual": "满意"}),
    Fault("完成值照抄条件", "I116", {"indicators 3 actual": "≥95%"}),
    Fault("两项扣分写同一句原因", "I117", {"indicators 6 reason": "两处急弯尚未改造，已列入下年计划"}),
]  # fmt: skip
SCORES = [
    Fault("总分舍去小数", "S101", {"total score": "96"}),
    Fault("总分漏加一项得分", "S101", {"total score": "88.5"}),
    Fault("总分重复加一项", "S101", {"total score": "104.5"}),
    Fault("总分漏加执行得分", "S101", {"total score": "87"}),
    Fault("执行得分只加整数", "S101", {"total score": "96.0"}),
    Fault("总分两位颠倒", "S101", {"total score": "69.5"}),
    Fault("总分小数点错位", "S101", {"total score": "9.65"}),
    Fault("一项加了分值而不是得分", "S101", {"total score": "98.5"}),
    Fault("总分多 0.1", "S101", {"total score": "96.6"}),
    Fault("扣分以后总分没有改", "S101", {"indicators 6 score": "8"}, at="total score"),
    Fault("一项分值多 1 分", "S102", {"indicators 7 weight": "11", "indicators 7 score": "11", "total score": "97.5"}, at="total weight", follow="S103"),
    Fault("一项分值多 10 分", "S102", {"indicators 8 weight": "20", "indicators 8 score": "20", "total score": "106.5"}, at="total weight", follow="S103"),
    Fault("一项分值少 5 分", "S102", {"indicators 3 weight": "10", "indicators 3 score": "10", "total score": "91.5"}, at="total weight", follow="S103"),
    Fault("效益的分值挪给产出", "S103", {"indicators 1 weight": "15", "indicators 1 score": "15", "indicators 7 weight": "5", "indicators 7 score": "5"}, at="indicators 1 l1", beside="S103"),
    Fault("得分大于分值", "S104", {"indicators 8 score": "11", "total score": "97.5"}),
    Fault("得分为负", "S104", {"indicators 5 score": "-1", "total score": "87.5"}, beside="S107"),
    Fault("得分多写一个 0，总分没有跟着错", "S104", {"indicators 8 score": "100"}, follow="S101"),
    Fault("达到却扣分", "S105", {"indicators 8 score": "9", "indicators 8 reason": "个别问卷未回收", "total score": "95.5"}),
    Fault("未达到却得满分", "S106", {"indicators 1 actual": "100公里"}, at="indicators 1 score"),
    Fault("扣分不按比例", "S107", {"indicators 5 score": "5", "total score": "93.5"}),
    Fault("定性指标得分不在档次内", "S108", {"indicators 6 score": "7", "total score": "94.5"}),
    Fault("等级不对", "S109", {"extra grade": "良"}, styles=("yunnan-gk14",)),
    Fault("总分少加十分，等级随总分错", "S101", {"total score": "86.5", "extra grade": "良"}, follow="S109", styles=("yunnan-gk14",)),
    Fault("一级指标印的分值不对", "S110", PRINTED_POINTS),
    Fault("总分行的分值不对", "S110", {"total weight": "90"}),
    Fault("得分位数太多", "S111", {"department": "重庆市某区交通局", "funds 1 score": "9.500"}, at="funds 1 score"),
    Fault("晚于期限却得满分", "S112", {"indicators 4 actual": "2023年1月"}, at="indicators 4 score"),
    Fault("执行率低而接近满分", "S113", {**HALF_SPENT, **FULL_MARKS, "total score": "95"}, at="total score"),
    Fault("总分超过执行率规定的上限", "S114", {**HALF_SPENT, "total score": "92"}, at="total score", policy="capped", beside="S113"),
]  # fmt: skip


def displaced(form: Drawn) -> None:
    """分值、得分都右移一格，落在得分和原因栏。"""
    points, score = form["indicators 2 weight"], form["indicators 2 score"]
    reason = score.offset(0, 1)
    reason.value, score.value, points.value = score.value, points.value, None


def late_label(form: Drawn) -> None:
    """效益指标写到了它的第二行。"""
    first, second = form["indicators 5 l1"], form["indicators 6 l3"]
    merged = next(m for m in form.sheet.merged_cells.ranges if first.coordinate in m)
    form.sheet.unmerge_cells(str(merged))
    form.sheet.cell(second.row, first.column).value = first.value
    first.value = None


def number_as_text(form: Drawn) -> None:
    form["funds 1 executed"].value = "１９０"


def markup(form: Drawn) -> None:
    form["goal_actual"].value = "<p>全年养护 120 公里，新设标志 42 块</p>"


def spilled(form: Drawn) -> None:
    """完成情况没有写完，余下的写在下面一行，压在指标的表头之上。"""
    row = form["goal_actual"].row + 1
    for merged in list(form.sheet.merged_cells.ranges):
        if merged.min_row >= row:
            form.sheet.unmerge_cells(str(merged))
    form.sheet.insert_rows(row)
    form.sheet.cell(row, 1).value = "其余路段列入下一年度养护计划，资金已经落实到位，二季度开工。"


def unsaved_total(form: Drawn) -> None:
    """总分是公式，没有保存结果。"""
    scores = form["indicators 1 score"], form["indicators 8 score"], form["funds 1 score"]
    first, last, execution = (cell.coordinate for cell in scores)
    form["total score"].value = f"=SUM({first}:{last})+{execution}"


def stale_total(form: Drawn) -> None:
    """总分是公式，保存的结果却不是它所引用的数之和。"""
    unsaved_total(form)
    form.stored[form.refs["total score"]] = "95"


def hidden_row(form: Drawn) -> None:
    form.sheet.row_dimensions[form["indicators 2 score"].row].hidden = True


def second_form(form: Drawn) -> None:
    lay_out(changed(clean(), {"project_name": "水库除险加固"}), STYLES["mof10-standard"], form.page)


ONE = ("mof10-standard",)
READING = [
    Fault("分值和得分右移一格", "R005", {}, "indicators 2 score", styles=ONE, tamper=displaced),
    Fault("一级指标写迟一行", "R006", {}, "B18", styles=ONE, tamper=late_label),
    Fault("金额用全角数字", "R007", {}, "funds 1 executed", tamper=number_as_text),
    Fault("文字带网页标记", "R008", {}, "goal_actual", tamper=markup),
    Fault("文字写到表格以外", "R009", {}, "A12", styles=ONE, tamper=spilled),
    Fault("总分公式没有保存结果", "R010", {}, "total score", tamper=unsaved_total),
    Fault("总分公式没有重算", "R010", {}, "total score", beside="S101", tamper=stale_total),
    Fault("一行指标被隐藏", "R012", {}, "indicators 2 l3", tamper=hidden_row),
    Fault("没有写金额单位", "R013", {"unit": ""}, "A5", styles=("mof10-shanghai", *ONE, "xinjiang-wide")),
    Fault("总额按元、组成按万元填", "R013", {"funds 1 full": "2000000"}, beside="F102 F103 F104 F107"),
    Fault("一张工作表两张自评表", "R015", {}, "-", styles=ONE, tamper=second_form),
]  # fmt: skip
FAULTS = READING + HEADING + FUNDS + GOALS + INDICATORS + SCORES
