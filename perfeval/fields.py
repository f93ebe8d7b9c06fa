"""What the fields of a form are called (DESIGN section 6), by table."""

from __future__ import annotations

from collections.abc import Mapping

from perfeval.texts import Text

FIELDS: Mapping[str, Mapping[str, Text]] = {
    "files": {"file": Text("文件", "file")},
    "forms": {
        "project": Text("项目名称", "project"),
        "department": Text("主管部门", "department"),
        "unit": Text("实施单位", "unit"),
        "year": Text("年度", "year"),
        "money_unit": Text("金额单位", "money unit"),
        "missing_blocks": Text("缺少的部分", "missing blocks"),
        "indicators": Text("绩效指标", "indicators"),
        "total_points": Text("分值", "points"),
        "total_score": Text("得分", "score"),
        "grade": Text("等级", "grade"),
    },
    "funds": {
        "label": Text("资金", "money"),
        "initial_budget": Text("年初预算数", "initial budget"),
        "budget": Text("全年预算数", "budget"),
        "executed": Text("全年执行数", "executed"),
        "points": Text("分值", "points"),
        "rate": Text("执行率", "execution rate"),
        "score": Text("得分", "score"),
    },
    "goals": {
        "expected": Text("预期目标", "goal"),
        "actual": Text("实际完成情况", "result"),
    },
    "indicators": {
        "level1": Text("一级指标", "level 1"),
        "level2": Text("二级指标", "level 2"),
        "level3": Text("三级指标", "level 3"),
        "target": Text("年度指标值", "target"),
        "actual": Text("实际完成值", "actual"),
        "points": Text("分值", "points"),
        "score": Text("得分", "score"),
        "reason": Text("偏差原因分析及改进措施", "reason"),
    },
    "register": {
        "project": Text("项目名称", "project"),
        "budget": Text("批复预算", "approved budget"),
    },
}


def field_name(table: str, field: str) -> Text:
    """The name of a field; the field itself where it is none of a form's."""
    return FIELDS.get(table, {}).get(field, Text(field, field))
