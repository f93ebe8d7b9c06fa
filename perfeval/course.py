"""The course of a finding over the rounds of a submission, and what a round leaves to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any  # JSON

import msgspec

from perfeval.texts import Lang, Text

# The rules that speak of the last round: what they find is not followed up itself.
ROUND_RULES = frozenset({"Y107", "Y108", "Y109", "Y110"})


class Standing(StrEnum):
    """How a finding stands in a round."""

    NEW = "new"
    CORRECTED = "corrected"  # not found any more
    UNCHANGED = "unchanged"  # found again, and not explained
    EXPLAINED = "explained"  # found again, with an explanation that says something
    RECURRED = "recurred"  # corrected once, and here again


STANDINGS: Mapping[Standing, Text] = {
    Standing.NEW: Text("新增", "new"),
    Standing.CORRECTED: Text("已改", "corrected"),
    Standing.UNCHANGED: Text("未改", "unchanged"),
    Standing.EXPLAINED: Text("已说明", "explained"),
    Standing.RECURRED: Text("复现", "recurred"),
}
_TURN = Text("第{n}轮{standing}", "round {n} {standing}")
Course = tuple[tuple[int, Standing], ...]  # round and standing, from the first round on


class Handled(StrEnum):
    """What the unit says it did about a finding."""

    CORRECTED = "corrected"  # 已改
    EXPLAINED = "explained"  # 说明
    DISPUTED = "disputed"  # 异议
    OTHER = "other"  # a word that is none of the drop-down's
    NONE = ""  # left open


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one finding; `explanation` as it was typed."""

    finding_id: str
    handled: Handled
    explanation: str

    @property
    def explains(self) -> bool:
        """Whether it means to explain why the finding stays."""
        said = self.handled in (Handled.EXPLAINED, Handled.DISPUTED)
        return said or (self.handled is not Handled.CORRECTED and bool(self.explanation))


@dataclass(frozen=True, slots=True)
class Past:
    """A finding of an earlier round. `found` is shortened as `kept` does it."""

    id: str
    code: str
    title: str
    level: str
    sheet: str
    cell: str
    found: str
    course: Course
    reply: Reply | None = None  # the last explanation that was given

    @property
    def is_open(self) -> bool:
        return self.course[-1][1] is not Standing.CORRECTED


class Line(msgspec.Struct, frozen=True, array_like=True, gc=False):  # stored as it is
    """What a row of a form held: values by field, and the fields that a finding had asked about.

    `asked` is sorted.
    """

    table: str
    label: str
    values: Mapping[str, str]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """A round as the returned workbook remembers it. `forms` are lines by the form's place."""

    number: int
    findings: tuple[Past, ...]
    forms: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class LastRound:
    """What came back: the round that was returned, and the unit's replies to it."""

    round: Round
    replies: tuple[Reply, ...]


def course_text(course: Course, lang: Lang) -> str:
    """第1轮新增 → 第2轮未改"""
    return " → ".join(_TURN(lang, n=n, standing=STANDINGS[turn](lang)) for n, turn in course)


def to_json(done: Round) -> str:
    """The round as its workbook keeps it."""
    document = {
        "round": done.number,
        "findings": [
            [f.id, f.code, f.title, f.level, f.sheet, f.cell, f.found, f.course, _reply_json(f)]
            for f in done.findings
        ],
        "forms": done.forms,
    }
    try:
        return msgspec.json.encode(document).decode()
    except UnicodeEncodeError:  # half a character, as a damaged file may hold one
        plain = msgspec.to_builtins(document)
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Round | None:
    """The round in a workbook that came back; None where it is damaged."""
    try:
        document: Any = json.loads(text)
        findings = tuple(_past(entry) for entry in document["findings"])
        forms = {
            str(name): tuple(_line(entry) for entry in lines)
            for name, lines in document["forms"].items()
        }
        return Round(int(document["round"]), findings, forms)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _reply_json(past: Past) -> Sequence[str]:
    return [past.reply.handled, past.reply.explanation] if past.reply else []


def _past(entry: Any) -> Past:
    *texts, course, said = entry
    turns = tuple((int(number), Standing(standing)) for number, standing in course)
    if not turns:
        raise ValueError("no course")
    finding_id, code, title, level, sheet, cell, found = map(str, texts)
    reply = Reply(finding_id, Handled(said[0]), str(said[1])) if said else None
    return Past(finding_id, code, title, level, sheet, cell, found, turns, reply)


def _line(entry: Any) -> Line:
    table, label, values, asked = entry
    texts = {str(name): str(value) for name, value in values.items()}
    return Line(str(table), str(label), texts, tuple(sorted(map(str, asked))))
