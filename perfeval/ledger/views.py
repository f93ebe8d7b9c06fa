"""What is read out of a ledger: each view is a table with named, titled columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any  # columns of every type

import sqlalchemy as sa

from perfeval.course import STANDINGS
from perfeval.ledger.books import findings, forms, replies, rounds, runs, submissions, waivers
from perfeval.texts import Text

Value = str | int | Decimal | date | datetime | None
_AT_ONCE = 5000  # rows that a database hands out at a time


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    POINTS = "points"  # kept as _e4
    MONEY = "money"  # in 元, kept as _fen
    DATE = "date"
    TIME = "time"  # UTC


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view. `name` is what JSON and Parquet call it."""

    name: str
    title: Text
    kind: Kind
    source: sa.ColumnElement[Any]
    words: Mapping[str, Text] = field(default_factory=dict)  # what people read for its values


@dataclass(frozen=True, slots=True)
class View:
    """Columns out of joined tables, in a stable order."""

    columns: tuple[Column, ...]
    tables: sa.FromClause
    order: tuple[sa.ColumnElement[Any], ...]
    where: tuple[sa.ColumnElement[bool], ...] = ()

    def rows(
        self, connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]] = ()
    ) -> Iterator[tuple[Value, ...]]:
        """Points and money as decimals, times in UTC."""
        query = sa.select(*(column.source.label(column.name) for column in self.columns))
        query = query.select_from(self.tables).where(*self.where, *where).order_by(*self.order)
        kinds = [column.kind for column in self.columns]
        plain = not {Kind.POINTS, Kind.MONEY, Kind.TIME} & set(kinds)
        found = connection.execution_options(yield_per=_AT_ONCE).execute(query)
        if plain:
            yield from map(tuple, found)
        else:
            yield from (tuple(map(_read, row, kinds)) for row in found)


def _read(value: Value, kind: Kind) -> Value:
    if value is None:
        return None
    if kind is Kind.POINTS:
        return Decimal(int(value)).scaleb(-4).normalize()  # type: ignore[arg-type]  # of an integer column
    if kind is Kind.MONEY:
        return Decimal(int(value)).scaleb(-2)  # type: ignore[arg-type]  # as above
    if kind is Kind.TIME:
        assert isinstance(value, datetime)
        return value.replace(tzinfo=UTC)
    return value


def _column(
    name: str,
    zh: str,
    en: str,
    source: sa.ColumnElement[Any],
    kind: Kind = Kind.TEXT,
    words: Mapping[str, Text] | None = None,
) -> Column:
    return Column(name, Text(zh, en), kind, source, words or {})


LEVELS = {
    "error": Text("强制", "error"),
    "warning": Text("核实", "warning"),
    "info": Text("提示", "note"),
}
_STATUSES = {
    **LEVELS,
    "clean": Text("无问题", "clean"),
    "unreadable": Text("无法读取", "unreadable"),
}
_STANDINGS = {standing.value: text for standing, text in STANDINGS.items()}
_HANDLED = {
    "corrected": Text("已改", "corrected"),
    "explained": Text("说明", "explained"),
    "disputed": Text("异议", "disputed"),
    "other": Text("其他", "other"),
}
_STATES = {
    "running": Text("进行中", "running"),
    "done": Text("完成", "done"),
    "interrupted": Text("中断", "interrupted"),
    "failed": Text("失败", "failed"),
}


_SUBMISSION = (
    _column("submission", "报送件", "submission", submissions.c.id, Kind.NUMBER),
    _column("year", "年度", "year", submissions.c.year, Kind.NUMBER),
    _column("department", "主管部门", "department", submissions.c.department),
    _column("unit", "实施单位", "unit", submissions.c.unit),
    _column("project", "项目名称", "project", submissions.c.project),
    _column("round", "轮次", "round", rounds.c.number, Kind.NUMBER),
)
_FINDING = (
    _column("level", "级别", "level", findings.c.level, words=LEVELS),
    _column("code", "规则", "code", findings.c.code),
    _column("title", "问题", "title", findings.c.title),
    _column("sheet", "工作表", "sheet", findings.c.sheet),
    _column("cell", "单元格", "cell", findings.c.cell),
    _column("field", "字段", "field", findings.c.field),
    _column("found", "填报", "found", findings.c.found),
    _column("expected", "应为", "expected", findings.c.expected),
    _column("message", "情况", "message", findings.c.message),
    _column("state", "状态", "state", findings.c.state, words=_STANDINGS),
    _column("finding", "编号", "id", findings.c.finding),
)
_FILE = _column("file", "文件", "file", rounds.c.name)
_REPLY_BY = _column("reply_by", "回复期限", "reply by", rounds.c.reply_by, Kind.DATE)
_STAMP = (
    _column("run", "运行", "run", rounds.c.judged_by, Kind.NUMBER),
    _column("tool", "程序", "tool", runs.c.tool),
    _column("rules", "规则版本", "rules", runs.c.rules),
    _column("policy", "口径版本", "policy", runs.c.policy),
)
_LAST = submissions.join(rounds, rounds.c.id == submissions.c.latest)
_ROUNDS = submissions.join(rounds, rounds.c.submission_id == submissions.c.id)
_FIRST_RUN = runs.alias("first_run")


