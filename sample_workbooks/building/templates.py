"""The layouts that the samples use, as their offices print them."""

from __future__ import annotations

from dataclasses import replace

from .template import Column, Template

_PROJECT = (("项目名称", "project", 1, 2, 8),)
_OFFICES = (("主管部门", "department", 1, 2, 4), ("实施单位", "unit", 5, 6, 8))

SHANGHAI = Template(
    slug="mof10-shanghai",
    widths=(13, 20, 24, 16, 16, 8, 9, 20),
    heading=(_PROJECT, _OFFICES),
    money_label="项目资金\n({unit})",
    money=(
        Column("年初预算数", "initial_budget", 3, style="money"),
        Column("全年预算数", "budget", 4, style="money"),
        Column("全年执行数", "executed", 5, style="money"),
        Column("分值", "points", 6, style="points"),
        Column("执行率", "rate", 7, style="percent"),
        Column("得分", "score", 8, style="points"),
    ),
    fund_columns=(2, 1),
    goal_label="年度总体目标",
    goals=(Column("预期目标", "expected", 2, 3), Column("实际完成情况", "actual", 5, 4)),
    indicator_label=None,
    indicators=(
        Column("一级指标", "level1", 1),
        Column("二级指标", "level2", 2),
        Column("三级指标", "level3", 3, style="left"),
        Column("年度指标值", "target", 4),
        Column("实际完成值", "actual", 5),
        Column("分值", "points", 6, style="points"),
        Column("得分", "score", 7, style="points"),
        Column("偏差原因分析及改进措施", "reason", 8, style="left"),
    ),
    total_label="总分",
)

MOF = Template(
    slug="mof10-standard",
    widths=(6, 11, 14, 26, 13, 13, 8, 9, 20),
    heading=(
        (("项目名称", "project", 1, 3, 9),),
        (("主管部门", "department", 1, 3, 5), ("实施单位", "unit", 6, 7, 9)),
    ),
    money_label="项目资金（{unit}）",
    money=(
        Column("年初预算数", "initial_budget", 4, style="money"),
        Column("全年预算数", "budget", 5, style="money"),
        Column("全年执行数", "executed", 6, style="money"),
        Column("分值", "points", 7, style="points"),
        Column("执行率", "rate", 8, style="percent"),
        Column("得分", "score", 9, style="points"),
    ),
    fund_columns=(3, 1),
    goal_label="年度总体目标",
    goals=(Column("预期目标", "expected", 2, 4), Column("实际完成情况", "actual", 6, 4)),
    indicator_label="绩效指标",
    indicators=(
        Column("一级指标", "level1", 2),
        Column("二级指标", "level2", 3),
        Column("三级指标", "level3", 4, style="left"),
        Column("年度\n指标值", "target", 5),
        Column("实际\n完成值", "actual", 6),
        Column("分值", "points", 7, style="points"),
        Column("得分", "score", 8, style="points"),
        Column("偏差原因分析及改进措施", "reason", 9, style="left"),
    ),
    total_label="总分",
)

ANHUI = replace(
    MOF,
    slug="anhui-ab",
    money=(
        Column("年初预算数", "initial_budget", 4, style="money-plain"),
        Column("全年预算数（A）", "budget", 5, style="money-plain"),
        Column("全年执行数（B）", "executed", 6, style="money-plain"),
        Column("分值", "points", 7, style="points"),
        Column("执行率（B/A）", "rate", 8, style="percent-whole"),
        Column("得分", "score", 9, style="points"),
    ),
    goal_label="年度总体目标完成情况",
    indicator_label="年度绩效指标完成情况",
)

COUNTY = replace(
    MOF,
    slug="xianjie-weight-first",
    heading=(
        (("项目名称", "project", 1, 3, 9),),
        (("主管部门", "department", 1, 3, 5), ("实施单位", "unit", 6, 7, 9)),
        (("项目负责人及电话", "leader", 1, 3, 9),),
    ),
    money_label="项目资金\n（{unit}）",
    money=(
        Column("全年预算数（A）", "budget", 5, style="money-plain"),
        Column("全年执行数（B）", "executed", 6, style="money-plain"),
        Column("分值", "points", 7, style="points"),
        Column("执行率（B/A）", "rate", 8, style="percent"),
        Column("得分", "score", 9, style="points"),
    ),
    fund_columns=(3, 2),
    goals=(Column("年初设定目标", "expected", 2, 4), Column("全年实际完成情况", "actual", 6, 4)),
    indicators=(
        Column("一级指标", "level1", 2),
        Column("二级指标", "level2", 3),
        Column("三级指标", "level3", 4, style="left"),
        Column("分值", "points", 5, style="points"),
        Column("年度指标值", "target", 6),
        Column("全年实际值", "actual", 7),
        Column("得分", "score", 8, style="points"),
        Column("未完成原因及拟采取的改进措施", "reason", 9, style="left"),
    ),
)

