"""A rule's page and the catalogue, made from the rules: as text, Markdown, JSON, or rows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal

from perfeval import regulations
from perfeval.findings import Level, Safety
from perfeval.policy import PolicyFile
from perfeval.rules import catalogue, published
from perfeval.rules.cases import cases_text
from perfeval.rules.rule import Rule
from perfeval.texts import Lang, Text

Format = Literal["text", "md", "json"]

FAMILIES: Mapping[str, Text] = {
    "R": Text("读取", "reading the file"),
    "H": Text("表头", "heading"),
    "F": Text("资金", "funds"),
    "G": Text("年度目标", "goals"),
    "I": Text("绩效指标", "indicators"),
    "S": Text("得分", "scores"),
    "Y": Text("跨表、跨轮次、跨年度", "across forms, rounds and years"),
}
OTHERS = Text("自用规则", "rules of offices and plug-ins")
LEVELS: Mapping[Level, Text] = {
    Level.ERROR: Text("强制", "error"),
    Level.WARNING: Text("核实", "warning"),
    Level.INFO: Text("提示", "info"),
}
SAFETY: Mapping[Safety, Text] = {
    Safety.SAFE: Text("可直接更正", "safe"),
    Safety.CONFIRM: Text("须单位确认", "to be confirmed"),
    Safety.MANUAL: Text("由单位更正", "by hand"),
}
COLUMNS = (
    Text("代码", "code"),
    Text("名称", "name"),
    Text("问题", "title"),
    Text("级别", "level"),
    Text("更正", "fix"),
    Text("依据", "basis"),
)
_PARTS = {
    "level": Text("级别", "Level"),
    "fix": Text("更正", "Fix"),
    "basis": Text("依据", "Basis"),
    "follows": Text("可由其引起", "May follow from"),
    "message": Text("审核意见", "What it says"),
    "advice": Text("处理", "Advice"),
    "derivation": Text("计算", "Derivation"),
    "law": Text("规则", "The law (in Chinese)"),
    "examples": Text("示例", "Examples (in Chinese)"),
}


def rule_page(rule: Rule, lang: Lang, output: Format) -> str:
    """The documentation of one rule."""
    if output == "json":
        return _json(_record(rule, lang) | {"page": rule.page, "examples": _examples(rule, 1)})
    page = _markdown(rule, lang)
    return page if output == "md" else _plain(page)


def catalogue_rows(lang: Lang, office: PolicyFile | None = None) -> tuple[tuple[str, ...], ...]:
    """The catalogue, with an office's own rules, as a table, its titles first."""
    return _rows(catalogue(office), lang)


def _rows(rules: Mapping[str, Rule], lang: Lang) -> tuple[tuple[str, ...], ...]:
    rows = (
        (
            rule.code,
            rule.name,
            rule.title(lang),
            LEVELS[rule.level](lang),
            SAFETY[rule.fix](lang),
            _basis(rule, lang),
        )
        for rule in rules.values()
    )
    return (tuple(title(lang) for title in COLUMNS), *rows)


def catalogue_text(lang: Lang, output: Format, office: PolicyFile | None = None) -> str:
    """The catalogue, with an office's own rules, as one text."""
    rules = catalogue(office)
    if output == "json":
        return _json([_record(rule, lang) for rule in rules.values()])
    if output == "md":
        return _catalogue_markdown(rules, lang)
    room = max(len(level(lang)) for level in LEVELS.values())
    return "".join(
        f"{rule.code}  {LEVELS[rule.level](lang):{room}}  {rule.title(lang)}  {rule.name}\n"
        for rule in rules.values()
    )


def docs() -> Mapping[str, str]:
    """The files of docs/rules by name: an index, and a page for each rule of this package."""
    pages = {f"{rule.code}.md": rule_page(rule, "zh", "md") for rule in published().values()}
    return {"README.md": _catalogue_markdown(published(), "zh"), **pages}


def _record(rule: Rule, lang: Lang) -> dict[str, object]:
    return {
        "code": rule.code,
        "rule": rule.name,
        "level": rule.level.value,
        "fix": rule.fix.value,
        "title": rule.title(lang),
        "message": rule.message(lang),
        "advice": rule.advice(lang),
        "derivation": rule.derivation(lang) if rule.derivation else "",
        "basis": [regulations.cited(key, lang) for key in rule.basis],
        "follows": list(rule.follows),
    }


def _markdown(rule: Rule, lang: Lang) -> str:
    facts = {
        "level": LEVELS[rule.level](lang),
        "fix": SAFETY[rule.fix](lang),
        "basis": _basis(rule, lang),
        "follows": "、".join(rule.follows),
        "message": _open(rule.message(lang)),
        "derivation": _open(rule.derivation(lang)) if rule.derivation else "",
        "advice": _open(rule.advice(lang)),
    }
    lines = [f"# {rule.code} {rule.title(lang)}", "", f"`{rule.name}`", ""]
    colon = Text("：", ": ")(lang)
    lines += [f"- {_PARTS[part](lang)}{colon}{text}" for part, text in facts.items() if text]
    lines += ["", f"## {_PARTS['law'](lang)}", "", rule.page]
    examples = _examples(rule, 3)
    if examples:
        lines += ["", f"## {_PARTS['examples'](lang)}", "", examples]
    return "\n".join(lines).rstrip() + "\n"


def _catalogue_markdown(rules: Mapping[str, Rule], lang: Lang) -> str:
    head = Text("规则目录", "The catalogue of rules")(lang)
    note = Text(
        "由规则本身生成（`python -m perfeval.rules docs/rules`），请勿手改。",
        "Made from the rules themselves (`python -m perfeval.rules docs/rules`).",
    )(lang)
    lines = [f"# {head}", "", note]
    titles, *rows = _rows(rules, lang)
    for family in dict.fromkeys(row[0][0] for row in rows):
        members = [row for row in rows if row[0].startswith(family)]
        name = FAMILIES.get(family, OTHERS)
        lines += ["", f"## {family} {name(lang)}", "", f"| {' | '.join(titles)} |"]
        lines += ["|---" * len(titles) + "|"]
        lines += [f"| [{row[0]}]({row[0]}.md) | {' | '.join(row[1:])} |" for row in members]
    return "\n".join(lines) + "\n"


def _basis(rule: Rule, lang: Lang) -> str:
    return Text("；", "; ")(lang).join(regulations.cited(key, lang) for key in rule.basis)


def _examples(rule: Rule, level: int) -> str:
    """The rule's cases without their title, their headings at `level`."""
    _, _, body = cases_text(rule).partition("\n")
    return re.sub(r"^##(#?) ", "#" * level + r"\1 ", body, flags=re.MULTILINE).strip()


def _open(template: str) -> str:
    """A message with its places left open: 得分 {score_e4} → 得分 ……."""
    return re.sub(r"\{\w+\}", "……", template)


def _plain(page: str) -> str:
    """Markdown as a terminal shows it: without its signs."""
    kept = [line for line in page.splitlines() if not re.fullmatch(r"\|(?:-+\|)+", line)]
    return re.sub(r"^#+ |`", "", "\n".join(kept), flags=re.MULTILINE) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
