"""By which policy a file was judged, in lines that a reader of the report can follow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from perfeval import regulations
from perfeval.errors import UsageError
from perfeval.findings import FileResult, PolicyUsed, RuleSetting, ValueSet
from perfeval.regions import region_name
from perfeval.report.phrases import words
from perfeval.texts import Lang, Text

PLACE = Text("{region}{by_form}，{year}", "{region}{by_form}, {year}")
BY_FORM = Text("（表中载明）", " (as the form says)")
NATIONWIDE = Text("全国口径（表中未见地区）", "nation-wide (the form names no place)")
YEAR = Text("{year} 年度{by_form}", "{year}{by_form}")
NO_YEAR = Text("年度不明，按最新口径", "year unknown, the latest values")
FILES = Text("依次适用：{files}", "Applied in this order: {files}")
VALUE = Text(
    "{office}改变：{label} {value}（{since}起，依据：{basis}）",
    "{office} sets {label} {value} (from {since}, basis: {basis})",
)
SINCE = Text("{year} 年", "{year}")
OFF = Text("{code} 停用：{reason}（{source}）", "{code} is off: {reason} ({source})")
LEVEL = Text("{code} 级别改为“{level}”（{source}）", "{code} has the level {level} ({source})")
TRIAL = Text("{code} 试行，不影响结论（{source}）", "{code} is on trial, a note only ({source})")


def policy_lines(file: FileResult, lang: Lang) -> tuple[str, ...]:
    """The lines of every policy that the forms of a file were judged by, each line once."""
    used = dict.fromkeys(form.policy for form in file.forms if form.policy)
    return tuple(dict.fromkeys(line for policy in used for line in _told(policy, lang)))


@lru_cache(64)  # most forms of a run were judged by the same
def _told(used: PolicyUsed, lang: Lang) -> tuple[str, ...]:
    return tuple(_lines(used, lang))


def _lines(used: PolicyUsed, lang: Lang) -> Iterator[str]:
    by_form = _by_form(used, "region", lang)
    yield PLACE(lang, region=_region(used, lang), by_form=by_form, year=_year(used, lang))
    yield FILES(lang, files=" → ".join(used.files))
    yield from (_value(value, used.office, lang) for value in used.values)
    for rule in used.rules:
        yield from _rule(rule, lang)


def _region(used: PolicyUsed, lang: Lang) -> str:
    if "region" in used.found and set(used.region) == {"0"}:
        return NATIONWIDE(lang)
    try:
        return f"{used.region} {region_name(used.region)}"
    except UsageError:  # a policy by its name, or a place younger than our list
        return used.region


def _by_form(used: PolicyUsed, what: str, lang: Lang) -> str:
    told = what in used.found and not (what == "region" and set(used.region) == {"0"})
    return BY_FORM(lang) if told else ""


def _year(used: PolicyUsed, lang: Lang) -> str:
    if used.year is None:
        return NO_YEAR(lang)
    return YEAR(lang, year=used.year, by_form=_by_form(used, "year", lang))


def _value(value: ValueSet, office: str, lang: Lang) -> str:
    return VALUE(
        lang,
        office=office,
        label=value.label,
        value=value.value,
        since=SINCE(lang, year=value.from_year),
        basis=regulations.cited(value.basis, lang),
    )


def _rule(rule: RuleSetting, lang: Lang) -> Iterator[str]:
    if rule.off:
        yield OFF(lang, code=rule.code, reason=rule.off, source=rule.source)
        return
    if rule.level and not rule.trial:
        yield LEVEL(lang, code=rule.code, level=words(lang)[rule.level], source=rule.source)
    if rule.trial:
        yield TRIAL(lang, code=rule.code, source=rule.source)
