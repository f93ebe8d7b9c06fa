"""A rule's Markdown case laid out as Tables, each row with the name that result lines use."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from perfeval import schema
from perfeval.extract.levels import first_class, second_class
from perfeval.extract.measure import Measure, parse_measure
from perfeval.extract.number import Number, read_money, read_points, read_rate
from perfeval.extract.text import (
    clean_text,
    is_none,
    is_placeholder,
    points_in_label,
)
from perfeval.fields import FIELDS
from perfeval.layout.lexicon import lexicon
from perfeval.model import Cell, State, column_name
from perfeval.rules.cases import Case, Sheet, Table
from perfeval.tables import Tables
from perfeval.texts import decimal_text

HEADING = {
    "项目名称": "project",
    "主管部门": "department",
    "实施单位": "unit",
    "年度": "year",
    "金额单位": "money_unit",
    "本次年度": "run_year",
    "类型": "kind",
    "缺少的部分": "missing_blocks",
}
FUNDS = {text.zh: name for name, text in FIELDS["funds"].items()}
GOALS = {text.zh: name for name, text in FIELDS["goals"].items()}
INDICATORS = {text.zh: name for name, text in FIELDS["indicators"].items()} | {"其中": "is_part"}
TOTAL = {"总分": "", "分值": "total_points", "得分": "total_score", "等级": "grade"}
REPLIES = {
    "上一轮问题": "code", "级别": "level", "单元格": "cell", "填报值未变": "same",
    "处理情况": "handled", "说明": "explanation", "空话": "hollow",
}  # fmt: skip
HANDLED = {"已改": "corrected", "说明": "explained", "异议": "disputed", "": ""}
CHANGES = {"改动": "field", "上一轮": "before", "这一轮": "after", "问题所涉": "asked"}
EARLIER = {"上年指标": "label", "栏目": "field", "上年内容": "text"}
REGISTER = {"清单项目": "project", "单位": "unit", "年度": "year", "批复预算": "budget"}
MARKS = {
    "文本数字": "text-number", "全角": "full-width", "千分位": "separator", "空格": "blanks",
    "带单位": "unit-inside", "中文数字": "chinese-numeral", "日期序号": "date-serial",
    "百分号丢失": "percent-lost", "网页标记": "markup", "移位": "displaced", "合并": "shared",
    "公式": "formula", "无缓存": "no-cache", "错误值": "error", "隐藏": "hidden",
}  # fmt: skip
REMARKS = {
    "标签靠后": "late-label", "标签断开": "cut-label", "标签重复": "repeated-label",
    "文字溢出": "spilled-text", "隐藏行": "hidden-row", "隐藏表": "hidden-sheet",
    "公式未更新": "stale-formula", "公式被覆盖": "overwritten-formula", "错误结果": "error-value",
    "金额单位不明": "unclear-money-unit", "宏": "macros", "外部链接": "external-links",
    "嵌入对象": "embedded-objects", "签名": "signature", "多张表": "several-forms",
    "目标有分值": "goal-points",
}  # fmt: skip
FUND_KINDS = (("总额", "total"), ("财政", "fiscal"), ("结转", "carry_over"), ("其他", "other"))


@dataclass(slots=True)
class Tabled:
    """The tables, and by row_id the name that result lines use."""

    tables: Tables
    names: dict[int, str]


@dataclass(slots=True)
class _Build:
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, str] = field(default_factory=dict)
    marks: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    form_id: int = -1
    file_id: int = -1
    prefix: str = ""
    line: int = 0
    next_row: int = 0

    def row(self, table: str, name: str, values: dict[str, Any]) -> int:
        """Append a row, filled up with what an absent field holds."""
        row_id, self.next_row = self.next_row, self.next_row + 1
        self.names[row_id] = f"{self.prefix}{name}"
        ids = {"row_id": row_id, "form_id": self.form_id, "file_id": self.file_id}
        values = ids | values
        columns = schema.SCHEMAS[table]
        unknown = set(values) - set(columns) - set(ids)
        assert not unknown, unknown
        self.rows[table].append(tuple(values.get(c, _absent(c, t)) for c, t in columns.items()))
        return row_id

    def cell(self, row_id: int, table: str, position: int, name: str, raw: str, *, value: str,
             decimals: int | None, marks: tuple[str, ...], formula: str = "") -> None:  # fmt: skip
        """Append the cell that fed a field, with the marks that the case plants on it."""
        label = self.names[row_id].removeprefix(self.prefix)
        planted = self.marks.pop((label, FIELDS[table][name].zh), [])
        column = column_name(2 + list(FIELDS[table]).index(name))
        raw = next((text for _, text in planted if text), raw)
        self.rows["cells"].append((
            row_id, self.form_id, table, position, name, "Sheet1", f"{column}{self.line}", raw,
            value, formula, "General", decimals, " ".join([*marks, *(m for m, _ in planted)]),
        ))  # fmt: skip


def tables_of(case: Case) -> Tabled:
    """The case as Tables. Raises ValueError naming file and line where it says what no form can."""
    build = _Build()
    for sheet in case.sheets:
        _sheet(build, sheet, case)
    return Tabled(Tables.build(build.rows), build.names)


def _sheet(build: _Build, sheet: Sheet, case: Case) -> None:
    file = sheet.name or "a.xlsx"
    build.prefix = f"{sheet.name} " if sheet.name else ""
    build.file_id += 1
    kinds = {_kind(table, case): table for table in sheet.tables}
    _file(build, kinds.get("files"), file)
    if "files" in kinds:
        return
    build.form_id += 1
    build.marks = _marks(kinds.get("remarks"))
    _form(build, kinds, file, case)
    for kind, lay in (("funds", _funds), ("goals", _goals), ("indicators", _indicators)):
        if kind in kinds:
            lay(build, kinds[kind])
    if "remarks" in kinds:
        _remarks(build, kinds["remarks"])
    if "register" in kinds:
        _register(build, kinds["register"])
    if kinds.keys() & {"replies", "changes"}:
        _rounds(build, kinds.get("replies"), kinds.get("changes"))
    if "earlier" in kinds:
        _earlier(build, kinds["earlier"])
    if build.marks:
        raise ValueError(f"{case.file}:{case.line}：没有这样的单元格 {list(build.marks)}")


def _kind(table: Table, case: Case) -> str:
    """Which table of Tables this is; every title must be known there."""
    first = table.titles[0]
    known: tuple[tuple[str, dict[str, str]], ...] = (
        ("forms", {"表头": "", "内容": ""}),
        ("funds", FUNDS),
        ("goals", GOALS),
        ("total", TOTAL),
        ("remarks", {"读取": "", "位置": "", "内容": ""}),
        ("register", REGISTER),
        ("replies", REPLIES),
        ("changes", CHANGES),
        ("earlier", EARLIER),
        ("files", {"文件": "", "问题": "", "说明": ""}),
        ("indicators", INDICATORS),
    )
    for kind, titles in known:
        if first in titles and not set(table.titles) - set(titles):
            return kind
    raise ValueError(f"{case.file}:{table.line}：不认识的表格 {table.titles}")


def _file(build: _Build, table: Table | None, file: str) -> None:
    problem, detail = "", ""
    if table:
        file, problem, detail = table.rows[0]
    build.form_id, form_id = -1, build.form_id
    build.row(
        "files", file, {"file": file, "problem": problem, "detail_zh": detail, "detail_en": detail}
    )
    build.form_id = form_id


def _form(build: _Build, kinds: dict[str, Table], file: str, case: Case) -> None:
    heading = (
        {HEADING[name]: text for name, text in kinds["forms"].rows} if "forms" in kinds else {}
    )
    total = _records(kinds["total"], TOTAL)[0] if "total" in kinds else {}
    titles = {kind: set(table.titles) for kind, table in kinds.items()}
    points, score = (_number(total, name, read_points) for name in ("total_points", "total_score"))
    year = heading.get("year", "" if "forms" in kinds else str(case.year))
    values = {
        "file": file, "sheet": "Sheet1", "form": f"{file}#Sheet1", "layout": "mof10-standard",
        "kind": heading.get("kind", "project"),
        "region": "" if case.region == "000000" else case.region,
        "year": int(year) if year else None,
        "run_year": int(heading["run_year"]) if heading.get("run_year") else None,
        "project": heading.get("project", ""), "department": heading.get("department", ""),
        "unit": heading.get("unit", ""), "money_unit": heading.get("money_unit", "元"),
        "total_points_e4": points.scaled, "total_points_state": points.state,
        "total_score_e4": score.scaled, "total_score_step_e4": score.step,
        "total_score_state": score.state,
        "grade": total.get("grade", ""), "missing_blocks": heading.get("missing_blocks", ""),
        "has_project": "project" in heading, "has_department": "department" in heading,
        "has_unit": "unit" in heading, "has_funds": "funds" in kinds,
        "has_rate": "执行率" in titles.get("funds", ()),
        "has_execution_points": "分值" in titles.get("funds", ()),
        "has_goal": "预期目标" in titles.get("goals", ()),
        "has_goal_result": "实际完成情况" in titles.get("goals", ()),
        "has_indicators": "indicators" in kinds, "has_total": "total_score" in total,
        "has_grade": "grade" in total,
    }  # fmt: skip
    for name in ("target", "actual", "points", "score", "reason"):
        values[f"has_{name}"] = FIELDS["indicators"][name].zh in titles.get("indicators", ())
    build.line += 1
    row_id = build.row("forms", "表头", values)
    for name, text in heading.items():
        if name in FIELDS["forms"] and name != "missing_blocks":
            build.cell(row_id, "forms", 1, name, text, value=text, decimals=None, marks=())
    build.line += 1
    build.names[row_id] = f"{build.prefix}总分"
    for name, number in (("total_points", points), ("total_score", score)):
        if name in total:
            _number_cell(build, row_id, "forms", 1, name, total[name], number, 4)
    if "grade" in total:
        build.cell(
            row_id,
            "forms",
            1,
            "grade",
            total["grade"],
            value=total["grade"],
            decimals=None,
            marks=(),
        )


def _funds(build: _Build, table: Table) -> None:
    unit = build.rows["forms"][-1][list(schema.SCHEMAS["forms"]).index("money_unit")]
    for position, record in enumerate(_records(table, FUNDS), 1):
        build.line += 1
        money = {name: _number(record, name, lambda cell: read_money(cell, unit))
                 for name in ("initial_budget", "budget", "executed")}  # fmt: skip
        points, score = (_number(record, name, read_points) for name in ("points", "score"))
        rate = _number(record, "rate", read_rate)
        label = record["label"]
        kind = next((kind for word, kind in FUND_KINDS if word in label), "part")
        level = 0 if kind == "total" else 2 if label.startswith("－") else 1
        values: dict[str, Any] = {
            "position": position,
            "kind": kind,
            "level": level,
            "label": label,
        }
        for name, number in money.items():
            values |= {f"{name}_fen": number.scaled, f"{name}_step_fen": number.step,
                       f"{name}_state": number.state}  # fmt: skip
        values |= {
            "points_e4": points.scaled, "points_state": points.state, "rate_e6": rate.scaled,
            "rate_step_e6": rate.step, "rate_state": rate.state, "score_e4": score.scaled,
            "score_step_e4": score.step, "score_state": score.state,
        }  # fmt: skip
        row_id = build.row("funds", label, values)
        build.cell(row_id, "funds", position, "label", label, value=label, decimals=None, marks=())
        scales = {"points": 4, "rate": 6, "score": 4}
        for name, number in (*money.items(), ("points", points), ("rate", rate), ("score", score)):
            if name in record:
                _number_cell(build, row_id, "funds", position, name, record[name], number,
                             scales.get(name, 2))  # fmt: skip


def _goals(build: _Build, table: Table) -> None:
    for position, record in enumerate(_records(table, GOALS), 1):
        build.line += 1
        cleaned = {name: clean_text(text) for name, text in record.items()}
        values: dict[str, Any] = {"position": position}
        for name in ("expected", "actual"):
            values |= {
                name: cleaned.get(name, ("", ()))[0],
                f"{name}_state": _text_state(record, name),
            }
        label = "年度目标" if position == 1 else f"年度目标{position}"
        row_id = build.row("goals", label, values)
        for name, (text, marks) in cleaned.items():
            build.cell(
                row_id,
                "goals",
                position,
                name,
                record[name],
                value=text,
                decimals=None,
                marks=marks,
            )


def _indicators(build: _Build, table: Table) -> None:
    for position, record in enumerate(_records(table, INDICATORS), 1):
        build.line += 1
        part = record.pop("is_part", "") != ""
        labels = {name: clean_text(record.get(name, ""))[0] for name in ("level1", "level2")}
        class1 = first_class(lexicon(), labels["level1"], labels["level2"])
        class2 = second_class(lexicon(), labels["level2"])
        points, score = (_number(record, name, read_points) for name in ("points", "score"))
        reason, reason_marks = clean_text(record.get("reason", ""))
        values: dict[str, Any] = {
            "position": position, "level1": labels["level1"], "level2": labels["level2"],
            "level3": record.get("level3", ""), "class1": class1, "class2": class2,
            "level1_points_e4": points_in_label(record.get("level1", "")),
            "is_part": part, "placeholder": is_placeholder(record.get("level3", "")),
            "points_e4": points.scaled, "points_state": points.state,
            "score_e4": score.scaled, "score_step_e4": score.step, "score_state": score.state,
            "reason": reason, "reason_state": _text_state(record, "reason"),
        }  # fmt: skip
        texts: dict[str, tuple[str, tuple[str, ...]]] = {"reason": (reason, reason_marks)}
        for name in ("target", "actual"):
            text, marks = texts[name] = clean_text(record.get(name, ""))
            measure = parse_measure(text)
            values |= {name: text, f"{name}_kind": measure.kind, f"{name}_op": measure.op,
                       f"{name}_value_e6": measure.value_e6, f"{name}_high_e6": measure.high_e6,
                       f"{name}_unit": measure.unit}  # fmt: skip
        row_id = build.row("indicators", record.get("level3") or f"第{position}行", values)
        for name in record:
            if name in ("points", "score"):
                number = points if name == "points" else score
                _number_cell(build, row_id, "indicators", position, name, record[name], number, 4)
            else:
                text, marks = texts.get(name, (record[name], ()))
                build.cell(row_id, "indicators", position, name, record[name],
                           value=text, decimals=None, marks=marks)  # fmt: skip


def _marks(table: Table | None) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Marks planted by the table 读取, by row name and field name: (mark, raw text)."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for word, place, text in table.rows if table else ():
        mark = MARKS.get(word, word)
        if mark in MARKS.values():
            label, _, name = place.rpartition("·")
            found.setdefault((label, name), []).append((mark, text))
    return found


def _remarks(build: _Build, table: Table) -> None:
    names = {text.zh: name for fields in FIELDS.values() for name, text in fields.items()}
    for word, place, text in table.rows:
        kind = REMARKS.get(word, word)
        if kind in MARKS or kind in MARKS.values():
            continue
        if kind not in REMARKS.values():
            raise ValueError(f"第 {table.line} 行：不认识的读取情况 {word}")
        build.line += 1
        name = names.get(place, place)
        row_id = build.row("remarks", "读取", {"kind": kind, "field": name, "text": text})
        if place:
            build.rows["cells"].append((
                row_id, build.form_id, "remarks", 1, name, "Sheet1", f"A{build.line}", text, text,
                "", "General", None, "",
            ))  # fmt: skip


def _register(build: _Build, table: Table) -> None:
    build.prefix = ""
    for record in _records(table, REGISTER):
        budget = read_money(_cell(record["budget"]), "元")
        values = {
            "project": record["project"], "unit": record["unit"],
            "year": int(record["year"]) if record["year"] else None,
            "budget_fen": budget.scaled, "budget_step_fen": budget.step, "file_id": -1,
        }  # fmt: skip
        build.row("register", record["project"], values)


def _rounds(build: _Build, replies: Table | None, changes: Table | None) -> None:
    """A form that has come back; its findings and changes are on the form's own row."""
    row_id, form_id = build.rows["forms"][-1][0], build.form_id
    answers = _records(replies, REPLIES) if replies else []
    for reply in answers:
        handled, said = HANDLED[reply["handled"]], reply["explanation"]
        build.rows["replies"].append((
            row_id, form_id, "", reply["code"], reply["level"], reply["cell"],
            reply["same"] == "是", handled, handled in ("explained", "disputed"), reply["hollow"],
            said,
        ))  # fmt: skip
    changed = _records(changes, CHANGES) if changes else []
    for change in changed:
        build.rows["changes"].append((
            row_id, form_id, HEADING[change["field"]], change["before"], change["after"],
            change["asked"] == "是",
        ))  # fmt: skip
    given = sum(bool(reply["handled"]) for reply in answers)
    build.rows["rounds"].append((row_id, form_id, 1, len(changed), given))


