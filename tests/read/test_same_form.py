"""One form in every format that LibreOffice writes: the same grid."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from perfeval.model import Sheet
from perfeval.read import read

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]
# UTF-8, cells as shown, every sheet's first only
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"

FORMATS = {
    "money": "#,##0.00",
    "rate": "0.00%",
    "points": "General",
    "myriads": '0.00"万元"',
    "month": 'yyyy"年"m"月"',
    "day": "yyyy-mm-dd",
    "whole": "0",
    "accounting": '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "red": "0.00;[Red]-0.00",
}


def form(path: Path) -> None:
    """A form with merges, formats, a hidden row and a hidden sheet."""
    book = xlsxwriter.Workbook(path)
    style = {name: book.add_format({"num_format": code}) for name, code in FORMATS.items()}
    sheet = book.add_worksheet("自评表")
    sheet.merge_range("A1:I1", "财政项目支出绩效自评表")
    sheet.write_row(
        "A2", ["项目资金\n（元）", "年初预算数", "全年执行数", "分值", "执行率", "得分"]
    )
    sheet.merge_range("A3:A4", "年度资金总额")
    sheet.write_number("B3", 180000, style["money"])
    sheet.write_number("C3", 179928, style["money"])
    sheet.write_number("D3", 10, style["points"])
    sheet.write_formula("E3", "=C3/B3", style["rate"], 0.9996)
    sheet.write_number("F3", 9.996, style["points"])
    sheet.write_number("B4", 62.082, style["myriads"])
    sheet.write_number("C4", 44531, style["month"])
    sheet.write_number("D4", 44561, style["day"])
    sheet.write_number("E4", 8.625, style["whole"])
    sheet.write_number("F4", -0.5, style["red"])
    sheet.write_string("A5", "=100%")
    sheet.write_formula("C5", "=1/0", None, "#DIV/0!")
    sheet.write_number("D5", 1234.5, style["accounting"])
    sheet.write_string("E5", "  前后空格 ")
    sheet.write_number("A6", 5)
    sheet.set_row(5, None, None, {"hidden": True})
    book.add_worksheet("说明").write("A1", "填表说明")
    book.worksheets()[1].hide()
    book.close()


def converted(source: Path, target: str) -> Path:
    """The form as LibreOffice saves it. `target` is an ending or ending:filter."""
    assert SOFFICE is not None
    profile = source.parent / "profile"
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", target, "--outdir", str(source.parent / "saved"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.parent / "saved" / f"{source.stem}.{target.partition(':')[0]}"


def shown(sheet: Sheet) -> dict[str, str]:
    return {cell.ref: cell.text.strip() for cell in sheet.cells.values()}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    form(path)
    return path


@pytest.mark.parametrize("target", ["xlsx", "xls", "ods", "fods"])
def test_a_form_is_the_same_in_every_workbook_format(original: Path, target: str) -> None:
    """Values, shown texts, kinds, merges, hidden rows and sheets."""
    before, after = read(original), read(converted(original, target))
    assert after.format == {"fods": "ods"}.get(target, target)
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    assert [sheet.hidden for sheet in after.sheets] == [False, True]
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert shown(new) == shown(old)
        assert {p: (c.value, c.kind) for p, c in new.cells.items()} == {
            p: (c.value, c.kind) for p, c in old.cells.items()
        }
        assert sorted(merge.ref for merge in new.merges) == sorted(m.ref for m in old.merges)
        assert new.hidden_rows == old.hidden_rows


def test_a_form_shows_the_same_as_text(original: Path) -> None:
    """The .csv that LibreOffice writes shows what our number formats show."""
    (sheet,) = read(converted(original, AS_SHOWN)).sheets
    assert shown(sheet) == shown(read(original).sheets[0])
