"""The corpus of hostile and odd files. `python -m tests.hostile.make_corpus` writes it anew.

Each file stands with what must come of it: the number of cells that are read, or a word of the
refusal.
"""

from __future__ import annotations

import base64
import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml as ooxml  # type: ignore[import-untyped]  # ships no types

from tests.ooxml.grid_package import MAIN, package_bytes

CORPUS = Path(__file__).with_name("corpus")
PASSWORD = "自评2021"

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>总分</t></is></c><c r="B1"><v>92</v></c></row>'
FORM = package_bytes(ROW)
SHEET = "xl/worksheets/sheet1.xml"


def made() -> dict[str, tuple[Callable[[], bytes], int | str]]:
    """Name → how it is made, and what comes of it."""
    return _no_workbooks() | _damaged_packages() | _odd_packages() | _other_formats() | _texts()


Made = dict[str, tuple[Callable[[], bytes], int | str]]


def _no_workbooks() -> Made:
    word = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
    return {
        "empty.xlsx": (lambda: b"", "空文件"),
        "zeros.xlsx": (lambda: bytes(600), "全部为零"),
        "noise.xlsx": (lambda: random.Random(1).randbytes(2000), "无法识别"),
        "scan.xlsx": (lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        "photo.xlsx": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(50), "图片"),
        "letter.xlsx": (lambda: b"{\\rtf1\\ansi x}", "RTF"),
        "packed.xlsx": (lambda: b"Rar!\x1a\x07\x00" + bytes(20), "RAR"),
        "word.xlsx": (lambda: _zip(word), "Word"),
        "word.doc": (lambda: _ole({"WordDocument": b"x" * 600}), "Word"),
        "slides.ppt": (lambda: _ole({"PowerPoint Document": b"x" * 600}), "演示"),
        "archive.xlsx": (lambda: _zip({"a/自评表.xlsx": FORM, "readme.txt": "x"}), "压缩包"),
        "plain.zip": (lambda: _zip({"a.bin": "x"}), "压缩包"),
        "invoice.ofd": (lambda: _zip({"OFD.xml": "<ofd/>"}), "OFD"),
        "text.odt": (lambda: _odf("text", "<text:p>x</text:p>"), "OpenDocument"),
        "~$form.xlsx": (_lock, "临时文件"),
        "login.xls": (lambda: "<html><body><h1>请登录</h1></body></html>".encode(), "没有表格"),
        "data.xml": (lambda: b"<?xml version='1.0'?><data><a/></data>", "XML"),
    }


