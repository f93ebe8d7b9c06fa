"""Forms drawn by chance from words and figures as offices use them, each without a fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from perfeval.exact import half_up
from sample_workbooks.building.form import Form, Fund, Indicator
from sample_workbooks.building.template import Template
from sample_workbooks.building.templates import (
    ANHUI,
    COUNTY,
    DEPARTMENT,
    HUBEI,
    MOF,
    SHANGHAI,
    SICHUAN,
    TRANSFER,
    YUNNAN,
)

TEMPLATES = (MOF, SHANGHAI, ANHUI, COUNTY, SICHUAN, YUNNAN, HUBEI, TRANSFER, DEPARTMENT)
_WEIGHTS = (30, 12, 14, 8, 10, 6, 6, 8, 6)

# a template is at home in its province; the others are used anywhere
_HOME = {
    "mof10-shanghai": ("上海市",),
    "anhui-ab": ("安徽省",),
    "sichuan-dept-project": ("四川省",),
    "yunnan-gk14": ("云南省",),
    "hubei-20-80": ("湖北省",),
    "": ("江苏省", "浙江省", "江西省", "山东省", "贵州省", "福建省", "辽宁省", "陕西省"),
}
_FIRST = "青云溪石松竹梅澄锦玉金银龙凤鹿鹤白翠丹枫柳桐柏杏桃莲荷芦苇"
_SECOND = "山河溪湖桥塘岭坪湾洲浦泉潭岩原林田川滩渡"
_OFFICES = (
    ("农业农村局", "农业技术推广站"),
    ("水利局", "河道管理所"),
    ("交通运输局", "公路管理站"),
    ("教育体育局", "第一中学"),
    ("卫生健康局", "妇幼保健院"),
    ("文化和旅游局", "文化馆"),
    ("民政局", "社会救助中心"),
    ("司法局", "法律援助中心"),
    ("生态环境局", "环境监测站"),
    ("住房和城乡建设局", "市政管理所"),
)
_WORKS = ("改造", "建设", "养护", "维修", "更新", "培训", "服务", "宣传", "监测", "补助")
_THINGS = (
    "农村道路",
    "灌溉渠道",
    "校园设施",
    "文化场馆",
    "卫生室",
    "河道岸坡",
    "垃圾分类",
    "困难群众",
    "公共厕所",
    "应急广播",
)
_QUANTITIES = (
    ("改造道路长度", "公里", 12, 90),
    ("更换设备", "台", 20, 400),
    ("培训人员", "人", 60, 900),
    ("服务群众", "人次", 800, 9000),
    ("举办活动", "场", 6, 60),
    ("覆盖村庄", "个", 8, 120),
    ("发放资料", "份", 500, 9000),
    ("监测点位", "处", 10, 80),
    ("救助对象", "户", 40, 900),
    ("清理面积", "亩", 100, 3000),
)
_QUALITIES = ("工程验收合格率", "设备完好率", "资料归档率", "培训考核通过率", "问题整改率")
_SOCIAL = (
    ("受益人口", "人", 1000, 30000),
    ("受益村庄", "个", 6, 90),
    ("带动就业", "人", 20, 600),
)
_ECOLOGICAL = (("绿化面积", "亩", 50, 900), ("保洁河道", "条", 4, 60))
_SUSTAINED = (("管护人员", "人", 5, 60), ("检修次数", "次", 4, 24), ("管理制度", "项", 3, 9))
_CAUSES = ("主材到货推迟", "汛期停工两周", "报名人数不足", "现场条件变化", "合同变更审批较慢")
_REMEDIES = (
    "已调整采购周期",
    "已增派人员",
    "已改为分片组织",
    "已与承建方约定新工期",
    "已列入下年度计划",
)
_FIFTY = ((15, 15, 10, 10), (20, 10, 10, 10), (12, 14, 12, 12), (10, 20, 10, 10))


def draw(
    random: Random, serial: int, templates: Sequence[Template] = TEMPLATES
) -> tuple[Form, Template]:
    """A form without a fault, and its template. `serial` makes its names its own."""
    weights = [_WEIGHTS[TEMPLATES.index(template)] for template in templates]
    (template,) = random.choices(templates, weights)
    year = random.randint(2020, 2024)
    indicators = _indicators(random, year)
    form = _heading(random, serial, year, template)
    form = _with_money(random, form, template)
    form = replace(form, indicators=indicators)
    goal, result = _goal(random, form, serial)
    form = replace(form, goal=goal, result=result)
    return with_total(_fitted(form, template)), template


def with_total(form: Form) -> Form:
    """The form with the total, and the grade where it has one, that follow from its scores."""
    scores = [row.score for row in form.indicators]
    if form.total_score == "" or any(isinstance(score, str) for score in scores):
        return form
    listed = [form.funds[0].score, *scores]
    total = sum((Fraction(str(score)) for score in listed if score is not None), Fraction(0))
    grade = next(name for name, low in _GRADES if total >= low)
    return replace(form, total_score=number(total), grade=None if form.grade is None else grade)


_GRADES = (("优", 90), ("良", 80), ("中", 60), ("差", 0))


def number(value: Fraction) -> int | float:
    """As it would be typed: whole, or the nearest binary fraction."""
    return value.numerator if value.denominator == 1 else float(value)


def _heading(random: Random, serial: int, year: int, template: Template) -> Form:
    province = random.choice(_HOME.get(template.slug, _HOME[""]))
    place = random.choice(_FIRST) + random.choice(_SECOND) + "县"
    office, unit = random.choice(_OFFICES)
    title = {
        "mof10-shanghai": "财政项目支出绩效自评表",
        "xianjie-weight-first": "绩效目标自评表",
        "sichuan-dept-project": "部门预算项目支出绩效自评表",
        "transfer-payment-noscore": "转移支付区域（项目）绩效目标自评表",
        "dept-overall-mof10like": "部门整体支出绩效自评表",
    }.get(template.slug, "项目支出绩效自评表")
    return Form(
        title=title,
        year_line=f"（{year}年度）",
        project=f"{random.choice(_THINGS)}{random.choice(_WORKS)}（第{serial}号）",
        department=f"{province}{place}{office}",
        unit=f"{place}{unit}",
        money_unit="元" if template.slug in ("mof10-shanghai", "yunnan-gk14") else "万元",
        funds=(),
        goal=None,
        result=None,
        indicators=(),
        leader="张某",
        category="1、部门预算项目 ☑  2、专项 □",
        grade="" if template is YUNNAN else None,
    )


def _with_money(random: Random, form: Form, template: Template) -> Form:
    in_yuan = form.money_unit == "元"
    budget = random.randrange(5_000, 900_000) if in_yuan else random.randrange(500, 90_000)
    least = 9_050 if template is SICHUAN else 7_500  # Sichuan asks below 90%
    spent = budget if random.random() < 0.4 else budget * random.randint(least, 9_999) // 10_000
    scale = 1 if in_yuan else 100  # 万元 with two places
    points = 20 if template is HUBEI else 10
    asked, paid = number(Fraction(budget, scale)), number(Fraction(spent, scale))
    rate = spent / budget
    score = number(Fraction(half_up(points * 100 * spent, budget), 100))
    total = Fund("年度资金总额", asked, asked, paid, points, rate, score)
    parts = (
        Fund("其中：当年财政拨款", asked, asked, paid, "—", rate, "—"),
        Fund("上年结转资金", points="—", score="—"),
        Fund("其他资金", points="—", score="—"),
    )
    return replace(form, funds=(total,) if template is HUBEI else (total, *parts))


def _indicators(random: Random, year: int) -> tuple[Indicator, ...]:
    first, second, third, fourth = random.choice(_FIFTY)
    done, also = random.sample(_QUANTITIES, 2)
    rows = [
        _counted(random, "产出指标", "数量指标", done, first),
        _counted(random, None, None, also, second),
        Indicator(None, "质量指标", random.choice(_QUALITIES), "100%", "100%", third, third),
        _dated(random, year, fourth),
        _counted(random, "效益指标", "社会效益指标", random.choice(_SOCIAL), 10),
        _counted(random, None, "生态效益指标", random.choice(_ECOLOGICAL), 10),
        _counted(random, None, "可持续影响指标", random.choice(_SUSTAINED), 10),
    ]
    satisfied = f"{random.randint(900, 990) / 10:g}%"
    who = random.choice(("服务对象", "受益群众", "参训人员", "周边居民"))
    rows.append(
        Indicator("满意度指标", "服务对象满意度指标", f"{who}满意度", "≥90%", satisfied, 10, 10)
    )
    return tuple(rows)


def _counted(
    random: Random,
    level1: str | None,
    level2: str | None,
    kind: tuple[str, str, int, int],
    points: int,
) -> Indicator:
    """A count: met, or missed with a score in proportion and a reason."""
    name, unit, low, high = kind
    target = random.randint(low, high)
    actual = target + random.randint(0, target // 8)
    score: int | float = points
    reason: str | None = None
    if random.random() >= 0.75:
        actual = max(1, target * random.randint(60, 96) // 100)
        score = number(Fraction(half_up(points * 100 * actual, target), 100))
        less = f"{name}少{target - actual}{unit}"
        reason = f"{random.choice(_CAUSES)}，{less}；{random.choice(_REMEDIES)}。"
    operator = random.choice(("≥", ">=", "不少于", "≧", "大于等于"))
    return Indicator(
        level1, level2, name, f"{operator}{target}{unit}", f"{actual}{unit}", points, score, reason
    )


def _dated(random: Random, year: int, points: int) -> Indicator:
    due = date(year, random.randint(6, 11), 30)
    done = due - timedelta(days=random.randint(1, 60))
    actual = f"{done.year}年{done.month}月{done.day}日"
    return Indicator(
        None, "时效指标", "任务完成日期", f"{year}年{due.month}月底前", actual, points, points
    )


def _goal(random: Random, form: Form, serial: int) -> tuple[str, str]:
    names = [row.level3 for row in form.indicators[:2]]
    day = random.randint(1, 28)
    first, second = names
    return (
        f"按第{serial}号批复实施{form.project}，{first}和{second}达到批复的数。",
        f"{form.unit}于12月{day}日前组织自评（第{serial}号），{first}、{second}见下表，资料已归档。",
    )


def _fitted(form: Form, template: Template) -> Form:
    """The form with what its template prints otherwise."""
    rows = form.indicators
    if template is ANHUI:
        names = {
            "产出指标": "产出指标（50分）",
            "效益指标": "效益指标（30分）",
            "满意度指标": "满意度指标（10分）",
        }
        rows = tuple(replace(row, level1=names.get(row.level1 or "", row.level1)) for row in rows)
    if template is HUBEI:
        rows = tuple(_fully_met(row) for row in rows)
        rows = (*(_of(row, 10) for row in rows[:4]), _of(rows[4], 20), _of(rows[7], 20))
        form = replace(
            form, title=f"{(form.year_line or '')[1:7]}项目自评表", goal=None, result=None
        )
    if template in (SICHUAN, YUNNAN):
        rows = tuple(_in_columns(row) for row in rows)
    if template is YUNNAN:
        form = replace(form, notes=(("其他需要说明事项", "无"),))
    if template is TRANSFER:
        rows = tuple(replace(row, points=None, score=None) for row in rows)
        form = replace(form, total_score="")
    if template is DEPARTMENT:
        form = replace(form, project="", department="", unit=form.department)
    return replace(form, indicators=rows)


_POINTS_IN_LABELS = {
    None: None,
    "产出指标": "产出指标（50分）",
    "效益指标": "效益指标（30分）",
    "满意度指标": "满意度指标（10分）",
}


def _of(row: Indicator, points: int) -> Indicator:
    """The row with full points in a form without a points column."""
    return replace(row, points=None, score=points)


def _fully_met(row: Indicator) -> Indicator:
    return row if row.reason is None else replace(row, actual=_bare(row.target), reason=None)


def _bare(target: object) -> str:
    return str(target).lstrip("≥>=不少于≧大等")


def _in_columns(row: Indicator) -> Indicator:
    """Operator, value and unit in three columns, where the target is a count or a rate."""
    value = _bare(row.target)
    digits = value.rstrip("".join(sign for sign in value if not sign.isdigit()))
    unit = value[len(digits) :]
    if not digits.isdigit() or "年" in value:
        return replace(row, operator="≤" if "年" in value else "＝")
    operator = "＝" if value == str(row.target) else "≥"
    return replace(row, operator=operator, target=int(digits), measure=unit)
