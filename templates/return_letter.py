"""Makes return_letter.docx and return_letter.en.docx, the templates of the return letter.

    python templates/return_letter.py [FOLDER]

An office edits the .docx in Word or WPS and puts its own beside its other templates; this script
only says how ours came about. Sizes follow the customs of Chinese official letters (A4, title of
22 points, text of 16 points with 28 points a line), without claiming to conform to any standard.
"""

from __future__ import annotations

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any  # python-docx leaves its elements untyped

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from perfeval.ooxml.rawzip import read_members, undated, write_members

TITLE, BODY, HEI = "方正小标宋简体", "仿宋", "黑体"
# Where a face is missing, Word and WPS take what fontTable.xml names beside it.
INSTEAD = {TITLE: "宋体", BODY: "仿宋_GB2312", HEI: "SimHei"}
BLANK = "＿" * 6

SUBMISSIONS_ZH = (
    ("序号", "{{ s.number }}", 1.3),
    ("项目名称", "{{ s.project }}", 4.3),
    ("报送文件", "{{ s.file }}", 3.6),
    ("填报总分", "{{ s.reported }}", 1.9),
    ("核算总分", "{{ s.recomputed }}", 1.9),
    ("审核结论", "{{ s.verdict }}", 2.6),
)
FINDINGS_ZH = (
    ("序号", "{{ f.number }}", 1.3),
    ("级别", "{{ f.level }}", 1.3),
    ("位置", "{{ f.place }}", 2.1),
    ("问题", "{{ f.what }}", 4.4),
    ("依据", "{{ f.basis }}", 3.4),
    ("处理意见", "{{ f.remedy }}", 3.1),
)
SUBMISSIONS_EN = (
    ("No.", "{{ s.number }}", 1.1),
    ("Project", "{{ s.project }}", 4.3),
    ("File", "{{ s.file }}", 3.6),
    ("Reported", "{{ s.reported }}", 1.9),
    ("Recomputed", "{{ s.recomputed }}", 2.5),
    ("Verdict", "{{ s.verdict }}", 2.2),
)
FINDINGS_EN = (
    ("No.", "{{ f.number }}", 1.1),
    ("Level", "{{ f.level }}", 1.5),
    ("Where", "{{ f.place }}", 2.3),
    ("What", "{{ f.what }}", 4.3),
    ("Basis", "{{ f.basis }}", 3.3),
    ("Remedy", "{{ f.remedy }}", 3.1),
)


def main(folder: Path) -> None:
    """Write both templates."""
    for document, name in ((chinese(), "return_letter.docx"), (english(), "return_letter.en.docx")):
        out = BytesIO()
        document.save(out)
        members = undated(read_members(out.getvalue()))
        (folder / name).write_bytes(write_members(members.values()))


def chinese() -> Any:
    document = blank_page(BODY, 16)
    line(document, "关于退回{% if year %}{{ year }}年度{% endif %}项目支出绩效自评表的函",
         align=ALIGN.CENTER, face=TITLE, size=22, after=28)  # fmt: skip
    line(document, "{{ unit or '" + BLANK + "' }}：")
    text(document, "你单位报送的{% if year %}{{ year }}年度{% endif %}项目支出绩效自评表"
         "（{{ submissions | length }}份）收悉。经审核，现予退回，有关事项函告如下。")  # fmt: skip
    text(document, "一、审核结论", face=HEI)
    table(document, "s", "submissions", SUBMISSIONS_ZH)
    text(document, "二、须更正和核实的事项", face=HEI, before=14)
    text(document, "共{{ errors }}条须更正、{{ warnings }}条须核实（更正或说明理由）"
         "{% if more %}，下表列出前{{ errors + warnings - more }}条，"
         "其余{{ more }}条见所附审核意见{% endif %}。")  # fmt: skip
    table(document, "f", "findings", FINDINGS_ZH)
    text(document, "三、办理要求", face=HEI, before=14)
    text(document, "（一）请对照所附审核意见工作簿逐条处理，在“审核意见”表的“处理情况”栏选择"
         "“已改”“说明”或“异议”；选择“说明”“异议”的，在“单位说明”栏写明理由和依据。"
         "请勿删除“审核意见”表。")  # fmt: skip
    text(document, "（二）所附更正稿仅改动其“更正说明”表列明的单元格，须经你单位核对后采用。")
    text(document, "（三）请于{% if reply_by %}{{ reply_by }}前"
         "{% else %}收到本函之日起" + BLANK + "个工作日内{% endif %}"
         "将处理后的工作簿报回，作为下一轮审核的依据。")  # fmt: skip
    text(document, "联系人：" + BLANK + "　联系电话：" + BLANK)
    text(document, "附件：{% for name in enclosures %}{{ loop.index }}. {{ name }}"
         "{% if not loop.last %}\n　　　{% endif %}{% endfor %}", before=14)  # fmt: skip
    line(document, "（审核单位名称）", align=ALIGN.RIGHT, before=42, right=2)
    line(document, "{{ date or '　　　　年　　月　　日' }}", align=ALIGN.RIGHT, right=2)
    return document