def _earlier(build: _Build, table: Table) -> None:
    """What the project's form of the year before said."""
    row_id, form_id = build.rows["forms"][-1][0], build.form_id
    for record in _records(table, EARLIER):
        name = next(names[record["field"]] for names in (GOALS, INDICATORS)
                    if record["field"] in names)  # fmt: skip
        measure = parse_measure(record["text"]) if name == "target" else Measure("")
        build.rows["earlier"].append((
            row_id, form_id, 2020, "indicators" if record["label"] else "goals", name,
            record["label"], record["text"], measure.kind, measure.op, measure.value_e6,
            measure.high_e6, measure.unit,
        ))  # fmt: skip


def _records(table: Table, names: dict[str, str]) -> list[dict[str, str]]:
    fields = [names[title] for title in table.titles]
    return [dict(zip(fields, row, strict=True)) for row in table.rows]


def _absent(column: str, dtype: str) -> Any:
    """What a column holds where the form does not have the field."""
    if column.endswith("_state"):
        return State.ABSENT
    return {"int64": 0, "Int64": None, "str": "", "bool": False}[dtype]


def _text_state(record: dict[str, str], name: str) -> State:
    if name not in record:
        return State.ABSENT
    if not record[name]:
        return State.BLANK
    return State.NONE if is_none(record[name]) else State.TEXT


