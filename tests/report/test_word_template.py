"""A template that stays open makes the documents that docxtpl makes of it one by one."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import Environment, UndefinedError

from perfeval.report.word_template import WordTemplate

NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:id="1"><w:p><w:r><w:t>{{ unit }}</w:t></w:r></w:p></w:footnote></w:footnotes>"""
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
VALUES = (
    {"unit": "甲 & <乙>", "rows": ["一\n二", "三\t四"]},
    {"unit": "丙", "rows": []},
    {"unit": "丁", "rows": ["五"] * 3},
)


def template() -> bytes:
    """Something to fill in everywhere: text, table, header, notes, title; not in the footer."""
    document = Document()
    document.add_paragraph("致 {{ unit }}：{% if rows %}{{ rows | length }} 行{% endif %}")
    table = document.add_table(rows=3, cols=1)
    words = ("{%tr for r in rows %}", "{{ r }}", "{%tr endfor %}")
    for row, text in zip(table.rows, words, strict=True):
        row.cells[0].text = text
    document.sections[0].header.paragraphs[0].text = "{{ unit }}"
    document.sections[0].footer.paragraphs[0].text = "附"
    document.core_properties.title = "{{ unit }}"
    package = document.part.package
    notes = Part(PackURI("/word/footnotes.xml"), KIND, NOTES.encode(), package)
    document.part.relate_to(notes, RELATION)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_document_is_as_if_it_were_the_first() -> None:
    """Part by part, in any order; nothing of a document is left in the next."""
    opened = WordTemplate(template())
    for values in (*VALUES, *reversed(VALUES)):
        alone = DocxTemplate(BytesIO(template()))
        alone.render(values, jinja_env=Environment(autoescape=True))
        out = BytesIO()
        alone.save(out)
        assert parts(opened.filled(values)) == parts(out.getvalue())


def test_one_that_fails_leaves_nothing_behind() -> None:
    """What a template lacks for one document, it does not lack for the next."""
    opened = WordTemplate(template())
    before = opened.filled(VALUES[0])
    with pytest.raises(UndefinedError):
        opened.filled({"unit": "丙"})
    assert opened.filled(VALUES[0]) == before