def _judged(tables: sa.FromClause) -> sa.FromClause:
    return tables.join(runs, runs.c.id == rounds.c.judged_by)


_STANDING = (
    _column("status", "结论", "status", rounds.c.status, words=_STATUSES),
    _column("errors", "强制", "errors", rounds.c.errors, Kind.NUMBER),
    _column("warnings", "核实", "warnings", rounds.c.warnings, Kind.NUMBER),
    _column("infos", "提示", "notes", rounds.c.infos, Kind.NUMBER),
    _column("received", "收到", "received", _FIRST_RUN.c.started, Kind.TIME),
    _REPLY_BY,
    _FILE,
)


def _standing(tables: sa.FromClause) -> View:
    joined = _judged(tables.join(_FIRST_RUN, _FIRST_RUN.c.id == rounds.c.run_id))
    order = (submissions.c.id, rounds.c.number, rounds.c.id)
    return View((*_SUBMISSION, *_STANDING, *_STAMP), joined, order)


VIEWS: Mapping[str, View] = {
    "open": View(
        (*_SUBMISSION, _FILE, *_FINDING, _REPLY_BY, *_STAMP),
        _judged(_LAST.join(findings, findings.c.round_id == rounds.c.id)),
        (submissions.c.id, findings.c.id),
        (findings.c.level != "info", findings.c.state != "corrected"),
    ),
    "submissions": _standing(_LAST),
    "rounds": _standing(_ROUNDS),
    "forms": View(
        (
            *_SUBMISSION, _FILE,
            _column("sheet", "工作表", "sheet", forms.c.sheet),
            _column("kind", "类型", "kind", forms.c.kind),
            _column("region", "地区", "region", forms.c.region),
            _column("budget", "全年预算数（元）", "budget", forms.c.budget_fen, Kind.MONEY),
            _column("executed", "全年执行数（元）", "executed", forms.c.executed_fen, Kind.MONEY),
            _column("points", "总分值", "points", forms.c.points_e4, Kind.POINTS),
            _column("reported", "填报总分", "reported", forms.c.reported_e4, Kind.POINTS),
            _column("recomputed", "重算总分", "recomputed", forms.c.recomputed_e4, Kind.POINTS),
            _column("grade_reported", "填报等级", "grade reported", forms.c.grade_reported),
            _column("grade", "重算等级", "grade", forms.c.grade),
            *_STAMP,
        ),
        _judged(_ROUNDS.join(forms, forms.c.round_id == rounds.c.id)),
        (forms.c.id,),
    ),
    "findings": View(
        (*_SUBMISSION, _FILE, *_FINDING, *_STAMP),
        _judged(_ROUNDS.join(findings, findings.c.round_id == rounds.c.id)),
        (findings.c.id,),
    ),
    "replies": View(
        (
            *_SUBMISSION, _FILE,
            _column("finding", "编号", "id", replies.c.finding),
            _column("handled", "处理情况", "handled", replies.c.handled, words=_HANDLED),
            _column("explanation", "单位说明", "explanation", replies.c.explanation),
            *_STAMP,
        ),
        _judged(_ROUNDS.join(replies, replies.c.round_id == rounds.c.id)),
        (replies.c.id,),
    ),
    "waivers": View(
        (
            *_SUBMISSION, _FILE,
            _column("finding", "编号", "id", waivers.c.finding),
            _column("code", "规则", "code", waivers.c.code),
            _column("reason", "理由", "reason", waivers.c.reason),
            _column("signatory", "签字人", "signatory", waivers.c.signatory),
            _column("until", "有效期至", "until", waivers.c.until, Kind.DATE),
            *_STAMP,
        ),
        _judged(_ROUNDS.join(waivers, waivers.c.round_id == rounds.c.id)),
        (waivers.c.id,),
    ),
    "runs": View(
        (
            _column("run", "运行", "run", runs.c.id, Kind.NUMBER),
            _column("started", "开始", "started", runs.c.started, Kind.TIME),
            _column("ended", "结束", "ended", runs.c.ended, Kind.TIME),
            _column("state", "状态", "state", runs.c.state, words=_STATES),
            _column(
                "files", "文件", "files",
                sa.select(sa.func.count()).where(rounds.c.judged_by == runs.c.id)
                .correlate(runs).scalar_subquery(),
                Kind.NUMBER,
            ),
            _column("tool", "程序", "tool", runs.c.tool),
            _column("rules", "规则版本", "rules", runs.c.rules),
            _column("policy", "口径版本", "policy", runs.c.policy),
            _column("out", "结果文件夹", "out", runs.c.out),
        ),
        runs,
        (runs.c.id,),
    ),
}  # fmt: skip
