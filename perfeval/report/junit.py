"""Findings as JUnit XML: a suite a form, a case a rule; read by every build server."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from perfeval.findings import FileResult, Finding, FormResult, Level, Outcome
from perfeval.report.plain import for_xml


def junit(files: Sequence[FileResult]) -> bytes:
    """What must be corrected is a failure, what needs an explanation or a look passes with a word.

    A rule that could not be decided or is off is skipped, one that crashed is an error, and so is
    a file that could not be read.
    """
    root = ET.Element("testsuites", name="perfeval")
    for file in files:
        if file.findings or not file.forms:
            _suite(root, file.path, [_file_case(root, file)])
        for form in file.forms:
            _suite(root, _title(file, form), _cases(file, form))
    for name in ("tests", "failures", "errors"):  # the XSD knows no count of skipped ones here
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _suite(root: ET.Element, name: str, cases: Sequence[ET.Element]) -> None:
    suite = ET.SubElement(root, "testsuite", name=for_xml(name), tests=str(len(cases)))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(kind, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)


def _title(file: FileResult, form: FormResult) -> str:
    return f"{file.path}#{form.form.partition('#')[2] or form.sheet}"


def _file_case(root: ET.Element, file: FileResult) -> ET.Element:
    case = _case(file.path, "file")
    told = "\n".join(map(_told, file.findings)) or file.reason or "no form"
    tag = "error" if file.status == "unreadable" else "failure"
    problem = ET.SubElement(case, tag, message=for_xml(file.reason or told), type=file.status)
    problem.text = for_xml(told)
    return case


def _cases(file: FileResult, form: FormResult) -> list[ET.Element]:
    by_code: dict[str, list[Finding]] = {}
    for finding in form.findings:
        by_code.setdefault(finding.code, []).append(finding)
    codes = sorted({*by_code, *form.outcomes})
    return [_rule_case(file, form, code, by_code.get(code, [])) for code in codes]


def _rule_case(
    file: FileResult, form: FormResult, code: str, findings: Sequence[Finding]
) -> ET.Element:
    case = _case(_title(file, form), f"{code} {findings[0].rule}" if findings else code)
    outcome = form.outcomes.get(code)
    told = for_xml("\n".join(map(_told, findings)))
    if any(finding.level is Level.ERROR for finding in findings):
        failure = ET.SubElement(case, "failure", message=for_xml(findings[0].title), type="error")
        failure.text = told
    elif findings:
        ET.SubElement(case, "system-out").text = told
    elif outcome is Outcome.CRASHED:
        ET.SubElement(case, "error", message="rule crashed", type="crashed")
    elif outcome in (Outcome.UNDECIDED, Outcome.OFF):
        ET.SubElement(case, "skipped", message=outcome.value)
    return case


def _case(of: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=for_xml(of), name=for_xml(name), time="0")


def _told(finding: Finding) -> str:
    place = f"{finding.sheet or ''}!{finding.cell}: " if finding.cell else ""
    return f"{place}{finding.message} {finding.advice}"
