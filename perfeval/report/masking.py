"""Personal data made unreadable where it leaves the unit's own return."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from perfeval.findings import FileResult, Finding, FormResult, GoalLine, IndicatorLine

# An amount is no phone number: nothing of a larger figure, and no unit of money behind it.
_ALONE = r"(?<![\d.,])"
_NO_AMOUNT = r"(?![\d,]|\.\d|元|万)"
_MOBILE = re.compile(rf"{_ALONE}(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{{4}})[- ]?(\d{{4}}){_NO_AMOUNT}")
_LANDLINE = re.compile(rf"{_ALONE}(0\d{{2,3}})([-—－ ]|[)）])(\d{{3,4}})(\d{{4}}){_NO_AMOUNT}")
_IDENTITY = re.compile(r"(?<![\dA-Za-z])(\d{6})(\d{8})(\d{3}[\dXx])(?![\dA-Za-z])")
_OLD_IDENTITY = re.compile(rf"(?<![\dA-Za-z.,])(\d{{6}})(\d{{6}})(\d{{3}})(?![A-Za-z]){_NO_AMOUNT}")
_MAIL = re.compile(r"(?<![\w.+-])(\w)[\w.+-]*@([\w-]+(?:\.[\w-]+)+)", re.ASCII)

_ROLES = "(?:负责人|联系人|联络人|填报人|填表人|经办人|审核人|复核人|制表人|责任人)"
_ALSO = r"(?:及|和|与|、|/)?(?:联系)?(?:电话|方式|手机)?(?:（签[字章名]）|\(签[字章名]\))?"
# After a colon, a bracket or a blank; not 负责人审核后报送, where the sentence goes on.
_LEAD = rf"{_ROLES}{_ALSO}\s*[:：]\s*|{_ROLES}\s*[（(]\s*|{_ROLES}{_ALSO}[ \u3000\t]+"
_END = r"(?=$|[^\u4e00-\u9fff])"
_PERSON = r"[\u4e00-\u9fff·]{2,8}|[A-Z][a-z]+(?: [A-Z][a-z]+)+"
_NAME = re.compile(rf"(?P<role>{_LEAD})(?P<name>{_PERSON}){_END}")
_NEXT = re.compile(rf"(?<=\*)(?P<role>[、,，/ ]\s*)(?P<name>[\u4e00-\u9fff]{{2,4}}){_END}")
_ANY = re.compile(rf"\d[\d()（）—－ -]{{6}}|@|{_ROLES}")  # most texts hold nothing of the kind
_OFFICES = ("局", "处", "科", "室", "部", "中心", "单位", "公司", "委员会", "办", "院", "街道")


def mask(text: str) -> str:
    """The text with phones, identity numbers, mail addresses and names after a role masked.

    >>> mask("项目负责人及电话：张三丰 13812345678")
    '项目负责人及电话：张** 138****5678'
    """
    if not _ANY.search(text):
        return text
    text = _IDENTITY.sub(_identity, text)
    text = _OLD_IDENTITY.sub(_old_identity, text)
    text = _MOBILE.sub(r"\1****\3", text)
    text = _LANDLINE.sub(r"\1\2****\4", text)
    text = _MAIL.sub(r"\1***@\2", text)
    return _NEXT.sub(_name, _NAME.sub(_name, text))


def masked(file: FileResult) -> FileResult:
    """The result with its free texts masked; figures, cells, codes and paths stay."""
    return replace(
        file,
        findings=tuple(map(_finding, file.findings)),
        forms=tuple(map(_form, file.forms)),
    )


def _form(form: FormResult) -> FormResult:
    return replace(
        form,
        project=_maybe(form.project),
        department=_maybe(form.department),
        unit=_maybe(form.unit),
        goals=tuple(map(_goal, form.goals)),
        indicators=tuple(map(_indicator, form.indicators)),
        findings=tuple(map(_finding, form.findings)),
    )


def _goal(line: GoalLine) -> GoalLine:
    return replace(line, expected=_maybe(line.expected), actual=_maybe(line.actual))


def _indicator(line: IndicatorLine) -> IndicatorLine:
    return replace(
        line,
        level3=mask(line.level3),
        target=_maybe(line.target),
        actual=_maybe(line.actual),
        reason=_maybe(line.reason),
    )


def _finding(finding: Finding) -> Finding:
    fix = finding.fix
    return replace(
        finding,
        found=mask(finding.found),
        expected=mask(finding.expected),
        message=mask(finding.message),
        advice=mask(finding.advice),
        derivation=mask(finding.derivation),
        causes=tuple(replace(cause, text=mask(cause.text)) for cause in finding.causes),
        fix=fix and replace(fix, old=mask(fix.old), new=mask(fix.new)),
    )


def _maybe(text: str | None) -> str | None:
    return None if text is None else mask(text)


def _identity(found: re.Match[str]) -> str:
    """18 figures are an identity number where they hold a birthday; a credit code does not."""
    return f"{found[1]}********{found[3]}" if _is_day(found[2]) else found[0]


def _old_identity(found: re.Match[str]) -> str:
    return f"{found[1]}******{found[3]}" if _is_day("19" + found[2]) else found[0]


def _is_day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).year >= 1900
    except ValueError:
        return False


def _name(found: re.Match[str]) -> str:
    return found["role"] + _hidden(found["name"])


def _hidden(name: str) -> str:
    """The first letter and stars; an office is no person."""
    if name.endswith(_OFFICES):
        return name
    return name[0] + "*" * (len(name) - 1)