def _damaged_packages() -> Made:
    return {
        "truncated.xlsx": (lambda: FORM[: len(FORM) // 2], "不完整|损坏"),
        "no-directory.xlsx": (lambda: FORM[:-22], "不完整|损坏"),
        "head-only.xlsx": (lambda: b"PK\x03\x04", "不完整|损坏"),
        "bad-crc.xlsx": (_bad_crc, "损坏"),
        "bomb.xlsx": (lambda: package_bytes(extra={"a.bin": bytes(40 * 2**20)}), "压缩|过大"),
        "twice.xlsx": (_twice, "重复|同名"),
        "locked.zip": (_locked_zip, "密码"),
        "laughs.xlsx": (lambda: package_bytes(extra={SHEET: _laughs()}), "文档类型|XML"),
        "entity.xlsx": (lambda: package_bytes(extra={SHEET: _external()}), "文档类型|XML"),
        "deep.xlsx": (lambda: package_bytes("<x>" * 5000 + "</x>" * 5000), "XML"),
        "not-xml.xlsx": (lambda: package_bytes(extra={SHEET: b"no"}), "XML"),
        "no-workbook.xlsx": (lambda: _without("xl/workbook.xml"), "工作簿|缺少"),
        "many-sheets.xlsx": (lambda: _many_sheets(1200), "1000"),
        "huge-text.xlsx": (lambda: package_bytes(_text("x" * 11_000_000)), "XML"),
    }


def _odd_packages() -> Made:
    shared = '<row><c t="s"><v>0</v></c></row>'
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    beyond = '<row r="2"><c r="ZZZZ9"><v>1</v></c><c r="ZZZ2"><v>1</v></c></row>'
    beyond += '<row r="99999999999"><c><v>1</v></c></row>'
    styled = '<row><c s="0"><v>1</v></c><c s="1"><v>1e300</v></c></row>'
    outside = {"../../evil.txt": b"x", "/abs": b"x"}
    merged = f"<sheetData>{ROW}</sheetData>{_merges()}"
    return {
        "plain.xlsx": (lambda: FORM, 2),
        "misnamed.pdf": (lambda: FORM, 2),
        "no-sheet-part.xlsx": (lambda: _without(SHEET), 0),
        "no-strings.xlsx": (lambda: _without("xl/sharedStrings.xml", shared), 1),
        "no-styles.xlsx": (lambda: _without("xl/styles.xml"), 2),
        "traversal.xlsx": (lambda: package_bytes(ROW, extra=outside), 2),
        "backslash.xlsx": (lambda: _renamed(lambda name: name.replace("/", "\\")), 2),
        "upper.xlsx": (lambda: _renamed(lambda name: name.replace("sheet1", "SHEET1")), 2),
        "far-cell.xlsx": (lambda: package_bytes(ROW + far), 3),
        "beyond.xlsx": (lambda: package_bytes(ROW + beyond), 3),
        "phantom.xlsx": (lambda: package_bytes(ROW + _phantom(3_000)), 2),
        "same-cell.xlsx": (lambda: package_bytes(ROW + ROW), 2),
        "merges.xlsx": (lambda: package_bytes(merged), 2),
        "surrogates.xlsx": (lambda: package_bytes(_text("_xD800_分_x0000_")), 1),
        "numbers.xlsx": (lambda: package_bytes(_numbers()), 9),
        "formats.xlsx": (lambda: package_bytes(styled, styles=_formats()), 2),
        "shared-loop.xlsx": (lambda: package_bytes(_shared_loop()), 3),
        "long-text.xlsx": (lambda: package_bytes(_text("长" * 200_000)), 1),
    }


def _other_formats() -> Made:
    noise = random.Random(2).randbytes(5000)
    biff = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(5000)
    return {
        "flat.fods": (_flat, 2),
        "repeats.fods": (lambda: _flat(' table:number-rows-repeated="1000000"'), "过大"),
        "blank-repeats.fods": (lambda: _flat(blank=True), 2),
        "locked.ods": (lambda: _odf("spreadsheet", "<table:table/>", locked=True), "密码"),
        "old.xml.xls": (_spreadsheet_2003, 3),
        "page.xls": (_page, 6),
        "spans.xls": (_spans, 4),
        "unclosed.xls": (lambda: b"<table><tr><td>1<td>2<tr><td>3" + b"<div>" * 3_000, 3),
        "comments.xls": (lambda: b"<html><table>" + b"<!--" * 3_000, 0),
        "archive.mht": (_mhtml, 2),
        "garbage.xls": (lambda: _ole({"Workbook": noise}), "损坏"),
        "loop.xls": (lambda: _ole({"Workbook": biff}, loop=True), "损坏"),
        "cut.xls": (lambda: _ole({"Workbook": biff})[:1500], "损坏"),
        "bare.xls": (lambda: biff[:60], "损坏"),
        "locked.xlsx": (lambda: _encrypted(PASSWORD), "密码"),
        "everyone.xlsx": (lambda: _encrypted("VelvetSweatshop"), 2),
        "locked-garbage.xlsx": (lambda: _ole({"EncryptedPackage": bytes(600)}), "损坏|密码"),
    }


def _texts() -> Made:
    quotes = '项目\t"未完的引号\n第二行\t"两行\n一格"\n第三行\t"好"的\n'
    return {
        "gb18030.csv": (lambda: "项目名称,得分\n规划,92\n".encode("gb18030"), 4),
        "utf8-mark.csv": (lambda: "项目名称,得分\n规划,92\n".encode("utf-8-sig"), 4),
        "utf16.txt": (lambda: "项目名称\t得分\n规划\t92\n".encode("utf-16"), 4),
        "utf16-bare.txt": (lambda: "项目名称\t得分\n规划\t92\n".encode("utf-16-le"), 4),
        "quotes.txt": (quotes.encode, 6),
        "cut-character.txt": (lambda: ("绩效自评" * 200 + "\t1\n").encode()[:-4], 1),
        "nul.txt": (lambda: b"a\tb\x00\x00\x01\x02\x03\x04" * 30, "无法识别"),
        "blank.txt": (lambda: b"\n \t \n\r\n", 0),
        "old-mac.csv": (lambda: b"a,b\rc,d\r", 4),
        "wide.csv": (lambda: b"1," * 20_000, "过大"),
    }


def _text(text: str) -> str:
    return f'<row><c t="str"><v>{text}</v></c></row>'


def _zip(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _without(part: str, rows: str = ROW) -> bytes:
    return _zip({n: c for n, c in _members(package_bytes(rows)).items() if n != part})


def _renamed(rename: Callable[[str], str]) -> bytes:
    return _zip({rename(name): content for name, content in _members(FORM).items()})


def _bad_crc() -> bytes:
    member = zlib.compressobj(9, zlib.DEFLATED, -15)
    stored = package_bytes(ROW, extra={"xl/worksheets/sheet1.xml": b"<worksheet/>"})
    packed = member.compress(b"<worksheet/>") + member.flush()
    crc = struct.pack("<L", zlib.crc32(b"<worksheet/>"))
    assert crc in stored and packed
    return stored.replace(crc, b"\x01\x02\x03\x04")


def _twice() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in _members(FORM).items():
            archive.writestr(zipfile.ZipInfo(name), content)
        archive.filelist.append(archive.filelist[-1])
    return stream.getvalue()


def _locked_zip() -> bytes:
    data = bytearray(_zip({"a.xlsx": FORM}))
    data[6] |= 1  # the flag of the local header, and below that of the directory
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _laughs() -> bytes:
    def many(i: int) -> str:
        return f"&a{i};" * 10

    lines = ['<!ENTITY a0 "哈哈哈哈哈哈哈哈">']
    lines += [f"<!ENTITY a{i} '{many(i - 1)}'>" for i in range(1, 10)]
    return (
        f'<!DOCTYPE worksheet [{"".join(lines)}]><worksheet xmlns="{MAIN}"><sheetData>'
        '<row><c t="str"><v>&a9;</v></c></row></sheetData></worksheet>'
    ).encode()


def _external() -> bytes:
    return (
        '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f'<worksheet xmlns="{MAIN}">'
        '<sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>'
    ).encode()


def _phantom(rows: int) -> str:
    return "".join(
        f'<row r="{r}"><c r="A{r}" s="1"/><c r="B{r}" s="1"/></row>' for r in range(2, rows)
    )


def _merges() -> str:
    refs = ["A1:A1048576", "B1:XFD1", "A1:XFD1048576", "B2:A1", "A1:", ":", "A0:B0", "A1:B2:C3"]
    refs += [f"A{i}:XFD{1048576 - i}" for i in range(1, 3000)]
    nodes = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    return f"<mergeCells>{nodes}</mergeCells>"


def _numbers() -> str:
    stored = ["1e308", "1e309", "-0", "0x10", "nan", "1" * 400, "１２", "  7 ", "--1"]
    cells = "".join(f"<c><v>{number}</v></c>" for number in stored)
    return f"<row>{cells}</row>"


def _formats() -> str:
    code = "0" * 300
    return (
        f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/>'
        '<numFmt numFmtId="201" formatCode="[$-FFFFFFFF][&lt;=1E999]0;[h][m]%%%%E+"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs>'
    )


def _shared_loop() -> str:
    return (
        '<row><c><f t="shared" si="0"/></c><c><f t="shared" si="0" ref="A1:C1">A1:B9999999</f></c>'
        '<c><f t="shared" si="0"/><v>1</v></c></row>'
    )


def _many_sheets(number: int) -> bytes:
    members = _members(FORM)
    node = b'<sheet name="\xe8\x87\xaa\xe8\xaf\x84\xe8\xa1\xa8" sheetId="1" r:id="rId1"/>'
    assert node in members["xl/workbook.xml"]
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(node, node * number)
    return _zip(dict(members))


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _odf(kind: str, content: str, *, locked: bool = False) -> bytes:
    secret = "<manifest:encryption-data/>" if locked else ""
    return _zip(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": f'<m xmlns:manifest="{_ODF}:manifest:1.0">{secret}</m>',
            "content.xml": _document(
                f"<office:{kind}>{content}</office:{kind}>", "document-content"
            ),
        }
    )


def _document(body: str, root: str = "document") -> str:
    spaces = " ".join(
        f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text", "style")
    )
    body = f"<office:body>{body}</office:body>"
    return f"<?xml version='1.0'?><office:{root} {spaces}>{body}</office:{root}>"


def _flat(repeat: str = "", *, blank: bool = False) -> bytes:
    empty = (
        '<table:table-row table:number-rows-repeated="999999999999">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return _document(
        f'<office:spreadsheet><table:table table:name="自评表">{empty if blank else ""}'
        f"<table:table-row{repeat}><table:table-cell><text:p>总分</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="92"><text:p>92</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet>"
    ).encode()


def _spreadsheet_2003() -> bytes:
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">'
        '<NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="自评表"><Table>'
        '<Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">执行率</Data></Cell>'
        '<Cell ss:StyleID="p"><Data ss:Type="Number">0.9996</Data></Cell></Row>'
        '<Row><Cell ss:Index="99999"><Data ss:Type="String">x</Data></Cell></Row>'
        '<Row><Cell ss:Formula="=R1C1"/></Row></Table></Worksheet></Workbook>'
    ).encode()


def _page() -> bytes:
    return (
        '<html><head><meta charset="gb2312"><title>x</title><style>td{}</style></head><body>'
        "<h3>自评表</h3><table><tr><td rowspan=2>产出<br>指标</td><td>数量&nbsp;指标</td></tr>"
        '<tr style="display: none"><td x:num="8.5">8.50</td></tr></table>'
        "<table><tr><td><table><tr><td>内层</td></tr></table></td><td>外层</td></tr></table></body></html>"
    ).encode("gb18030")


def _spans() -> bytes:
    wide = (
        "<tr><td rowspan=99999 colspan=99999>1</td><td colspan=-3 rowspan=0 colspan=x>2</td></tr>"
    )
    return f"<table>{wide}{wide}</table>".encode()


def _mhtml() -> bytes:
    page = base64.encodebytes("<table><tr><td>总分</td><td>92</td></tr></table>".encode())
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + page
        + b"\r\n--X--\r\n"
    )


