"""Text, CSV, SARIF and JUnit: each is valid by its own rules and says every finding once.

SARIF is held against the object model of `pydantic-sarif` where that is installed, and against
the demands of the standard written out below; JUnit against the subset of its XSD in this file.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from lxml import etree

from perfeval.errors import UsageError
from perfeval.findings import FileResult, Level, Outcome
from perfeval.report.csv_out import csv_lines
from perfeval.report.formats import FORMATS, rendered
from perfeval.report.junit import junit
from perfeval.report.plain import no_formula, one_line
from perfeval.report.sarif import sarif
from perfeval.report.terminal import text_lines

JUNIT_XSD = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType>
    <xs:sequence><xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
  </xs:complexType></xs:element>
  <xs:element name="testcase"><xs:complexType>
    <xs:choice minOccurs="0">
      <xs:element name="skipped"><xs:complexType>
        <xs:attribute name="message" type="xs:string"/>
      </xs:complexType></xs:element>
      <xs:element name="failure" type="problem"/>
      <xs:element name="error" type="problem"/>
      <xs:element name="system-out" type="xs:string"/>
    </xs:choice>
    <xs:attribute name="classname" type="xs:string" use="required"/>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="time" type="xs:decimal"/>
  </xs:complexType></xs:element>
  <xs:complexType name="problem"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="message" type="xs:string"/>
    <xs:attribute name="type" type="xs:string" use="required"/>
  </xs:extension></xs:simpleContent></xs:complexType>
</xs:schema>
"""


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_line_says_where_what_and_what_to_do(seed: FileResult) -> None:
    """The total of the published form, as it is read aloud."""
    assert text_lines(seed, "zh")[0] == (
        "青浦/区域办 2021.xlsx［自评表］G33：✕ 强制 S101 总分填报 92，"
        "各项指标得分与预算执行得分之和为 92.996，相差 0.996。"
        "请按各项得分重新加总；如按规定取整，请在表中注明取整办法。"
    )


def test_one_line_a_finding(
    seed: FileResult, clean: FileResult, unreadable: FileResult, hostile: FileResult
) -> None:
    """No text of a form breaks a line or drives the terminal; a file that failed has a line."""
    counts = [len(text_lines(file, "en")) for file in (seed, clean, unreadable, hostile)]
    assert counts == [23, 0, 1, 1]
    assert len(text_lines(replace(unreadable, findings=()), "zh")) == 1
    assert one_line("a\x1b[31m\nb\u202ec\udcff") == "a [31m b c\ufffd"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|'/C calc'!A0", "'+cmd|'/C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("=100%", "'=100%"),
        ("-0.5", "-0.5"),
        ("+12.5%", "+12.5%"),
        ("≥90%", "≥90%"),
        ("", ""),
    ],
)
def test_no_text_becomes_a_formula(text: str, written: str) -> None:
    """What a spreadsheet would compute is led by an apostrophe; a number is left alone."""
    assert no_formula(text) == written


def test_csv_has_a_row_a_finding(seed: FileResult, unreadable: FileResult) -> None:
    """Excel knows the encoding by the mark in front; every row has all columns."""
    data = b"".join(csv_lines([seed, unreadable], lang="zh"))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = _rows(data)
    assert len(rows) == 1 + 23 + 1
    assert {len(row) for row in rows} == {18}
    assert dict(zip(rows[0], rows[1], strict=True))["应为"] == "92.996"


def test_csv_of_hostile_texts(hostile: FileResult) -> None:
    """No field begins like a formula."""
    fields = [field for row in _rows(b"".join(csv_lines([hostile], lang="en"))) for field in row]
    assert not [field for field in fields if field[:1] in ("=", "+", "@", "\t", "\r")]


def _check_sarif(document: dict) -> None:
    """The demands of SARIF 2.1.0 on what we use of it (sections 3.13 to 3.52)."""
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert ids[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] in uris
        for place in location.get("logicalLocations", ()):
            assert place["fullyQualifiedName"]
    assert all(re.fullmatch(r"[A-Za-z0-9%/._~-]+", uri) for uri in uris)


@pytest.mark.parametrize("name", ["seed", "clean", "unreadable", "hostile"])
def test_sarif_is_valid(name: str, request: pytest.FixtureRequest) -> None:
    """Valid by the standard whatever the file holds, and the same bytes each time."""
    file = request.getfixturevalue(name)
    data = sarif([file], tool="perfeval 0.1.0")
    document = json.loads(data)
    _check_sarif(document)
    assert len(document["runs"][0]["results"]) == len(file.all_findings())
    assert data == sarif([file], tool="perfeval 0.1.0")


@pytest.mark.parametrize("name", ["seed", "unreadable"])
def test_sarif_fits_the_object_model(name: str, request: pytest.FixtureRequest) -> None:
    """An independent binding of the standard reads every member."""
    model = pytest.importorskip("pydantic_sarif.model", reason="pydantic-sarif is not installed")
    model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(
        sarif([request.getfixturevalue(name)], tool="perfeval 0.1.0")
    )


@pytest.mark.parametrize("name", ["seed", "clean", "unreadable", "hostile"])
def test_junit_is_valid(name: str, request: pytest.FixtureRequest) -> None:
    """Valid by the XSD whatever the file holds."""
    schema = etree.XMLSchema(etree.fromstring(JUNIT_XSD))
    schema.assertValid(etree.fromstring(junit([request.getfixturevalue(name)])))


def test_junit_outcomes(seed: FileResult, unreadable: FileResult) -> None:
    """Errors fail, warnings and notes pass with a word, undecided is skipped, unreadable errs."""
    form = replace(seed.forms[0], outcomes={**seed.forms[0].outcomes, "F104": Outcome.CRASHED})
    root = etree.fromstring(junit([replace(seed, forms=(form,)), unreadable]))
    cases = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert cases["S101 total-mismatch"] == ["failure"]
    assert cases["R005 displaced-value"] == ["system-out"]
    assert cases["S102"] == []
    assert cases["S106"] == ["skipped"]
    assert cases["F104"] == cases["file"] == ["error"]
    assert root.get("failures") == "4"
    assert root.get("errors") == "2"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_utf8_and_has_every_finding(form: str, seed: FileResult) -> None:
    """Whatever the format, no finding is lost."""
    text = rendered([seed], form, lang="zh", tool="perfeval 0.1.0", rules_hash="h").decode()
    assert sum(f.level is Level.ERROR for f in seed.all_findings()) == 21
    for finding in seed.all_findings():
        assert finding.code in text
        assert json.dumps(finding.message, ensure_ascii=False)[1:10] in text


def test_an_unknown_format_is_wrong_usage() -> None:
    """The formats that there are are named."""
    with pytest.raises(UsageError, match="junit"):
        rendered([], "yaml", lang="zh", tool="t", rules_hash="h")
