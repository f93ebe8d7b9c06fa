"""A rule that an office declares in its policy file, without Python: [[rule]].

[[rule]]
code = "X001"
level = "warning"
table = "indicators"
when = '得分 > 分值 * 0.9 and 偏差原因分析及改进措施 == ""'
title = "得分在九成以上也应说明"
message = "得分 {得分}，未说明"
advice = "请补充说明"
basis = "区财绩〔2023〕5号"
"""

from __future__ import annotations

from dataclasses import dataclass

from perfeval.findings import Level
from perfeval.policy.entries import refuse, table, year
from perfeval.texts import Text

TABLES = ("forms", "funds", "indicators")
_TEXTS = ("title", "message", "advice")
_NEEDED = {"code", "level", "table", "when", "basis", *_TEXTS}
_KNOWN = _NEEDED | {"name", "field", "from"} | {f"{name}_en" for name in _TEXTS}


@dataclass(frozen=True, slots=True)
class Declared:
    """A rule as declared. `when` is an expression over the fields of `table`; `field` is where
    the finding is shown, "" for the first field of the expression. `place` names file and entry.
    """

    code: str
    name: str
    level: Level
    table: str
    when: str
    field: str
    title: Text
    message: Text
    advice: Text
    basis: tuple[str, ...]
    from_year: int
    file: str
    place: str


def declared(entries: object, file: str) -> tuple[Declared, ...]:
    """The rules of a file. Raises PolicyError naming file, entry and key."""
    if not isinstance(entries, list):
        refuse(file, "rule", "应写作 [[rule]]（a list of tables）")
    return tuple(_one(entry, file, f"rule[{n}]") for n, entry in enumerate(entries, 1))


def _one(entry: object, file: str, place: str) -> Declared:
    given = table(entry, _KNOWN, _NEEDED, file, place)
    basis = given["basis"] if isinstance(given["basis"], list) else [given["basis"]]
    for key, value in [*given.items(), *(("basis", text) for text in basis)]:
        if key not in ("from", "basis") and not (isinstance(value, str) and value.strip()):
            refuse(file, f"{place}.{key}", "应为文字（must be text）")
    if not basis or not all(isinstance(text, str) and text.strip() for text in basis):
        refuse(file, f"{place}.basis", "缺少依据（basis is missing）")
    if given["level"] not in list(Level):
        refuse(file, f"{place}.level", f"应为 {'、'.join(Level)} 之一（one of these）")
    if given["table"] not in TABLES:
        refuse(file, f"{place}.table", f"应为 {'、'.join(TABLES)} 之一（one of these）")
    texts = {name: Text(given[name], given.get(f"{name}_en", given[name])) for name in _TEXTS}
    return Declared(
        code=given["code"],
        name=given.get("name", given["code"].lower()),
        level=Level(given["level"]),
        table=given["table"],
        when=given["when"],
        field=given.get("field", ""),
        basis=tuple(basis),
        from_year=year(given.get("from", 0), file, place),
        file=file,
        place=place,
        **texts,
    )