def _lock() -> bytes:
    return b"\x06perfev" + b" " * 48 + "perfev".encode("utf-16-le").ljust(110, b" ")


def _ole(streams: dict[str, bytes], *, loop: bool = False) -> bytes:
    """A compound file of one FAT sector; with `loop` the chain of its stream never ends."""
    free, last, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    entries = [_entry("Root Entry", 5, last, 0, child=1)]
    fat = [fat_mark, last]  # sector 0 holds the FAT, 1 the directory
    body = b""
    for name, content in streams.items():
        content = content.ljust(4096, b"\x00")  # shorter ones would go to the mini stream
        content += bytes(-len(content) % 512)
        start, sectors = len(fat), len(content) // 512
        fat += [start + i + 1 for i in range(sectors)]
        fat[-1] = start if loop else last
        entries.append(_entry(name, 2, start, len(content)))
        body += content
    directory = b"".join(entries).ljust(512, b"\x00")
    header = struct.pack(
        "<8s16s6H10L",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6, 0),
        *(0, 0, 1, 1, 0, 4096, last, 0, last, 0),
    )
    header += struct.pack("<109L", 0, *[free] * 108)
    table = struct.pack("<128L", *fat, *[free] * (128 - len(fat)))
    return header + table + directory + body


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3L16sL2QLQ",
        encoded,
        len(encoded) + 2,
        kind,
        1,
        0xFFFFFFFF,
        0xFFFFFFFF,
        child,
        bytes(16),
        0,
        0,
        0,
        start,
        size,
    )


def _encrypted(password: str) -> bytes:
    large = package_bytes(ROW, extra={"xl/media/a.bin": random.Random(3).randbytes(6000)})
    stream = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(large)).encrypt(password, stream)
    return stream.getvalue()


def main() -> int:
    CORPUS.mkdir(exist_ok=True)
    for name, (make, _) in made().items():
        (CORPUS / name).write_bytes(make())
    return 0


if __name__ == "__main__":
    sys.exit(main())
