"""Workbooks of other writers, and the oddities of real files, made for the fidelity tests."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

SHEET = "自评表"
ROWS = [
    ["项目支出绩效自评表", "", "", "", "", ""],
    ["资金", "年初预算数", "全年预算数", "分值", "执行率", "得分"],
    ["年度资金总额", 180000, 180000, 10, 0.9996, 8],
    ["指标", "年度指标值", "实际完成值", "分值", "得分", "原因"],
    ["推进完成率", "=100%", "100%", 8, 8, ""],
    ["项目库梳理", "≥1次", "1", 6, 5, "-"],
    ["总分", "", "", 100, 92, ""],
]


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def xlsxwriter_book() -> bytes:
    """Nearly everything that XlsxWriter can put on a sheet."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.set_properties({"created": datetime(2022, 1, 1)})
    book.set_custom_property("编号", "2021-01")
    framed = book.add_format(
        {"border": 1, "bold": True, "bg_color": "#FFFF00", "num_format": "0.00"}
    )
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet = book.add_worksheet(SHEET)
    for row, values in enumerate(ROWS):
        for col, value in enumerate(values):
            look = framed if row == 6 else None
            if isinstance(value, str):
                sheet.write_string(row, col, value, look)
            else:
                sheet.write(row, col, value, look)
    sheet.merge_range("A1:F1", ROWS[0][0], framed)
    sheet.write_rich_string("G2", bold, "粗", red, "红", "常")
    sheet.write_formula("E9", "=SUM(E5:E6)+F3", None, 21)
    sheet.write_array_formula("H1:H3", "{=A1:A3}", None, 0)
    sheet.insert_image("I2", "a.png", {"image_data": BytesIO(png())})
    sheet.insert_textbox("K3", "公章")
    sheet.insert_button("K9", {"caption": "检查"})
    sheet.insert_checkbox("K12", True)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [SHEET, 4, 3, 5, 3]})
    sheet.insert_chart("I15", chart)
    sheet.conditional_format("D5:D6", {"type": "data_bar"})
    sheet.data_validation("F5:F6", {"validate": "list", "source": ["已完成", "未完成"]})
    sheet.add_sparkline("G5", {"range": f"{SHEET}!D5:E6"})
    sheet.write_comment("A3", "单位自己的批注", {"author": "王会计"})
    sheet.write_comment("F3", "得分待核", {"visible": True})
    sheet.write_url("A12", "https://example.org/", string="办法")
    sheet.set_header("&L&G第一页", {"image_left": "a.png", "image_data_left": BytesIO(png())})
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.set_column("B:C", 18)
    sheet.protect("", {"format_cells": True})
    sheet.print_area("A1:F9")
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(2, 1)
    other = book.add_worksheet("附件")
    other.add_table(
        "A1:B3", {"data": [[1, 2], [3, 4]], "columns": [{"header": "甲"}, {"header": "乙"}]}
    )
    other.write_comment("A2", "附件里的批注")
    book.define_name("合计", f"={SHEET}!$E$7")
    book.add_worksheet("隐藏").hide()
    book.close()
    return out.getvalue()


def macro_book() -> bytes:
    """An .xlsm with a macro project (which nobody runs here)."""
    vba = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    data = change(
        xlsxwriter_book(),
        {
            "[Content_Types].xml": lambda text: text.replace(
                f"{SPREADSHEET}.sheet.main+xml",
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            ).replace("<Default", vba + "<Default", 1),
            "xl/_rels/workbook.xml.rels": lambda text: text.replace(
                "</Relationships>",
                '<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/'
                'relationships/vbaProject" Target="vbaProject.bin"/></Relationships>',
            ),
        },
    )
    return with_members(data, {"xl/vbaProject.bin": bytes(range(256)) * 8})


