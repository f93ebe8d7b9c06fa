"""The cases of a rule: the Markdown file beside it, which is the example on its page and its test.

    # F103 得分与执行率不符

    ## 触发：得分按整数填写
    政策：310118 2021

    | 资金 | 全年预算数 | 全年执行数 | 分值 | 得分 |
    |---|---|---|---|---|
    | 年度资金总额 | 180000.00 | 179920.00 | 10 | 8 |

    结果：年度资金总额·得分 8 → 9.996

A heading `### 甲.xlsx` inside a case begins a further form, where a rule compares forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import resources

from perfeval.errors import UsageError
from perfeval.rules.rule import Rule

KINDS = ("触发", "不触发", "不判", "边界")
NOTHING, UNDECIDED = "无", "不判"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a case: column titles and rows of cell texts. `line` is where its titles stand."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tables of one form. `name` is "" where the case has only one form."""

    name: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One example: what stands in the form, and what the rule must say of it (behind 结果：)."""

    code: str
    kind: str
    title: str
    region: str
    year: int
    sheets: tuple[Sheet, ...]
    results: tuple[str, ...]
    file: str
    line: int


@dataclass(slots=True)
class _Draft:
    kind: str
    title: str
    line: int
    region: str = "000000"
    year: int = 2021
    sheets: list[tuple[str, list[Table]]] = field(default_factory=lambda: [("", [])])
    results: list[str] = field(default_factory=list)


def cases_text(rule: Rule) -> str:
    """The Markdown of the rule's cases, "" where it has none."""
    package, _, stem = rule.run.__module__.rpartition(".")
    if not package:  # a plug-in of one module
        return ""
    source = resources.files(package).joinpath(f"{stem}.md")
    return source.read_text(encoding="utf-8") if source.is_file() else ""


def cases(rule: Rule) -> tuple[Case, ...]:
    """The cases of a rule. Raises UsageError where its file is missing, malformed, or another's."""
    file = f"{rule.run.__module__.replace('.', '/')}.md"
    found = parse(cases_text(rule), file)
    if any(case.code != rule.code for case in found):
        raise _malformed(file, 1, f"代码应为 {rule.code}")
    return found


def parse(text: str, file: str) -> tuple[Case, ...]:
    """The cases of a file. Raises UsageError naming file and line where it is malformed."""
    lines = text.splitlines()
    heading = re.fullmatch(r"# ([A-Z]\d{3}) \S.*", lines[0] if lines else "")
    if not heading:
        raise _malformed(file, 1, "首行应为“# 代码 标题”")
    drafts: list[_Draft] = []
    number = 1
    while number < len(lines):
        line = lines[number].strip()
        number += 1
        if not line:
            continue
        if line.startswith("## "):
            drafts.append(_begun(line, file, number))
        elif not drafts:
            raise _malformed(file, number, "内容应在“## ”之下")
        elif line.startswith("|"):
            table = _table(lines, number, file)
            drafts[-1].sheets[-1][1].append(table)
            number = table.line + len(table.rows) + 1
        else:
            _take(drafts[-1], line, file, number)
    return tuple(_finished(draft, heading[1], file) for draft in drafts)


def _begun(line: str, file: str, number: int) -> _Draft:
    kind, _, title = line[3:].partition("：")
    if kind not in KINDS or not title:
        raise _malformed(file, number, f"应为“## {'/'.join(KINDS)}：说明”")
    return _Draft(kind, title, number)


def _take(draft: _Draft, line: str, file: str, number: int) -> None:
    """One line that is no table and no case heading."""
    if line.startswith("### "):
        if draft.sheets == [("", [])]:
            draft.sheets.clear()
        draft.sheets.append((line[4:], []))
    elif line.startswith("政策："):
        policy = re.fullmatch(r"政策：(\d{6}|[a-z]+) (\d{4})", line)
        if not policy:
            raise _malformed(file, number, "应为“政策：六位地区代码或政策名 年度”")
        draft.region, draft.year = policy[1], int(policy[2])
    elif line.startswith("结果："):
        draft.results.append(line[3:].strip())
    else:
        raise _malformed(file, number, f"不认识的一行：{line}")


def _table(lines: list[str], number: int, file: str) -> Table:
    """The table whose titles stand in line `number` (from 1)."""
    block: list[tuple[str, ...]] = []
    for line in lines[number - 1 :]:
        if not line.strip().startswith("|"):
            break
        if not line.rstrip().endswith("|"):
            raise _malformed(file, number + len(block), "表格的行应以 | 结束")
        block.append(tuple(cell.strip() for cell in line.strip()[1:-1].split("|")))
    for offset, row in enumerate(block):
        if len(row) != len(block[0]):
            raise _malformed(file, number + offset, f"应有 {len(block[0])} 列，实有 {len(row)} 列")
    if len(block) < 3 or not all(set(cell) <= set("-:") for cell in block[1]):
        raise _malformed(file, number, "表格应有标题行、分隔行和至少一行内容")
    return Table(block[0], tuple(block[2:]), number + 1)


def _finished(draft: _Draft, code: str, file: str) -> Case:
    results = draft.results
    silent = results in ([NOTHING], [UNDECIDED])
    wanted = {
        "触发": bool(results) and not silent,
        "不触发": results == [NOTHING],
        "不判": results == [UNDECIDED],
        "边界": bool(results),
    }
    if not wanted[draft.kind]:
        raise _malformed(file, draft.line, f"“{draft.kind}”的结果不应是 {results or '空'}")
    sheets = tuple(Sheet(name, tuple(tables)) for name, tables in draft.sheets)
    return Case(
        code, draft.kind, draft.title, draft.region, draft.year,
        sheets, tuple(results), file, draft.line,
    )  # fmt: skip


def _malformed(file: str, line: int, what: str) -> UsageError:
    return UsageError(f"{file}:{line}：{what}（示例有误，malformed case）")