SICHUAN = Template(
    slug="sichuan-dept-project",
    widths=(12, 13, 22, 10, 11, 10, 11, 8, 8, 18),
    heading=(
        (("项目名称", "project", 1, 2, 10),),
        (("主管部门", "department", 1, 2, 5), ("实施单位", "unit", 6, 7, 10)),
    ),
    money_label="预算执行情况\n（10分）\n（{unit}）",
    money=(
        Column("年初预算", "initial_budget", 4, style="money"),
        Column("调整后预算数", "budget", 5, style="money"),
        Column("预算执行数", "executed", 6, style="money"),
        Column("预算执行率", "rate", 7, style="percent"),
        Column("权重", "points", 8, style="points"),
        Column("得分", "score", 9, style="points"),
        Column("原因", "reason", 10, style="left"),
    ),
    fund_columns=(2, 2),
    goal_label="年度目标",
    goals=(Column("年度目标", "expected", 2, 4), Column("年度目标完成情况", "actual", 6, 5)),
    indicator_label=None,
    indicators=(
        Column("一级指标", "level1", 1),
        Column("二级指标", "level2", 2),
        Column("三级指标", "level3", 3, style="left"),
        Column("指标性质", "operator", 4),
        Column("指标值", "target", 5),
        Column("度量单位", "measure", 6),
        Column("完成值", "actual", 7),
        Column("权重", "points", 8, style="points"),
        Column("得分", "score", 9, style="points"),
        Column("未完成原因分析", "reason", 10, style="left"),
    ),
    total_label="合计",
    order=("heading", "goals", "money", "indicators", "total", "notes"),
)

YUNNAN = replace(
    SICHUAN,
    slug="yunnan-gk14",
    money_label="项目资金（{unit}）",
    money=(
        Column("年初预算数", "initial_budget", 4, style="money"),
        Column("全年预算数", "budget", 5, style="money"),
        Column("全年执行数", "executed", 6, style="money"),
        Column("分值", "points", 7, style="points"),
        Column("执行率", "rate", 8, style="percent"),
        Column("得分", "score", 9, 2, style="points"),
    ),
    goal_label="年度总体目标",
    goals=(Column("预期目标", "expected", 2, 4), Column("实际完成情况", "actual", 6, 5)),
    indicators=(
        Column("一级指标", "level1", 1),
        Column("二级指标", "level2", 2),
        Column("三级指标", "level3", 3, style="left"),
        Column("指标性质", "operator", 4),
        Column("指标值", "target", 5),
        Column("度量单位", "measure", 6),
        Column("实际完成值", "actual", 7),
        Column("分值", "points", 8, style="points"),
        Column("得分", "score", 9, style="points"),
        Column("偏差原因分析及改进措施", "reason", 10, style="left"),
    ),
    total_label="总分",
    group=("年度指标值", 4, 3),
    order=("heading", "money", "goals", "indicators", "notes", "total"),
)

HUBEI = Template(
    slug="hubei-20-80",
    widths=(16, 16, 16, 26, 16, 16, 14),
    heading=(
        (("项目名称", "project", 1, 2, 7),),
        (("主管部门", "department", 1, 2, 4), ("项目实施单位", "unit", 5, 6, 7)),
        (("项目类别", "category", 1, 2, 7),),
    ),
    money_label="预算执行情况（{unit}）\n（20分）",
    money=(
        Column("预算数（A）", "budget", 4, style="money-plain"),
        Column("执行数（B）", "executed", 5, style="money-plain"),
        Column("执行率（B/A）", "rate", 6, style="percent-whole"),
        Column("得分（20分*执行率）", "score", 7, style="points"),
    ),
    fund_columns=(2, 2),
    goal_label="",
    goals=(),
    indicator_label="年度绩效目标\n（80分）",
    indicators=(
        Column("一级指标", "level1", 2),
        Column("二级指标", "level2", 3),
        Column("三级指标", "level3", 4, style="left"),
        Column("年初目标值（A）", "target", 5),
        Column("实际完成值（B）", "actual", 6),
        Column("得分", "score", 7, style="points"),
    ),
    total_label="总分",
    order=("heading", "money", "indicators", "total"),
)

TRANSFER = Template(
    slug="transfer-payment-noscore",
    widths=(12, 14, 16, 28, 16, 16, 24),
    heading=(
        (("转移支付（项目）名称", "project", 1, 3, 7),),
        (("中央主管部门", "leader", 1, 3, 7),),
        (("地方主管部门", "department", 1, 3, 4), ("资金使用单位", "unit", 5, 6, 7)),
    ),
    money_label="项目资金\n（{unit}）",
    money=(
        Column("全年预算数（A）", "budget", 4, style="money"),
        Column("全年执行数（B）", "executed", 5, 2, style="money"),
        Column("预算执行率（B/A）", "rate", 7, style="percent"),
    ),
    fund_columns=(2, 2),
    goal_label="年度总体目标",
    goals=(Column("总体目标", "expected", 2, 3), Column("全年实际完成情况", "actual", 5, 3)),
    indicator_label="绩效指标",
    indicators=(
        Column("一级指标", "level1", 2),
        Column("二级指标", "level2", 3),
        Column("三级指标", "level3", 4, style="left"),
        Column("指标值", "target", 5),
        Column("全年实际完成值", "actual", 6),
        Column("未完成原因和改进措施", "reason", 7, style="left"),
    ),
    total_label=None,
    order=("heading", "money", "goals", "indicators", "notes"),
)

DEPARTMENT = replace(
    MOF,
    slug="dept-overall-mof10like",
    heading=((("部门（单位）名称", "unit", 1, 3, 9),),),
    money_label="部门预算（{unit}）",
)
