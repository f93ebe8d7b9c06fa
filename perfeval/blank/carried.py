"""What last year's form hands on: project, offices, and the indicators with targets and points."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval.extract.text import find_year
from perfeval.tables import Tables
from perfeval.texts import Lang, Text

SEVERAL = Text(
    "文件里有 {n} 张表，沿用第一张：{form}", "{n} forms in the file; the first is used: {form}"
)
NOTHING = Text("没有沿用{what}：上年表中未填", "{what} was not carried over: blank last year")
ROW = Text("没有沿用指标“{name}”：{why}", "The indicator {name} was not carried over: {why}")
NO_CLASS = Text("一级指标“{level1}”不在新表中", "its first level {level1} is not in the new form")
SPARE = Text("模板空行", "a template row")
PART = Text("它的分值在上一行", "its points are in the row above")
BLANK = Text(
    "指标“{name}”没有沿用{what}：上年表中没有", "{name}: last year's form has not got {what}"
)
YEAR = Text(
    "指标“{name}”的指标值写有年份，请按新年度修改：{target}",
    "{name}: the target names a year, change it: {target}",
)
_NAMES = {
    "project": Text("项目名称", "project"),
    "department": Text("主管部门", "department"),
    "unit": Text("实施单位", "unit"),
}
_TARGET, _POINTS = Text("指标值", "the target"), Text("分值", "points")


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator: its place and what was asked of it. Points are None where there were none."""

    class1: str
    class2: str
    level2: str
    level3: str
    target: str
    points_e4: int | None


@dataclass(frozen=True, slots=True)
class LastYear:
    """What goes over into the new form, and lines on what does not."""

    project: str = ""
    department: str = ""
    unit: str = ""
    rows: tuple[Row, ...] = ()
    left_out: tuple[str, ...] = ()


def last_year(tables: Tables, lang: Lang, *, cost: bool = True) -> LastYear | None:
    """From the tables of one file; None where it holds no form. `cost`: the new form has
    first-level cost indicators.
    """
    forms = tables.forms
    if forms.empty:
        return None
    form = forms.iloc[0]
    said = []
    if len(forms) > 1:
        said.append(SEVERAL(lang, n=len(forms), form=form.form))
    for name, words in _NAMES.items():
        if not form[name]:
            said.append(NOTHING(lang, what=words(lang)))
    indicators = tables.indicators
    rows = []
    for line in indicators[indicators.form_id == form.form_id].itertuples():
        row, remarks = _row(line, lang, cost=cost)
        said += remarks
        if row is not None:
            rows.append(row)
    return LastYear(form.project, form.department, form.unit, tuple(rows), tuple(said))


def _row(line: object, lang: Lang, *, cost: bool) -> tuple[Row | None, list[str]]:
    """One indicator, None where it has no place in the new form; and what is to be said of it."""
    get = line.__getattribute__
    name = get("level3") or get("level2") or get("level1")
    class1 = _class(get("class1"), get("class2"), cost=cost)
    why = ""
    if get("placeholder"):
        why = SPARE(lang)
    elif get("is_part"):
        why = PART(lang)
    elif not class1:
        why = NO_CLASS(lang, level1=get("level1"))
    if why:
        told = get("level3") or not get("placeholder")
        return None, [ROW(lang, name=name, why=why)] if told else []
    known = get("points_state") == "number"
    points = int(get("points_e4")) if known else None
    target = get("target")
    said = [
        BLANK(lang, name=name, what=what(lang))
        for what, lacks in ((_TARGET, not target), (_POINTS, points is None))
        if lacks
    ]
    if find_year(target):
        said.append(YEAR(lang, name=name, target=target))
    return Row(class1, get("class2"), get("level2"), get("level3"), target, points), said


def _class(class1: str, class2: str, *, cost: bool) -> str:
    """The class in the new form: cost is a first level there, or a second level of output."""
    if class1 == "cost" or (class1 == "output" and class2 == "cost"):
        return "cost" if cost else "output"
    return class1 if class1 in ("output", "benefit", "satisfaction") else ""
