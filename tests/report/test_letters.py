"""The return letter: one for each unit, from a template that an office may replace."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from perfeval.errors import UsageError
from perfeval.findings import FileResult, Level
from perfeval.report.letters import Letters, is_as_written, safe_name
from perfeval.report.templates import folder
from tests.write.results import finding, result

TWO = (finding(1, Level.ERROR, "E7"), finding(2, Level.WARNING, "F3"), finding(3, Level.INFO, "C1"))


def written(*files: FileResult, **settings: object) -> dict[str, bytes]:
    letters = Letters()
    for file in files:
        letters.add(file)
    return dict(letters.made(**settings))  # type: ignore[arg-type]  # settings by name


def text(document: bytes) -> str:
    """All that is to be read, tables included, a line each."""
    found = Document(BytesIO(document))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])


def test_a_letter_says_what_goes_back() -> None:
    """Unit, year, verdict, errors and warnings with place, basis and remedy; no remarks."""
    ((name, document),) = written(result(*TWO)).items()
    assert name == "区农技中心_退件函.docx"
    said = text(document)
    for part in (
        "关于退回2021年度项目支出绩效自评表的函", "区农技中心：", "推进乡村振兴项目", "应予更正",
        "共1条须更正、1条须核实", "E7", "F3", "表内勾稽关系", "按各项得分之和填写总分。",
    ):  # fmt: skip
        assert part in said
    assert "C1" not in said
    assert "提示" not in said


def test_the_office_fills_in_what_it_was_not_told() -> None:
    """Without a day to reply by and a date both are blanks; no clock is read."""
    blank = text(written(result(*TWO))["区农技中心_退件函.docx"])
    assert "个工作日内" in blank
    assert "年　　月　　日" in blank
    told = written(result(*TWO), reply_by=date(2022, 12, 31), dated=date(2022, 12, 1))
    said = text(told["区农技中心_退件函.docx"])
    assert "请于2022年12月31日前" in said
    assert "2022年12月1日" in said


def test_a_unit_gets_one_letter_for_all_its_files() -> None:
    """Files of one unit stand in one letter, which then names the file of each finding."""
    letters = written(result(*TWO, path="a.xlsx"), result(path="b.xlsx"))
    assert list(letters) == ["区农技中心_退件函.docx"]
    said = text(letters["区农技中心_退件函.docx"])
    assert "（2份）" in said
    assert "a.xlsx\n自评表\nE7" in said


def test_findings_of_one_kind_share_a_row() -> None:
    """One rule, the same to be done: a row with all cells; another remedy has a row of its own."""
    alike = [
        finding(n, Level.WARNING, f"E{n}", code="I113", title="未填实际完成值", message=f"第{n}行")
        for n in range(15, 28)
    ]
    other = finding(40, Level.WARNING, "E40", code="I113", title="未填实际完成值", advice="补报。")
    said = text(written(result(*alike, other))["区农技中心_退件函.docx"])
    assert "共0条须更正、14条须核实（更正或说明理由）。" in said
    assert "E15 E16 E17 E18 E19 E20 E21 E22 E23 E24 E25 E26 等" in said
    assert "未填实际完成值（13处）\n如：第15行" in said
    assert "\n2\n核实\nE40\n" in said


def test_a_letter_goes_when_nothing_has_to_go_back(tmp_path: Path) -> None:
    """Ours, as it was written, under its name; not one that is filled in, or of another unit."""
    ((name, document),) = written(result(*TWO)).items()
    clean = Letters()
    clean.add(result())
    assert clean.settled() == [name]
    assert is_as_written(name, document)
    assert not is_as_written("旧" + name, document)
    filled_in = Document(BytesIO(document))
    filled_in.save(str(tmp_path / name))
    assert not is_as_written(name, (tmp_path / name).read_bytes())
    for nothing in (b"", b"PK", document[:-1]):
        assert not is_as_written(name, nothing)


def test_a_unit_with_other_findings_keeps_its_letter() -> None:
    """A clean form takes nothing away where another form of the unit is not clean."""
    letters = Letters()
    letters.add(result())
    letters.add(result(*TWO))
    assert letters.settled() == []


def test_no_letter_where_nothing_must_go_back() -> None:
    """Remarks alone are no reason to write."""
    assert written(result(finding(3, Level.INFO, "C1")), result()) == {}


def test_a_file_without_a_form_has_a_letter_without_a_unit() -> None:
    """What could not be read is told as well; the office fills in whose it is."""
    lost = FileResult("x.xlsx", "", "unreadable", "坏了", findings=(finding(1, Level.ERROR, None),))
    ((name, document),) = written(lost).items()
    assert name == "单位未填_退件函.docx"
    assert "x.xlsx" in text(document)


def test_the_same_findings_give_the_same_bytes() -> None:
    """Two runs write the same document, byte for byte, its members without a time."""
    first, second = (written(result(*TWO))["区农技中心_退件函.docx"] for _ in range(2))
    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_texts_of_a_form_stay_texts() -> None:
    """Markup, template signs and what XML cannot hold are shown, not obeyed."""
    hostile = "{{ 7 * 7 }} <w:p/> & {% if %}\x00\x0b"
    ((_, document),) = written(result(finding(1, Level.ERROR, "E7", message=hostile))).items()
    assert "{{ 7 * 7 }} <w:p/> & {% if %}��" in text(document)


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("con", "_con"),
        ("com1.x", "_com1.x"),
        ("a\u202eb\x00c", "a b c"),
        (" . ", ""),
        ("区/农:技*中?心", "区 农 技 中 心"),
    ],
)
def test_units_are_safe_file_names(unit: str, name: str) -> None:
    """Separators, reserved names, invisible signs and dots at the ends do not reach a disk."""
    assert safe_name(unit) == name


def test_long_names_are_cut_and_stay_apart() -> None:
    """Two long names that begin alike differ by the hash at their end."""
    first, second = safe_name("单位" * 100 + "甲"), safe_name("单位" * 100 + "乙")
    assert first != second
    assert max(len(name.encode()) for name in (first, second)) <= 150


def test_an_office_has_its_own_template(tmp_path: Path) -> None:
    """return_letter.docx in the templates folder wins over ours."""
    own = Document()
    own.add_paragraph("局函 {{ unit }} {{ errors }}")
    own.save(str(tmp_path / "return_letter.docx"))
    made = written(result(*TWO), templates=str(tmp_path))
    assert text(made["区农技中心_退件函.docx"]) == "局函 区农技中心 1"


@pytest.mark.parametrize("words", ["{{ untt }}", "{% for %}", "{{ unit.nothing.at.all }}", "{{"])
def test_a_broken_template_is_told_in_one_line(words: str, tmp_path: Path) -> None:
    """A wrong name or sign names the file and what is wrong, in one line."""
    own = Document()
    own.add_paragraph(words)
    own.save(str(tmp_path / "return_letter.docx"))
    with pytest.raises(UsageError, match=r"模板有误：.*return_letter\.docx") as caught:
        written(result(*TWO), templates=str(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_template_that_is_no_word_file(tmp_path: Path) -> None:
    """Neither is anything else that bears its name."""
    (tmp_path / "return_letter.docx").write_bytes(b"not a document")
    with pytest.raises(UsageError, match="模板有误"):
        written(result(*TWO), templates=str(tmp_path))


def test_the_templates_are_what_their_script_makes(tmp_path: Path) -> None:
    """templates/return_letter.py makes the templates that are shipped."""
    import runpy

    script = folder() / "return_letter.py"
    runpy.run_path(str(script))["main"](tmp_path)
    for made in sorted(tmp_path.iterdir()):
        with zipfile.ZipFile(made) as new, zipfile.ZipFile(folder() / made.name) as shipped:
            assert new.read("word/document.xml") == shipped.read("word/document.xml")