def english() -> Any:
    document = blank_page("Times New Roman", 11)
    line(document, "Return of self-evaluation forms{% if year %} for {{ year }}{% endif %}",
         align=ALIGN.CENTER, size=16, bold=True, after=18)  # fmt: skip
    line(document, "To: {{ unit or '____________' }}", after=8)
    line(document, "The {{ submissions | length }} self-evaluation form(s) that you submitted "
         "{% if year %}for {{ year }} {% endif %}have been reviewed and are returned with this "
         "letter.", after=8)  # fmt: skip
    line(document, "1. Verdict", bold=True, after=4)
    table(document, "s", "submissions", SUBMISSIONS_EN)
    line(document, "2. What must be corrected or explained", bold=True, before=12, after=4)
    line(document, "{{ errors }} finding(s) must be corrected, {{ warnings }} corrected or "
         "explained{% if more %}; the first {{ errors + warnings - more }} are listed, the other "
         "{{ more }} stand in the enclosed review{% endif %}.", after=6)  # fmt: skip
    table(document, "f", "findings", FINDINGS_EN)
    line(document, "3. How to reply", bold=True, before=12, after=4)
    line(document, "Go through the sheet Review of the enclosed workbook; choose under Handling: "
         "corrected, explained or disputed; give reasons under Explanation. Do not delete "
         "the sheet. The corrected copy is a proposal: check it before you use it.",
         after=6)  # fmt: skip
    line(document, "Return the workbook {% if reply_by %}by {{ reply_by }}{% else %}within "
         "______ working days{% endif %}. Contact: ____________  Telephone: ____________",
         after=10)  # fmt: skip
    line(document, "Enclosed: {{ enclosures | join('; ') }}", after=24)
    line(document, "(Reviewing office)", align=ALIGN.RIGHT)
    line(document, "{{ date or 'Date: ____________' }}", align=ALIGN.RIGHT)
    return document


def blank_page(face: str, size: float) -> Any:
    """An A4 page with the margins of an official letter and the page number at its foot."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style = document.styles["Normal"]
    dress(style, face, size)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    core = document.core_properties
    core.author, core.title, core.comments = "", "", ""
    core.created = core.modified = datetime(2000, 1, 1)
    used = {"Normal", "Table Grid", "Normal Table", "Default Paragraph Font"}
    for unused in [style for style in document.styles if style.name not in used]:
        unused.delete()
    package = document.part.package
    for rid in [rid for rid, rel in package.rels.items() if rel.reltype.endswith("thumbnail")]:
        del package.rels[rid]
    for part in package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = font_table()
    number_pages(section, face)
    return document


def line(
    document: Any, words: str, *, align: Any = None, face: str = "", size: float = 0,
    bold: bool = False, before: float = 0, after: float = 0, right: float = 0, indent: float = 0,
) -> None:  # fmt: skip
    """A paragraph; distances in points, `right` and `indent` in letters of the text."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.right_indent, form.first_line_indent = Pt(right * 16), Pt(indent * 16)
    chinese_page = document.styles["Normal"].font.size == Pt(16)
    if chinese_page:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(max(28, size * 1.5))
    run = paragraph.add_run(words)
    if face or size or bold:
        dress(run, face, size)
        run.font.bold = bold


def text(document: Any, words: str, *, face: str = "", before: float = 0) -> None:
    """A paragraph of the text, its first line two letters in."""
    line(document, words, face=face, before=before, indent=2)


def table(document: Any, item: str, items: str, columns: Any) -> None:
    """A table with a row for each of `items`; its heading repeats on every page."""
    made = document.add_table(rows=4, cols=len(columns))
    made.style = "Table Grid"
    made.autofit = False
    for column, (_, _, width) in zip(made.columns, columns, strict=True):
        column.width = Cm(width)
    head, begin, row, end = made.rows
    for top, below, (title, value, width) in zip(head.cells, row.cells, columns, strict=True):
        for place, words, align in ((top, title, ALIGN.CENTER), (below, value, None)):
            place.width = Cm(width)
            paragraph = place.paragraphs[0]
            paragraph.alignment = align
            dress(paragraph.add_run(words), "", 10.5)
    begin.cells[0].paragraphs[0].add_run("{%tr for " + f"{item} in {items}" + " %}")
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for marked, name in ((head, "w:tblHeader"), (row, "w:cantSplit")):
        marked._tr.get_or_add_trPr().append(OxmlElement(name))


def dress(of: Any, face: str, size: float) -> None:
    """Give a run or a style a face (Latin and Chinese) and a size in points."""
    if size:
        of.font.size = Pt(size)
    if face:
        of.font.name = face
        of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def number_pages(section: Any, face: str) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        dress(run, face, 10.5)
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            node.set(qn("w:fldCharType"), kind)
        else:
            node.text = words
        run._r.append(node)


def font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/></w:font>'
        for name, other in INSTEAD.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'
    ).encode()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
