"""The words of the reports in both languages; findings bring their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from perfeval.texts import Lang, Text

# A mark stands with each level's colour, so that a grey printer loses nothing.
MARKS: Mapping[str, str] = {
    "error": "✕",
    "warning": "▲",
    "info": "○",
    "clean": "✓",
    "unreadable": "✕",
}

_WORDS: Mapping[str, Text] = {
    # levels and verdicts
    "error": Text("强制", "Must correct"),
    "warning": Text("核实", "Explain or correct"),
    "info": Text("提示", "Note"),
    "clean": Text("无问题", "Clean"),
    "unreadable": Text("无法读取", "Unreadable"),
    "verdict_error": Text("应予更正", "To be corrected"),
    "verdict_warning": Text("须核实说明", "To be explained or corrected"),
    "verdict_info": Text("基本相符，有提示事项", "Consistent, with notes"),
    "verdict_clean": Text("未发现不符", "No inconsistency found"),
    "verdict_unreadable": Text(
        "文件无法读取，未作审核", "The file could not be read; nothing was checked"
    ),
    "count_error": Text("强制 {n} 项，须更正", "{n} to correct"),
    "count_warning": Text("核实 {n} 项，须更正或说明", "{n} to explain or correct"),
    "count_info": Text("提示 {n} 项", "{n} for information"),
    "count_none": Text("各项勾稽相符，评分有据。", "All figures agree with one another."),
    "main_findings": Text("主要问题：", "Main findings: "),
    "in_places": Text("（{n} 处）", " ({n} places)"),
    "in_cell": Text("（{cell}）", " ({cell})"),
    "semicolon": Text("；", "; "),
    "full_stop": Text("。", "."),
    # the document
    "document": Text("绩效自评审核差异报告", "Self-evaluation variance report"),
    "subject": Text("财政项目支出绩效自评表", "Fiscal project self-evaluation form"),
    "project": Text("项目名称", "Project"),
    "department": Text("主管部门", "Department"),
    "unit": Text("实施单位", "Implementing unit"),
    "year": Text("年度", "Year"),
    "sheet": Text("工作表", "Sheet"),
    "file": Text("文件", "File"),
    "form_of": Text("本文件共 {n} 张自评表，此为第 {i} 张", "Form {i} of {n} in this file"),
    "no_form": Text("本文件没有可审核的自评表。", "The file holds no form that can be checked."),
    "untitled": Text("（未填项目名称）", "(project name blank)"),
    "blank": Text("（空）", "(blank)"),
    "none": Text("—", "—"),
    "page": Text("第 {n} 页", "Page {n}"),
    # chain and total
    "reported_total": Text("填报总分", "Reported total"),
    "recomputed_total": Text("复核总分", "Recomputed total"),
    "corrected_total": Text("更正后总分", "Total after corrections"),
    "capped_total": Text("按执行率封顶", "Capped by the execution rate"),
    "grade": Text("等级", "Grade"),
    "grade_blank": Text("等级未填", "no grade given"),
    "not_reported": Text("未填", "not given"),
    "not_computable": Text("无法复核", "cannot be told"),
    "both": Text("填报 = 复核", "Reported = recomputed"),
    "recomputed_short": Text("复核", "Recomputed"),
    "outside": Text(
        "{mark} 合计相符，超出合理区间 {n}", "{mark} adds up, outside of the range by {n}"
    ),
    "rounding": Text("{n}，属允许的取舍", "{n}, allowed rounding"),
    "agree": Text("一致", "agree"),
    "range": Text("合理区间", "Defensible range"),
    "difference": Text("差异", "Difference"),
    "difference_of": Text("相差 {n}", "{n}"),
    "chain": Text(
        "填报总分 {reported}，复核总分 {recomputed}，差异 {difference}，合理区间 {range}",
        "Reported total {reported}, recomputed {recomputed}, difference {difference}, "
        "range {range}",
    ),
    "cutout": Text(
        "原表摘录（行号、列标同工作表“{sheet}”；数字为审核发现的序号）",
        "Cut-out of the sheet {sheet}, with its rows and columns; figures number the findings",
    ),
    "cutout_more": Text("另有 {n} 行须更正或说明，见第三部分。", "{n} more rows are in part 3."),
    "h_total": Text("总分", "Total"),
    "part": Text("组成部分", "Part"),
    "execution": Text("预算执行", "Budget execution"),
    "listed": Text("各项得分合计", "Sum of the parts"),
    "total": Text("总分", "Total"),
    "lost": Text("扣分", "Lost"),
    # money
    "h_funds": Text("项目资金", "Funds"),
    "money_unit": Text("金额单位：{unit}", "Amounts in {unit}"),
    "money_unit_missing": Text("原表未注明金额单位，按元计", "no money unit stated; taken as 元"),
    "fund": Text("资金", "Funds"),
    "initial_budget": Text("年初预算数", "Initial budget"),
    "budget": Text("全年预算数", "Year's budget"),
    "executed": Text("全年执行数", "Executed"),
    "rate": Text("执行率", "Rate"),
    "recomputed_rate": Text("复核执行率", "Recomputed rate"),
    "recomputed_score": Text("复核得分", "Recomputed score"),
    # indicators
    "h_indicators": Text("绩效指标逐项核对", "Indicators line by line"),
    "indicator": Text("三级指标", "Indicator"),
    "target": Text("年度指标值", "Target"),
    "actual": Text("实际完成值", "Actual"),
    "points": Text("分值", "Points"),
    "score": Text("填报得分", "Score"),
    "issues": Text("问题与原因", "Findings and reason"),
    "reason": Text("偏差原因：", "Reason given: "),
    "placeholder": Text("模板行，未填写", "unused template row"),
    "due_met": Text("已达标", "met"),
    "due_over": Text("超额较多", "far beyond"),
    "due_missed": Text("未达标，按比例", "missed, in proportion"),
    "due_band1": Text("达成预期", "as expected"),
    "due_band2": Text("部分达成", "in part"),
    "due_band3": Text("未达成", "not reached"),
    "due_late": Text("逾期完成", "late"),
    "due_open": Text("不可量化", "a judgement"),
    "due_unknown": Text("无完成值", "no actual"),
    "range_note": Text(
        "合理区间：按表内指标值、完成值和所列依据，可以成立的最低分至最高分；填报得分在区间内的，差异列为“—”。",
        "Defensible range: the lowest and the highest score that target, actual value and the "
        "stated basis can bear; a score inside of it shows no difference.",
    ),
    "level_note": Text(
        "✕ 强制：须更正　▲ 核实：更正或说明　○ 提示　✓ 相符；标记旁为单元格地址。",
        "✕ must correct  ▲ explain or correct  ○ note  ✓ agrees; beside the mark stands the cell.",
    ),
    # goals
    "h_goals": Text("年度总体目标", "Goals"),
    "expected_goal": Text("预期目标", "Goal"),
    "actual_goal": Text("实际完成情况", "Result"),
    "clipped": Text("……（共 {n} 字，全文见原表）", " … ({n} characters, see the form)"),
    # findings
    "h_findings": Text("审核发现", "Findings"),
    "h_file_findings": Text("文件本身的问题", "Findings on the file itself"),
    "no_findings": Text("未发现不符。", "Nothing was found."),
    "places": Text("{n} 处", "{n} places"),
    "number": Text("序号", "No."),
    "cell": Text("单元格", "Cell"),
    "found": Text("填报", "Reported"),
    "expected": Text("应为", "Expected"),
    "message": Text("情况", "What is wrong"),
    "derivation": Text("推算", "Derivation"),
    "causes": Text("可能原因", "What would explain it"),
    "basis": Text("依据", "Basis"),
    "advice": Text("建议", "Advice"),
    "fix": Text("更正", "Correction"),
    "fix_safe": Text("可直接更正", "safe: follows from the form"),
    "fix_confirm": Text("单位确认后更正", "after the unit confirms it"),
    "follows": Text("由上述问题引起", "follows from the above"),
    "no_cell": Text("无对应单元格", "no cell"),
    # sources
    "h_sources": Text("依据与来源", "Sources"),
    "policy": Text("适用政策", "Policy"),
    "layout": Text("表式", "Layout"),
    "region": Text("地区", "Region"),
    "digest": Text("文件校验（SHA-256）", "File digest (SHA-256)"),
    "tool": Text("审核工具", "Tool"),
    "rules": Text("规则版本", "Rules"),
    "outcomes": Text("规则结果", "Rules run"),
    "outcome_hit": Text("不符 {n} 条", "{n} hit"),
    "outcome_pass": Text("相符 {n} 条", "{n} passed"),
    "outcome_undecided": Text(
        "缺少数据、未作判断 {n} 条（{codes}）", "{n} undecided for want of data ({codes})"
    ),
    "outcome_off": Text("未启用 {n} 条", "{n} switched off"),
    "outcome_crashed": Text("规则出错 {n} 条（{codes}）", "{n} crashed ({codes})"),
    "computed": Text(
        "本报告依据所列文件自动核算，未改动原件；处理意见由审核人签署。",
        "Computed from the file named above, which was not changed. "
        "The decision is the reviewer's.",
    ),
    # overview
    "overview": Text("绩效自评审核总览", "Self-evaluation review at a glance"),
    "years": Text("{years} 年度", "{years}"),
    "n_files": Text("文件", "files"),
    "n_forms": Text("自评表", "forms"),
    "n_changed_total": Text("总分不符", "totals differ"),
    "n_changed_grade": Text("等级变化", "grades change"),
    "h_status": Text("审核结果", "Results"),
    "h_scores": Text("总分分布", "Totals"),
    "h_rates": Text("预算执行率分布", "Execution rates"),
    "h_rules": Text("常见问题", "Commonest findings"),
    "h_departments": Text("主管部门", "Departments"),
    "h_forms": Text("全部自评表", "All forms"),
    "rules_note": Text("数字为有此问题的表数。", "The figure is the number of forms."),
    "filter_rule": Text("只看有此问题的表", "only forms with this finding"),
    "filter_department": Text("只看此部门", "only this department"),
    "search": Text("搜索项目、单位、文件", "Search project, unit, file"),
    "all_levels": Text("全部结果", "All results"),
    "all_departments": Text("全部部门", "All departments"),
    "all_rules": Text("全部问题", "All findings"),
    "only_changed": Text("只看总分或等级有变化的", "only where total or grade changes"),
    "reset": Text("清除条件", "Reset"),
    "previous": Text("上一页", "Previous"),
    "next": Text("下一页", "Next"),
    "shown_of": Text("符合条件 {n} 张，共 {all} 张", "{n} of {all} forms"),
    "page_of": Text("第 {i} / {n} 页", "Page {i} of {n}"),
    "no_match": Text("没有符合条件的自评表", "No form matches"),
    "no_script": Text(
        "列表需要浏览器脚本；全部清单另见 summary.xlsx。",
        "The list needs scripts; summary.xlsx has all of it.",
    ),
    "col_status": Text("结果", "Result"),
    "col_unit": Text("部门／单位", "Department / unit"),
    "col_totals": Text("填报 → 复核", "Reported → recomputed"),
    "col_grade": Text("等级", "Grade"),
    "col_findings": Text("问题", "Findings"),
    "col_outputs": Text("退件", "Returns"),
    "out_annotated": Text("审核意见", "annotated"),
    "out_corrected": Text("更正稿", "corrected"),
    "out_variance": Text("差异报告", "report"),
    "no_department": Text("（未填主管部门）", "(department blank)"),
    "mean_reported": Text("填报均分", "Mean reported"),
    "mean_recomputed": Text("复核均分", "Mean recomputed"),
    "masked_note": Text(
        "电话、证件号码和负责人、联系人姓名已隐去。",
        "Phone and identity numbers and names of contacts are masked.",
    ),
    # inspect
    "inspect": Text("表格识读结果", "How the sheet was understood"),
    "table_forms": Text("表头", "form"),
    "table_funds": Text("资金", "funds"),
    "table_goals": Text("目标", "goal"),
    "table_indicators": Text("指标", "indicator"),
    "not_understood": Text(
        "没有识别出自评表；下面是各工作表的内容。", "No form was recognised; the sheets follow."
    ),
    "inspect_note": Text(
        "着色的格已读入，格内小字为所读的字段；未着色的格没有用到。",
        "Coloured cells were read, the small words name the field; all others were not used.",
    ),
    "cut": Text("表格过大，只画出一部分。", "The sheet is larger than what is drawn."),
    # rounds
    "round": Text("第 {n} 轮审核", "Round {n}"),
    "course": Text("历次", "Course"),
    "closed": Text("以前的问题，已改", "Earlier findings, corrected"),
    # signatures
    "decision": Text("处理意见", "Decision"),
    "decision_return": Text("退回更正", "Return for correction"),
    "decision_explain": Text("补充说明", "Explanation required"),
    "decision_accept": Text("同意", "Accepted"),
    "reviewer": Text("审核人（签字）", "Reviewer"),
    "second_reviewer": Text("复核人（签字）", "Second reviewer"),
    "date": Text("日期", "Date"),
}


class _Words(dict[str, str]):
    """Its keys are attributes as well, by which templates ask for them, and find them sooner."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__(said)
        self.__dict__ = self


@cache
def words(lang: Lang) -> Mapping[str, str]:
    """All words in one language; some have {placeholders}."""
    return _Words({key: text.zh if lang == "zh" else text.en for key, text in _WORDS.items()})
