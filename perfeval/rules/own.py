"""A rule that an office declares in its policy file, made into a Rule like all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

import numpy as np

from perfeval.exact import FlagArray
from perfeval.findings import Safety
from perfeval.masked import Masked
from perfeval.policy import Policies
from perfeval.policy.declared import Declared
from perfeval.policy.entries import hint, refuse
from perfeval.rows import Rows
from perfeval.rules.codes import is_own
from perfeval.rules.expression import Expression, Value, compiled
from perfeval.rules.indicators.asked import counted
from perfeval.rules.rule import Judgement, Rule, judge
from perfeval.rules.vocabulary import Word, rows_of, values, vocabulary
from perfeval.tables import Tables
from perfeval.texts import Text


def made(said: Declared) -> Rule:
    """The rule. Raises PolicyError naming file, entry and key where something in it is wrong."""
    words = vocabulary(said.table)
    if not is_own(said.code):
        refuse(said.file, f"{said.place}.code", "应为自用的代码，如 X001（a code of your own）")
    try:
        when = compiled(said.when, {name: word.kind for name, word in words.items()})
    except ValueError as error:
        refuse(said.file, f"{said.place}.when", str(error))
    field = _field(said, words, when)

    def run(tables: Tables, policies: Policies) -> Judgement:
        return _judged(said, when, words, field, tables, policies)

    def placed(key: str, text: Text) -> Text:
        return Text(_placed(text.zh, words, said, key), _placed(text.en, words, said, f"{key}_en"))

    return Rule(
        code=said.code,
        name=said.name,
        level=said.level,
        fix=Safety.MANUAL,
        title=said.title,
        message=placed("message", said.message),
        advice=placed("advice", said.advice),
        basis=said.basis,
        page=_page(said),
        run=run,
    )


def _judged(
    said: Declared,
    when: Expression,
    words: Mapping[str, Word],
    field: str,
    tables: Tables,
    policies: Policies,
) -> Judgement:
    """Every row of the table from the rule's first year on; indicators without template rows."""
    rows = rows_of(tables, said.table)
    if said.table == "indicators":
        rows = rows[counted(rows)]
    if said.from_year:
        years = [policies.of(form_id).year for form_id in range(len(tables.rows("forms")))]
        valid = [year is None or year >= said.from_year for year in years]
        rows = rows[np.array(valid, dtype=bool)[rows.form_id]]
    found = next((w.column for w in words.values() if w.shown_at == field), "")
    return judge(rows, _held(rows, when, words), field=field, found=found)


def _held(rows: Rows, when: Expression, words: Mapping[str, Word]) -> FlagArray:
    """The answer for each row; equal values are asked once."""
    known: dict[tuple[Value, ...], bool | None] = {}
    answers = []
    if not when.names:
        return _flags([when({})] * len(rows))
    for row in values(rows, {name: words[name] for name in when.names}):
        if row not in known:
            known[row] = when(dict(zip(when.names, row, strict=True)))
        answers.append(known[row])
    return _flags(answers)


def _flags(answers: Sequence[bool | None]) -> FlagArray:
    missing = np.array([answer is None for answer in answers], dtype=bool)
    return Masked(np.array([bool(answer) for answer in answers], dtype=bool), missing)


def _field(said: Declared, words: Mapping[str, Word], when: Expression) -> str:
    """Where a finding is shown: as declared, or at the first field of the row that is compared."""
    if said.field and not (said.field in words and words[said.field].shown_at):
        near = hint(said.field, words)
        refuse(said.file, f"{said.place}.field", f"没有字段 {said.field}（no such field）{near}")
    named = [said.field] if said.field else when.names
    places = [words[name].shown_at for name in named if words[name].shown_at]
    if not places:
        refuse(said.file, f"{said.place}.field", "应指明标注在哪一栏（name the field to mark）")
    return places[0]


def _placed(text: str, words: Mapping[str, Word], said: Declared, key: str) -> str:
    """The text with {得分} as {score_e4}: a place is a field's name, and nothing else."""
    key = f"{said.place}.{key}"
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        refuse(said.file, key, f"花括号有误（wrong braces）：{error}")
    made = ""
    for literal, name, form, conversion in parts:
        made += literal.replace("{", "{{").replace("}", "}}")
        if name is None:
            continue
        if name not in {*words, "label"} or form or conversion:
            refuse(said.file, key, f"没有字段 {{{name}}}（no such field）{hint(name, words)}")
        made += f"{{{words[name].column if name in words else name}}}"
    return made


def _page(said: Declared) -> str:
    since = f"适用：{said.from_year} 年起。\n\n" if said.from_year else ""
    return (
        f"查什么：{said.title.zh}。\n\n"
        "不查：表上没有所比较的内容、因而不能断定的；“指标2：……”等未填的模板行和“其中”各行。\n\n"
        f"{since}怎样算：逐行判断下式，成立即提出（出自 {said.file}）。\n\n"
        f"    {said.when}"
    )
