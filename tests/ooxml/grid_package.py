"""A workbook package from the XML of its parts, for tests that need one oddity and nothing else."""

from __future__ import annotations

import io
import zipfile

from perfeval.model import Cell, Sheet
from perfeval.ooxml.grid import read_sheets
from perfeval.ooxml.package import Package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def package_bytes(
    sheet: str = "",
    *,
    strings: str = "",
    styles: str = "",
    settings: str = "",
    state: str = "",
    namespace: str = MAIN,
    office: str = OFFICE,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """One sheet 自评表 with `sheet` inside of `worksheet` (rows alone are put into sheetData)."""
    if "<sheetData" not in sheet:
        sheet = f"<sheetData>{sheet}</sheetData>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETML}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{office}">{settings}'
        f'<sheets><sheet name="自评表" sheetId="1" r:id="rId1"{state}/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{namespace}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | (extra or {})).items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def sheet_of(data: bytes) -> Sheet:
    """The first sheet of a package."""
    return read_sheets(Package.open(data))[0]


def cells_of(sheet: str, **parts: str) -> dict[str, Cell]:
    """The cells of one sheet's XML by their address."""
    return {cell.ref: cell for cell in sheet_of(package_bytes(sheet, **parts)).cells.values()}
