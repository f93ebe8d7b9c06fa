"""Personal data made unreadable where it leaves the unit's own return."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from msgspec import structs

from perfeval.course import Reply
from perfeval.findings import FileResult, Finding, FormResult, GoalLine, IndicatorLine

_FIGURES = str.maketrans("０１２３４５６７８９－＋", "0123456789-+")
_WIDE = re.compile("[０-９]{4}")
_BETWEEN = r"[- \u00a0\u2010-\u2014.·]?"  # what people put between the groups of a number
# An amount is no phone number: nothing of a larger figure, and no unit of money behind it.
_ALONE = r"(?<![\d.,])"
_NO_AMOUNT = r"(?![\d,]|\.\d|\s?[亿万]?元|万)"
_MOBILE = re.compile(
    rf"{_ALONE}(?:\+?86{_BETWEEN})?(1[3-9]\d){_BETWEEN}(\d{{4}}){_BETWEEN}(\d{{4}}){_NO_AMOUNT}"
)
_LANDLINE = re.compile(
    rf"{_ALONE}(0\d{{2,3}})([-—－ ]|[)）])(\d{{3,4}}){_BETWEEN}(\d{{4}}){_NO_AMOUNT}"
)
_LOCAL = re.compile(  # without an area code: only where the text says that it is one
    rf"((?:电话|手机|座机|传真|联系方式|[Tt]el\.?|[Pp]hone)[^\d\n]{{0,4}})(\d{{3,4}}){_BETWEEN}(\d{{4}})"
    rf"{_NO_AMOUNT}"
)
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])(\d{6})[- ]?((?:19|20)\d{2}[- ]?\d{2}[- ]?\d{2})[- ]?(\d{3}[\dXx])"
    r"(?![\dA-Za-z])"
)
_OLD_IDENTITY = re.compile(rf"(?<![\dA-Za-z.,])(\d{{6}})(\d{{6}})(\d{{3}})(?![A-Za-z]){_NO_AMOUNT}")
_MAIL = re.compile(r"(?<![\w.+-])(\w)[\w.+-]*@([\w-]+(?:\.[\w-]+)+)", re.ASCII)

# The hundred that most people bear.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_ROLES = (
    "(?:负责人|联系人|联络人|填报人|填表人|填写人|经办人|审核人|复核人|制表人|责任人|签发人|评价人|组长"
    "|法定代表人|法人代表|分管领导)"
)
_ALSO = r"(?:及|和|与|、|/)?(?:联系)?(?:电话|方式|手机)?(?:（签[字章名]）|\(签[字章名]\))?"
# After a colon, a bracket or a blank; not 负责人审核后报送, where the sentence goes on.
_LEAD = rf"{_ROLES}{_ALSO}\s*[:：]\s*|{_ROLES}\s*[（(]\s*|{_ROLES}{_ALSO}[\s|]+"
_END = r"(?=$|[^\u4e00-\u9fff])"
_PERSON = r"[\u4e00-\u9fff·]{2,8}|[A-Z][a-z]+(?: [A-Z][a-z]+)+"
_NAME = re.compile(rf"(?P<role>{_LEAD})(?P<name>{_PERSON}){_END}")
_NO_NAME = rf"(?!{_ROLES}|电话|手机|座机|传真|邮箱|联系|日期|时间|单位)"
_NEXT = re.compile(
    rf"(?<=\*)(?P<role>[、,，/ ]\s*){_NO_NAME}(?P<name>[\u4e00-\u9fff]{{2,4}}){_END}"
)
_DIRECT = re.compile(  # 负责人张三: no sign between, so that the surname must be one of the usual
    rf"(?P<role>{_ROLES})(?P<name>(?:欧阳|司马|诸葛|上官|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}){_END}"
)
_ANY = re.compile(rf"\d(?:[^\d\n]{{0,2}}\d){{6}}|@|{_ROLES}")  # most texts hold nothing of the kind
_OFFICES = ("局", "处", "科", "室", "部", "中心", "单位", "公司", "委员会", "办", "院", "街道")


def mask(text: str) -> str:
    """The text with phones, identity numbers, mail addresses and names after a role masked.

    >>> mask("项目负责人及电话：张三丰 13812345678")
    '项目负责人及电话：张** 138****5678'
    """
    if not _ANY.search(text):
        return text
    text = text.translate(_FIGURES) if _WIDE.search(text) else text
    text = _IDENTITY.sub(_identity, text)
    text = _OLD_IDENTITY.sub(_old_identity, text)
    text = _MOBILE.sub(r"\1****\3", text)
    text = _LANDLINE.sub(r"\1\2****\4", text)
    text = _LOCAL.sub(r"\1****\3", text)
    text = _MAIL.sub(r"\1***@\2", text)
    return _NEXT.sub(_name, _DIRECT.sub(_name, _NAME.sub(_name, text)))


def masked(file: FileResult) -> FileResult:
    """The result with its free texts masked; figures, cells, codes and paths stay."""
    return replace(
        file,
        findings=tuple(map(_finding, file.findings)),
        forms=tuple(map(_form, file.forms)),
        past=tuple(replace(p, found=mask(p.found), reply=_reply(p.reply)) for p in file.past),
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
    return structs.replace(line, expected=_maybe(line.expected), actual=_maybe(line.actual))


def _indicator(line: IndicatorLine) -> IndicatorLine:
    return structs.replace(
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
        reply=_reply(finding.reply),
    )


def _reply(reply: Reply | None) -> Reply | None:
    return reply and replace(reply, explanation=mask(reply.explanation))


def _maybe(text: str | None) -> str | None:
    return None if text is None else mask(text)


def _identity(found: re.Match[str]) -> str:
    """18 figures are an identity number where they hold a birthday; a credit code does not."""
    day = re.sub(r"\D", "", found[2])
    return f"{found[1]}********{found[3]}" if _is_day(day) else found[0]


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