def _number(record: dict[str, str], name: str, read: Any) -> Number:
    if name not in record:
        return Number(State.ABSENT, None, 0, None, ())
    number: Number = read(_cell(record[name]))
    return number


def _cell(text: str) -> Cell | None:
    """A cell as Excel would hold it: a number where the text looks like one, else a text."""
    if not text:
        return None
    shown = re.fullmatch(r"(-?\d+|-?\d{1,3}(?:,\d{3})+)(\.\d+)?(%?)", text, re.ASCII)
    if not shown:
        return Cell(1, 1, text, text)
    value = float(text.replace(",", "").rstrip("%"))
    places = "." + "0" * (len(shown[2]) - 1) if shown[2] else ""
    if shown[3]:
        return Cell(1, 1, value / 100, text, number_format=f"0{places}%", kind="n")
    number_format = f"#,##0{places}" if "," in text else f"0{places}"
    stored = value if places else int(value)
    return Cell(1, 1, stored, text, number_format=number_format, kind="n")


def _number_cell(
    build: _Build, row_id: int, table: str, position: int, name: str, raw: str,
    number: Number, digits: int,
) -> None:  # fmt: skip
    value = raw if number.scaled is None else decimal_text(number.scaled, digits)
    build.cell(
        row_id,
        table,
        position,
        name,
        raw,
        value=value,
        decimals=number.decimals,
        marks=number.marks,
    )
