"""The notes (批注) of a form: how a field is filled in, what is checked there, on which basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perfeval.findings import Level
from perfeval.policy import Policy, PolicyFile
from perfeval.regulations import cited
from perfeval.rules import Rule, catalogue
from perfeval.texts import Lang, Text, percent_text

_LEVELS = {
    Level.ERROR: Text("强制", "error"),
    Level.WARNING: Text("核实", "warning"),
    Level.INFO: Text("提示", "note"),
}
CHECKED = Text("审核：", "Checked:")
RULE = Text("{code} {title}（{level}）", "{code} {title} ({level})")
BASIS = Text("依据：", "Basis:")

# What is said of a field, the rules that look at it, and the policy's parameters behind it.
_FIELDS: Mapping[str, tuple[Text, tuple[str, ...], tuple[str, ...]]] = {
    "project": (Text("按批复的项目名称填写", "As the project was approved"), ("H101",), ()),
    "department": (Text("主管部门全称", "Full name of the department"), ("H102",), ()),
    "unit": (Text("项目实施单位全称", "Full name of the unit"), ("H102",), ()),
    "initial_budget": (
        Text("年初批复的预算，按资金来源分行填写", "Approved budget, a line a source"),
        ("F104", "F107"), ("budget_change",),
    ),
    "budget": (
        Text("调整后的全年预算；总额由各行相加", "Budget after changes; the total adds itself up"),
        ("F101", "F104"), (),
    ),
    "executed": (
        Text("全年实际支出；总额由各行相加", "Spent in the year; the total adds itself up"),
        ("F101", "F104", "F105"), (),
    ),
    "rate": (
        Text("自动计算：全年执行数 ÷ 全年预算数", "Computed: executed ÷ budget"),
        ("F102", "F108", "S113"), ("rate_digits", "low_execution"),
    ),
    "execution_points": (
        Text("已按政策填好", "Filled in from the policy"), ("F106",), ("execution_points",),
    ),
    "execution_score": (
        Text(
            "自动计算：执行率 × 分值，超过 100% 的按分值计",
            "Computed: rate × points, at most the points",
        ),
        ("F103",), ("score_digits",),
    ),
    "expected": (Text("年初批复的目标", "The goal as approved"), ("G101",), ()),
    "result": (
        Text("写明实际完成的情况，不照抄目标", "What was done; not the goal again"),
        ("G102", "G103"), (),
    ),
    "level1": (Text("可从下拉列表选择", "Choose from the list"), ("I107", "I108"),
               ("required_classes",)),
    "level2": (Text("可从下拉列表选择", "Choose from the list"), ("I108",), ()),
    "level3": (
        Text("一行一个指标，没有用到的行留空", "One indicator a row; leave spare rows blank"),
        ("I109",), (),
    ),
    "operator": (
        Text("定量指标选运算符号，其他选“定性”", "A sign, or 定性 where there is no figure"),
        ("I110",), (),
    ),
    "target": (
        Text("写成能核对的数、日期或状态，如 ≥95%", "A figure, date or state, such as ≥95%"),
        ("I101", "I110", "I111"), (),
    ),
    "unit_of": (Text("可从下拉列表选择", "Choose from the list"), ("I112",), ()),
    "actual": (
        Text(
            "填实际数；定性指标可从下拉列表选择达成情况",
            "The measured value; for 定性 choose how far it was reached",
        ),
        ("I102", "I112", "I116"), (),
    ),
    "points": (
        Text(
            "按批复的分值填写，一类合计应等于“小计”标明的分数",
            "As approved; a class adds up to what its 小计 says",
        ),
        ("I103", "S102", "S103"),
        ("output_points", "benefit_points", "satisfaction_points"),
    ),
    "score": (
        Text(
            "完成的得满分；未完成的按完成值与指标值的比例，定性的按达成情况分档",
            "Full points if met; else in proportion; 定性 by bands",
        ),
        ("I104", "S104", "S106", "S107", "S108"), ("overfulfilment", "band1_low", "band2_low"),
    ),
    "method": (Text("写明怎样得出得分", "How the score was arrived at"), (), ()),
    "reason": (
        Text(
            "得分低于分值的，写明原因和改进措施",
            "Where points were lost: why, and what will be done",
        ),
        ("I105", "I106", "I114"), (),
    ),
    "total": (
        Text("自动计算：预算执行得分与各指标得分之和", "Computed: the sum of all scores"),
        ("S101", "S110"), ("total_digits", "execution_caps"),
    ),
    "grade": (Text("自动评定", "Computed"), ("S109",), ("grades",)),
}  # fmt: skip


def notes(policy: Policy, office: PolicyFile | None, lang: Lang) -> Mapping[str, str]:
    """The note of every field; rules that the policy switches off are not named."""
    rules = catalogue(office)
    made = {}
    for name, (how, codes, keys) in _FIELDS.items():
        named = [rules[code] for code in codes if not policy.off_reason(code)]
        made[name] = "\n".join(_lines(how, named, keys, policy, lang))
    return made


def _lines(
    how: Text, rules: Sequence[Rule], keys: Sequence[str], policy: Policy, lang: Lang
) -> Iterator[str]:
    yield how(lang)
    shown = {value.key: value for value in policy.sources()}
    known = [key for key in keys if policy[key] not in (None, (), "")]
    if lang == "zh":  # labels of policies are Chinese
        yield from (f"{shown[key].label}：{_value(key, policy)}" for key in known)
    if rules:
        yield CHECKED(lang)
    for rule in rules:
        level = _LEVELS[policy.level(rule.code, rule.level)](lang)
        yield f"{rule.code} {rule.title(lang)}" + (
            f"（{level}）" if lang == "zh" else f" ({level})"
        )
    of_rules = [basis for rule in rules for basis in rule.basis]
    bases = dict.fromkeys([*(policy.values[key].basis for key in known), *of_rules])
    if bases:
        yield BASIS(lang) + ("；" if lang == "zh" else "; ").join(cited(b, lang) for b in bases)


def _value(key: str, policy: Policy) -> str:
    value = policy.values[key]
    if key.endswith(("_low", "overfulfilment", "low_execution", "budget_change")):
        return percent_text(value.value)
    return value.written