def openpyxl_book() -> bytes:
    """What openpyxl writes: absolute targets, and no shared formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for values in ROWS:
        sheet.append([value or None for value in values])
    sheet["B5"].data_type = "s"
    sheet.merge_cells("A1:F1")
    sheet["A3"].comment = Comment("单位自己的批注", "王会计")
    sheet["F3"].fill = PatternFill("solid", fgColor="00FF00")
    validation = DataValidation(type="list", formula1='"是,否"')
    sheet.add_data_validation(validation)
    validation.add("F5:F6")
    book.create_sheet("附件")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def plain_book() -> bytes:
    """A workbook as small as the format allows: no styles, no shared strings, no positions."""
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in values) + "</row>"
        for values in ROWS
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            + override("/xl/workbook.xml", f"{SPREADSHEET}.sheet.main+xml")
            + override("/_rels/.rels", RELS_TYPE)
            + override("/xl/_rels/workbook.xml.rels", RELS_TYPE)
            + override("/xl/worksheets/sheet1.xml", f"{SPREADSHEET}.worksheet+xml")
            + "</Types>",
            "_rels/.rels": relationships(("rId1", "officeDocument", "/xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
            f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml")
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
            "</worksheet>",
        }
    )


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def override(part: str, content_type: str) -> str:
    """The content type of a part."""
    return f'<Override PartName="{part}" ContentType="{content_type}"/>'


def relationships(*rows: tuple[str, str, str]) -> str:
    """A relationships part of (id, kind, target)."""
    nodes = "".join(f'<Relationship Id="{i}" Type="{REL}/{k}" Target="{t}"/>' for i, k, t in rows)
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{nodes}</Relationships>"
    )


# --- oddities, by changing the parts of a book


def threaded_book() -> bytes:
    """A conversation (threaded comment) at E7."""
    ns = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    return with_members(
        change(
            openpyxl_book(),
            {
                "xl/worksheets/_rels/sheet1.xml.rels": lambda text: text.replace(
                    "</Relationships>",
                    '<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/'
                    'relationships/threadedComment" '
                    'Target="/xl/threadedComments/threadedComment1.xml"/>'
                    "</Relationships>",
                ),
                "[Content_Types].xml": lambda text: text.replace(
                    "</Types>",
                    '<Override PartName="/xl/threadedComments/threadedComment1.xml" '
                    'ContentType="application/vnd.ms-excel.threadedcomments+xml"/></Types>',
                ),
            },
        ),
        {
            "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{ns}">'
            '<threadedComment ref="E7" id="{A}" personId="{B}"><text>是否四舍五入？</text>'
            "</threadedComment></ThreadedComments>"
        },
    )


def prefixed_book() -> bytes:
    """Main namespace under the prefix x: in workbook, sheets and styles."""

    def prefix(text: str) -> str:
        text = re.sub(r"<(/?)(?![?!/]|x:|\w+:)", r"<\1x:", text)
        return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')

    parts = ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")
    return change(openpyxl_book(), dict.fromkeys(parts, prefix))


def strict_book() -> bytes:
    """A strict file (ISO 29500): other namespaces and relationship types."""

    def strict(text: str) -> str:
        return text.replace(REL, "http://purl.oclc.org/ooxml/officeDocument/relationships").replace(
            MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )

    parts = (
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/comments/comment1.xml",
    )
    return change(openpyxl_book(), dict.fromkeys(parts, strict))


def alternate_book() -> bytes:
    """Controls wrapped in mc:AlternateContent and no notes: legacyDrawing goes before them."""

    def wrap(text: str) -> str:
        text = re.sub(r"<legacyDrawing [^>]*/>", "", text)
        return text.replace(
            "</worksheet>",
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            '<mc:Choice xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
            'Requires="x14"><controls/></mc:Choice></mc:AlternateContent></worksheet>',
        )

    return change(
        openpyxl_book(),
        {
            "xl/worksheets/sheet1.xml": wrap,
            "xl/worksheets/_rels/sheet1.xml.rels": lambda text: re.sub(
                r"<Relationship [^>]*(comments|vmlDrawing)[^>]*/>", "", text
            ),
        },
    )


def wps_book() -> bytes:
    """Cell pictures and directory entries as WPS writes them, custom XML, print settings."""
    data = change(
        openpyxl_book(),
        {
            "xl/_rels/workbook.xml.rels": lambda text: text.replace(
                "</Relationships>",
                '<Relationship Id="rId90" Type="http://www.wps.cn/officeDocument/2020/cellImage" '
                'Target="cellimages.xml"/><Relationship Id="rId91" '
                f'Type="{REL}/customXml" Target="../customXml/item1.xml"/></Relationships>',
            ),
            "xl/worksheets/sheet1.xml": lambda text: text.replace(
                "</sheetData>",
                '<row r="9"><c r="A9" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f>'
                '<v>=DISPIMG("ID_1",1)</v></c></row></sheetData>',
            ),
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>",
                '<Default Extension="jpg" ContentType="image/.jpg"/>'
                '<Override PartName="/xl/cellimages.xml" '
                'ContentType="application/vnd.wps-officedocument.cellimage+xml"/></Types>',
            ),
        },
    )
    return with_members(
        data,
        {
            "xl/media/": "",
            "xl/media/image1.jpg": b"\xff\xd8\xff\xe0",
            "xl/cellimages.xml": '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
            "customXml/item1.xml": "<a>1</a>",
            "xl/printerSettings/printerSettings1.bin": b"\0\1\2",
        },
    )


def shared_book() -> bytes:
    """A shared formula in E3:E6 with its chain, and a stale total."""
    rows = "".join(
        f'<row r="{n}"><c r="D{n}"><v>{n}</v></c><c r="E{n}">{f}<v>{2 * n}</v></c></row>'
        for n, f in (
            (3, '<f t="shared" ref="E3:E6" si="0">D3*2</f>'),
            (4, '<f t="shared" si="0"/>'),
            (5, '<f t="shared" si="0"/>'),
            (6, '<f t="shared" si="0"/>'),
        )
    )
    data = change(
        plain_book(),
        {
            "xl/worksheets/sheet1.xml": lambda text: (
                f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
            ),
            "xl/_rels/workbook.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId7" Type="{REL}/calcChain" Target="calcChain.xml"/>'
                "</Relationships>",
            ),
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>",
                override("/xl/calcChain.xml", f"{SPREADSHEET}.calcChain+xml") + "</Types>",
            ),
        },
    )
    chain = "".join(f'<c r="E{n}" i="1"/>' for n in (3, 4, 5, 6))
    return with_members(
        data, {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}">{chain}</calcChain>'}
    )


def dangling_book() -> bytes:
    """References that lead nowhere: they must not begin to resolve to what we add."""
    return change(
        openpyxl_book(),
        {
            "xl/worksheets/sheet2.xml": lambda text: text.replace(
                "<sheetData/>",
                '<sheetData><row r="1"><c r="A1" s="3"><v>1</v></c></row></sheetData>',
            ).replace(
                "<sheetData />",
                '<sheetData><row r="1"><c r="A1" s="3"><v>1</v></c></row></sheetData>',
            ),
            "xl/_rels/workbook.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId77" Type="{REL}/worksheet" Target="worksheets/sheet3.xml"/>'
                "</Relationships>",
            ),
        },
    )


def data_descriptor_book() -> bytes:
    """Members whose sizes stand after their data, as streaming writers leave them."""

    class Stream(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(openpyxl_book()).items():
            archive.writestr(name, content)
    return out.getvalue()


def pivot_book() -> bytes:
    """A pivot table with its cache, a query table's connection, and a data model's item."""
    data = change(
        openpyxl_book(),
        {
            "xl/workbook.xml": lambda text: text.replace(
                "</workbook>",
                f'<pivotCaches xmlns:r="{REL}"><pivotCache cacheId="1" r:id="rId60"/></pivotCaches>'
                "</workbook>",
            ),
            "xl/_rels/workbook.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId60" Type="{REL}/pivotCacheDefinition" '
                'Target="pivotCache/pivotCacheDefinition1.xml"/>'
                f'<Relationship Id="rId61" Type="{REL}/connections" Target="connections.xml"/>'
                "</Relationships>",
            ),
            "xl/worksheets/_rels/sheet1.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId62" Type="{REL}/pivotTable" '
                'Target="../pivotTables/pivotTable1.xml"/></Relationships>',
            ),
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>",
                override("/xl/pivotCache/pivotCacheDefinition1.xml", f"{SPREADSHEET}.pivotCache")
                + override("/xl/pivotTables/pivotTable1.xml", f"{SPREADSHEET}.pivotTable+xml")
                + override("/xl/connections.xml", f"{SPREADSHEET}.connections+xml")
                + "</Types>",
            ),
        },
    )
    return with_members(
        data,
        {
            "xl/pivotCache/pivotCacheDefinition1.xml": PIVOT_CACHE,
            "xl/pivotTables/pivotTable1.xml": PIVOT_TABLE,
            "xl/pivotTables/_rels/pivotTable1.xml.rels": relationships(
                (
                    "rId1",
                    "pivotCacheDefinition",
                    "../pivotCache/pivotCacheDefinition1.xml",
                )
            ),
            "xl/connections.xml": f'<connections xmlns="{MAIN}"/>',
        },
    )


PIVOT_CACHE = (
    f'<pivotCacheDefinition xmlns="{MAIN}" refreshOnLoad="1"><cacheSource type="worksheet">'
    f'<worksheetSource ref="A4:F6" sheet="{SHEET}"/></cacheSource>'
    '<cacheFields count="1"><cacheField name="指标"/></cacheFields></pivotCacheDefinition>'
)
PIVOT_TABLE = (
    f'<pivotTableDefinition xmlns="{MAIN}" name="透视" cacheId="1" dataCaption="值">'
    '<location ref="J1:K3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
    "</pivotTableDefinition>"
)


def libreoffice_book() -> bytes:
    """A workbook that LibreOffice saved: pictures, chart, controls, notes."""
    return (Path(__file__).parent / "data" / "libreoffice.xlsx").read_bytes()


# --- members


def members(data: bytes) -> dict[str, bytes]:
    """All members of an archive by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of `parts`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_members(data: bytes, more: Mapping[str, str | bytes]) -> bytes:
    """The archive with members replaced or added."""
    return zipped({**members(data), **more})


def change(data: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """The archive with the text of some members changed, where they are there."""
    found = members(data)
    return with_members(data, {n: c(found[n].decode()) for n, c in changes.items() if n in found})


BOOKS: Mapping[str, Callable[[], bytes]] = {
    "xlsxwriter": xlsxwriter_book,
    "macros": macro_book,
    "openpyxl": openpyxl_book,
    "plain": plain_book,
    "pivot": pivot_book,
    "libreoffice": libreoffice_book,
    "threaded": threaded_book,
    "prefixed": prefixed_book,
    "strict": strict_book,
    "alternate": alternate_book,
    "wps": wps_book,
    "shared": shared_book,
    "dangling": dangling_book,
    "descriptors": data_descriptor_book,
}
