"""Waivers: findings that someone has signed for. They stay in every report, shown as waived.

They stand in a file of their own, or in perfeval.toml.

[[waiver]]
unit = "养护中心"
project = "道路养护"      # left out: all projects of the unit
rule = "S107"
reason = "按合同分期验收，评分经财政局认可"
signatory = "王某某（绩效科）"
until = 2022-12-31        # the last day on which it holds
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from perfeval.config import Config
from perfeval.errors import UsageError
from perfeval.findings import FileResult, FormResult, Level, heaviest
from perfeval.texts import Lang, Text
from perfeval.wording import bare_text

WORDS = Text(
    "已豁免：{reason}（{signatory}，至 {until}）", "waived: {reason} ({signatory}, until {until})"
)
_NEEDED = ("unit", "rule", "reason", "signatory", "until")
_KNOWN = (*_NEEDED, "project")


@dataclass(frozen=True, slots=True)
class Waiver:
    """What was let pass, why, by whom, how long. `project` is "" for all projects of the unit."""

    unit: str
    project: str
    rule: str
    reason: str
    signatory: str
    until: date

    def words(self, lang: Lang) -> str:
        """How a waived finding is shown."""
        return WORDS(lang, reason=self.reason, signatory=self.signatory, until=self.until)


def signed(config: Config, *, codes: Iterable[str]) -> tuple[Waiver, ...]:
    """The waivers of a run: those of the file it names, then those of perfeval.toml itself."""
    known = frozenset(codes)
    of_file = load(Path(config.waivers), codes=known) if config.waivers else ()
    return of_file + parse(list(config.waiver), config.source, codes=known)


def load(path: Path, *, codes: Iterable[str]) -> tuple[Waiver, ...]:
    """The waivers of a file, of rules among `codes`. Raises UsageError naming the entry."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}：读不出豁免（cannot read waivers）：{error}") from error
    if set(data) - {"waiver"}:
        raise UsageError(f"{path}：只应有 [[waiver]]（only [[waiver]] is known）")
    return parse(data.get("waiver", []), str(path), codes=codes)


def parse(entries: object, source: str, *, codes: Iterable[str]) -> tuple[Waiver, ...]:
    """Waivers from the entries of a TOML list. Raises UsageError naming source, entry and key."""
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise UsageError(f"{source}：waiver 应写作 [[waiver]]（a list of tables）")
    known = frozenset(codes)
    return tuple(
        _waiver(entry, f"{source} waiver {n}", known) for n, entry in enumerate(entries, 1)
    )


def _waiver(entry: Mapping[str, object], where: str, codes: frozenset[str]) -> Waiver:
    for key in entry:
        if key not in _KNOWN:
            near = difflib.get_close_matches(key, _KNOWN, 1)
            hint = f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""
            raise UsageError(f"{where}：未知的项 {key}（unknown key）{hint}")
    for key in sorted({*entry, *_NEEDED}):
        value = entry.get(key)
        wanted = date if key == "until" else str
        if type(value) is not wanted or (key in _NEEDED and not value):
            raise UsageError(f"{where}：{key} 缺失或类型有误（missing or of a wrong type）")
    if entry["rule"] not in codes:
        raise UsageError(f"{where}：没有规则 {entry['rule']}（no such rule）")
    return Waiver(**{"project": "", **entry})  # type: ignore[arg-type]  # checked above


def waived(form: FormResult, waivers: Sequence[Waiver], *, on: date) -> Mapping[str, Waiver]:
    """By id, the findings of a form that a waiver covers on a day; the form stays as it is."""
    names = {bare_text(form.unit or ""), bare_text(form.department or "")} - {""}
    project = bare_text(form.project or "")
    valid = {
        waiver.rule: waiver
        for waiver in reversed(waivers)
        if on <= waiver.until
        and bare_text(waiver.unit) in names
        and (not waiver.project or bare_text(waiver.project) == project)
    }
    return {finding.id: valid[finding.code] for finding in form.findings if finding.code in valid}


def waive(file: FileResult, waivers: Sequence[Waiver], *, on: date, lang: Lang) -> FileResult:
    """The file with every covered finding as a note that says who let it pass; nothing is lost."""
    if not waivers:
        return file
    forms = tuple(_signed(form, waived(form, waivers, on=on), lang) for form in file.forms)
    if file.status == "unreadable":
        return replace(file, forms=forms)
    return replace(file, forms=forms, status=heaviest(file.findings, forms))


def _signed(form: FormResult, covered: Mapping[str, Waiver], lang: Lang) -> FormResult:
    findings = (
        replace(f, level=Level.INFO, message=f"{f.message}；{covered[f.id].words(lang)}")
        if f.id in covered
        else f
        for f in form.findings
    )
    ranked = tuple(sorted(findings, key=lambda finding: finding.level.rank))
    return replace(form, findings=ranked)
