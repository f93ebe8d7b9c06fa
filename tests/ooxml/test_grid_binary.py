"""Binary workbooks as grids."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from perfeval.errors import UnreadableError
from perfeval.limits import Limits
from perfeval.model import Range
from perfeval.read import read_bytes

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    return number + bytes([length & 0x7F | 0x80, length >> 7]) + content


def wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def cell(kind: int, col: int, style: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<LL", col, style) + value)


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<LLHBB", number, 0, 300, 0, 0x10 if hidden else 0) + bytes(5))


def workbook(data: bytes, after: bytes = b"") -> bytes:
    """One sheet with `data` in its sheet data; styles General, 0.00%, and 0.00"万元"."""
    rels = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/{kind}" Target="{kind}.bin"/>'
        for i, kind in enumerate(("worksheet", "styles", "sharedStrings"), 1)
    )
    sheet = record(156, struct.pack("<LL", 1, 1) + wide("rId1") + wide("自评表"))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.'
        'binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": record(153, bytes(12)) + sheet,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_RELS}">{rels}</Relationships>',
        "xl/styles.bin": record(44, struct.pack("<H", 176) + wide('0.00"万元"'))
        + record(617)
        + b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 10, 176))
        + record(618),
        "xl/sharedStrings.bin": record(19, b"\x00" + wide("总分")),
        "xl/worksheet.bin": record(145) + data + record(146) + after,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def test_every_record_of_a_cell_is_read() -> None:
    """Shared and own strings, packed and full numbers, truth, errors, results of formulas."""
    data = workbook(
        row(0)
        + cell(7, 0, 0, struct.pack("<L", 0))
        + cell(6, 1, 0, wide("得分"))
        + cell(62, 2, 0, b"\x00" + wide("富文本"))
        + cell(5, 3, 1, struct.pack("<d", 0.9996))
        + cell(2, 4, 2, struct.pack("<l", 1234 << 2 | 3))
        + cell(2, 5, 0, struct.pack("<l", -5 * 4 | 2))
        + cell(4, 6, 0, b"\x01")
        + cell(3, 7, 0, b"\x07")
        + cell(9, 8, 0, struct.pack("<d", 92) + bytes(10))
        + cell(8, 9, 0, wide("优") + bytes(10))
        + cell(1, 10, 0, b"")
        + cell(7, 11, 0, struct.pack("<L", 9))
    )
    book = read_bytes(data, "a.xlsx")
    (sheet,) = book.sheets
    assert (book.format, sheet.name, sheet.hidden) == ("xlsb", "自评表", True)
    assert {c.ref: (c.kind, c.value, c.text) for c in sheet.cells.values()} == {
        "A1": ("s", "总分", "总分"),
        "B1": ("s", "得分", "得分"),
        "C1": ("s", "富文本", "富文本"),
        "D1": ("n", 0.9996, "99.96%"),
        "E1": ("n", 12.34, "12.34万元"),
        "F1": ("n", -5, "-5"),
        "G1": ("b", True, "TRUE"),
        "H1": ("e", "#DIV/0!", "#DIV/0!"),
        "I1": ("n", 92, "92"),
        "J1": ("s", "优", "优"),
        "L1": ("e", "#REF!", "#REF!"),
    }


def test_merges_and_hidden_rows_are_told() -> None:
    """A merge is four numbers counted from nothing."""
    data = workbook(
        row(2, hidden=True) + cell(6, 0, 0, wide("a")) + cell(6, 1, 0, wide("b")),
        record(176, struct.pack("<4L", 2, 3, 0, 1)),
    )
    (sheet,) = read_bytes(data, "a.xlsb").sheets
    assert sheet.merges == (Range(3, 1, 4, 2),)
    assert set(sheet.cells) == {(3, 1), (3, 2)}
    assert sheet.hidden_rows == frozenset({3})


@pytest.mark.parametrize(
    "data",
    [
        row(0)[:-9],
        row(0) + record(5, b"\x00"),
        row(0) + cell(6, 0, 0, struct.pack("<L", 10**9)),
        row(0) + cell(4, 0, 0, b""),
        b"\x91",
    ],
)
def test_damaged_records_are_refused(data: bytes) -> None:
    """Whatever is cut short ends in a refusal."""
    with pytest.raises(UnreadableError, match="xlsb"):
        read_bytes(workbook(data), "a.xlsb")


def test_too_many_cells_are_refused() -> None:
    """The limit holds for binary workbooks too."""
    data = workbook(row(0) + cell(6, 0, 0, wide("a")) + cell(6, 1, 0, wide("b")))
    with pytest.raises(UnreadableError, match="超过 1 个"):
        read_bytes(data, "a.xlsb", limits=Limits(cells=1))
